import { activeEpisode, isToldToStand, nowSpeaksAs } from '../../red-face/rules/red-face'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, enqueue, type ReportChange, record } from './change'
import type { Contact } from './contact'
import { runsSince, soonestDeadlines } from './deadlines'
import { isOpen } from './lifecycle'
import { pseudonymOf } from './participant-key'
import { recountContact } from './recount-contact'
import {
  type CoReporter,
  householdsIn,
  type Merging,
  type Report,
  type Supporter,
  type TakenPlace,
} from './report'
import { requestOf } from './request'
import type { MergedChild } from './step-facts'

/** Nobody reports it: the branch declared it and nobody has taken it up, or whoever did report it has left. */
export const hasNoReporter = ({
  reporterKey,
  reporterLeftAt,
}: Pick<Report, 'reporterKey' | 'reporterLeftAt'>): boolean =>
  reporterKey === null || reporterLeftAt !== undefined

export const oldestOf = <T extends Pick<Supporter, 'at'>>(people: readonly T[]): T | undefined =>
  people.reduce<T | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined)

/**
 * `heir`, who is in the matter, has the reporter's place from now on. What whoever leaves it wrote, or was asked, is not the
 * heir's (M3). `leavingKey` is null where nobody had the place, as in what a branch declared.
 */
export const givePlaceTo = (
  change: ReportChange,
  heir: Pick<CoReporter, 'key' | 'isByMember'>,
  leavingKey: string | null,
): void => {
  const { report, at } = change
  report.reporterKey = heir.key
  report.isByMember = heir.isByMember ?? false
  report.pseudonym = pseudonymOf(heir.key)
  report.hasPhone = false
  // What the branch asked the one who leaves is nobody else's to answer.
  report.questions = report.questions.filter(({ answeredAt }) => answeredAt !== undefined)
  report.coReporters = report.coReporters.filter((one) => one.key !== heir.key)
  report.redFaces = nowSpeaksAs(report.redFaces, heir.key, 'reporter')
  enqueue(change, { kind: 'succeed', key: heir.key, ...(leavingKey === null ? {} : { leavingKey }) })
  if (leavingKey === null) {
    record(change, { kind: 'taken-up' })
    announce(change, { template: 'taken-up', units: {}, reporter: { unit: report.answerableUnit.name } })
  } else {
    report.succeededAt = at
    record(change, { kind: 'handed-on' })
    announce(change, { template: 'handed-on', units: {}, reporter: {}, residents: {} })
  }
}

/** Who comes into the place, and with what they came here; a supporter who was here by themselves came with nothing. */
type Heir = Pick<CoReporter, 'key' | 'isByMember' | 'alsoFrom' | 'wasSupporter'> &
  Pick<Supporter, 'fromReportId'>

/** How the place was before goes with what its heir came with: leaving, they leave it as it was (M4). */
const noteTaking = (
  { report }: ReportChange,
  { key, fromReportId, alsoFrom = [], wasSupporter }: Heir,
  { reporterLeftAt, firstWordSince }: Pick<Report, 'reporterLeftAt'> & Pick<TakenPlace, 'firstWordSince'>,
): void => {
  const { reporterKey, succeededAt, takenUpAt, pseudonym, isByMember, deadlines } = report
  const tookPlace: TakenPlace = {
    key,
    of: {
      reporterKey,
      pseudonym,
      isByMember,
      ...(reporterLeftAt === undefined ? {} : { reporterLeftAt }),
      ...(succeededAt === undefined ? {} : { succeededAt }),
      ...(takenUpAt === undefined ? {} : { takenUpAt }),
    },
    contactDueAt: deadlines.contactDueAt,
    ...(firstWordSince === undefined ? {} : { firstWordSince }),
    ...(wasSupporter ? { wasSupporter } : {}),
  }
  const came = new Set([fromReportId, ...alsoFrom])
  report.mergings = report.mergings.map((one) => (came.has(one.childReportId) ? { ...one, tookPlace } : one))
}

/**
 * Who reports it withdraws, and somebody who is in it has the place: for as long as what they came with lies in it, for
 * they may say that theirs is another matter (M4).
 */
export const inheritPlace = (change: ReportChange, heir: Heir, leavingKey: string): void => {
  noteTaking(change, heir, { reporterLeftAt: change.at })
  givePlaceTo(change, heir, leavingKey)
}

/**
 * When the first word to a co-reporter is due, since when it is counted, and since when it is the family's: by their own
 * report's clock, where they come only now.
 */
const firstWordTo = (
  { report, at, law }: ReportChange,
  heir: CoReporter,
  child: MergedChild | undefined,
): { readonly dueAt: number; readonly since: number; readonly familysSince: number } => {
  if (child?.id === heir.fromReportId) {
    const { deadlines, mergedAt } = child
    return { dueAt: deadlines.contactDueAt, since: runsSince(deadlines), familysSince: mergedAt }
  }
  const theirs = report.mergings.find((one) => one.childReportId === heir.fromReportId)?.clock
  const category = categoryOf(law.rules, report.categoryId)
  // Nobody was to call them as long as somebody else was the reporter here.
  const soonestAt = category
    ? soonestDeadlines(category, at, law.calendar, law.rules.version).contactDueAt
    : at
  return { dueAt: Math.max(theirs?.contactDueAt ?? at, soonestAt), since: at, familysSince: at }
}

/**
 * M3, C1: where nobody is the reporter, the first co-reporter takes the empty place, as on a withdrawal: else the family
 * owed nobody a first word, and could give none. Theirs is due when it was in their own report, which may have had one.
 * What had been due to who left before stays kept, or missed.
 */
export const fillPlace = (change: ReportChange, child?: MergedChild): void => {
  const { report, at } = change
  const heir = hasNoReporter(report) ? oldestOf(report.coReporters) : undefined
  if (!heir) return
  const { reporterKey, reporterLeftAt, deadlines } = report
  const { key } = heir
  const wasDue = reporterLeftAt !== undefined && deadlines.contactDueAt <= reporterLeftAt
  const { dueAt, since, familysSince } = firstWordTo(change, heir, child)
  noteTaking(change, heir, { reporterLeftAt, ...(wasDue ? {} : { firstWordSince: since }) })
  delete report.reporterLeftAt
  givePlaceTo(change, heir, reporterKey)
  if (wasDue) {
    // Whose own first word it stood for may say that nobody called them (C1).
    report.contacts = report.contacts.map((one) => ({ ...one, heirKey: key }))
    return
  }
  const theirs = child?.id === heir.fromReportId ? child.firstWords : []
  report.takenUpAt = familysSince
  report.contacts = [
    ...report.contacts.map((one) => (one.key === key ? one : { ...one, leftAt: one.leftAt ?? at })),
    ...theirs.map((one, place): Contact => ({ ...one, no: report.contacts.length + place + 1, key })),
  ]
  report.deadlines = { ...report.deadlines, contactDueAt: dueAt }
  recountContact(change)
}

/** Since when the first word is counted: declared, or left by its reporter, nobody could be called before. */
export const firstWordSince = ({
  reporterKey,
  mergings,
  takenUpAt,
  deadlines,
}: Pick<Report, 'reporterKey' | 'mergings' | 'takenUpAt' | 'deadlines'>): number =>
  mergings.find(({ tookPlace }) => tookPlace?.key === reporterKey)?.tookPlace?.firstWordSince ??
  takenUpAt ??
  runsSince(deadlines)

/** Whoever has the place already came with this report too. */
export const tookPlaceBefore = ({ report }: ReportChange, childReportId: string): void => {
  const took = report.mergings.find(
    (one) => one.tookPlace?.key === report.reporterKey && report.childReportIds.includes(one.childReportId),
  )?.tookPlace
  if (!took) return
  report.mergings = report.mergings.map((one) =>
    one.childReportId === childReportId ? { ...one, tookPlace: took } : one,
  )
}

/**
 * M4: who had taken the place with the report that leaves, and with no other, leaves it as it was: empty. Answers who that
 * is, and what they were here before.
 */
export const vacatePlace = (
  { report, at }: ReportChange,
  { tookPlace }: Merging,
): { readonly key: string; readonly wasSupporter?: Supporter } | undefined => {
  const isTheirs = tookPlace?.key === report.reporterKey && report.reporterLeftAt === undefined
  if (!tookPlace || !isTheirs || report.status === 'withdrawn') return undefined
  const isStillIn = report.mergings.some(
    (one) => one.tookPlace?.key === tookPlace.key && report.childReportIds.includes(one.childReportId),
  )
  if (isStillIn) return undefined
  const { key, of, contactDueAt, wasSupporter } = tookPlace
  delete report.succeededAt
  delete report.takenUpAt
  Object.assign(report, of)
  if (of.reporterKey === null) report.emptiedAt = at
  report.hasPhone = false
  report.questions = report.questions.filter(({ answeredAt }) => answeredAt !== undefined)
  report.contacts = report.contacts.map(({ heirKey: _heir, ...one }) =>
    one.key === key ? { ...one, leftAt: one.leftAt ?? at } : one,
  )
  report.deadlines = { ...report.deadlines, contactDueAt }
  return { key, ...(wasSupporter ? { wasSupporter } : {}) }
}

/** Its reporter has taken it back, whoever had the place since has left, and nobody else is in it, or has to look at it. */
export const isLeftByAll = (report: ReportChange['report']): boolean => {
  const { status, reporterLeftAt, redFaces, requests } = report
  const episode = activeEpisode(redFaces)
  return (
    isOpen(status) &&
    reporterLeftAt !== undefined &&
    householdsIn(report) === 0 &&
    !(episode && isToldToStand(episode)) &&
    requestOf(requests, 'look') === undefined
  )
}
