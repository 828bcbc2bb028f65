import { bannerOf, townshipOf } from '../../../ground/unit-path'
import * as journal from '../../../journal/rules/change'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import type { WorkingCalendar } from '../../calendar/rules/working-calendar'
import type { Judge, StaffRole } from '../../organisation/rules/unit'
import { entriesOf, ledgerChanges } from '../../red-face/rules/entries'
import { countedNos } from '../../red-face/rules/red-face'
import { bookName, categoryNameOf, categoryOf, type RuleBook } from '../../rule-book/rules/rule-book'
import { accusedBy, isConfidential } from './confidential'
import { runningDeadlines, runningDueAt } from './deadlines'
import { type FigureMove, movesOf, unitOfSection } from './lies-in'
import { mayFollow, type ReportStatus } from './lifecycle'
import type { Told } from './lines'
import { nameFor, reportedAtOf } from './matter-name'
import type { Announced, Audience, MessagePart } from './messages'
import { handPrefix } from './participant-key'
import {
  coReportersShown,
  currentHandler,
  type EventSide,
  type MessageRecipient,
  type OutboxWork,
  othersUntil,
  type Report,
  type ReportEvent,
  type UnitRecipient,
} from './report'
import { nextClockAt } from './schedule'
import { heirsTo, unitsReading } from './standing'
import { linesToShelve } from './trace'

/** Sorts behind every real deadline. */
export const noDueAt = Date.UTC(9999, 0, 1)

/** Who acts, as far as the trace may know. */
export interface ActingSide {
  readonly side: EventSide
  readonly unitId?: string
  readonly unitName?: string
  readonly role?: StaffRole
}

/** What everything is decided by: the banner's rule book and the national calendar. */
export interface Law {
  readonly rules: RuleBook
  readonly calendar: WorkingCalendar
}

/**
 * What each side of a change is told; whoever acted is not told of their own act (A7). `units`: every unit that gains,
 * loses, works on or asked for it. `member`: the member who gains it, instead. `residents`: the reporter and
 * co-reporters. `reporter`: the reporter alone, instead. `supporters`: those who said 我也遇到, of public facts only.
 * `persons`: the people of `personKeys`, whatever their part is.
 */
type Announcement = Announced & {
  readonly personKeys?: readonly string[]
  /** Units told besides those that hold or held the report. */
  readonly alsoUnits?: readonly (string | null)[]
  /** Only these units are told, not those that hold or held the report. */
  readonly onlyUnits?: readonly (string | null)[]
  /** News to the unit that acts too: it follows from its act, and nobody there could know. */
  readonly isNews?: true
}
/** As it was announced, with what the matter was called then. */
interface Pending {
  readonly said: Announcement
  readonly matter: string
}

/** A report being changed: only this room writes to one. */
export interface ReportChange extends journal.Change<Report> {
  /** The draft, as the steps call it. */
  readonly report: journal.Change<Report>['draft']
  readonly by: ActingSide
  readonly law: Law
  /** Opaque id of who acts; absent for the clock. Never in the trace. */
  readonly actorId?: string
  /** Units above that have somebody who may decide in this matter; absent: every one (H1). */
  readonly ableAbove?: ReadonlySet<string>
  readonly announcements: Pending[]
}

/** What the unit that acts is called; nothing for residents and the clock. */
export const actingUnit = (change: Pick<ReportChange, 'by'>): string => change.by.unitName ?? ''

/** Opens a change of a report: who acts, and the law by which it is decided. */
export const beginChange = (
  report: Report,
  at: number,
  by: ActingSide,
  law: Law,
  {
    command,
    ...who
  }: Pick<ReportChange, 'actorId' | 'ableAbove'> & { readonly command?: CommandOrigin } = {},
): ReportChange => {
  const change = journal.begin(report, at, command)
  return { ...change, report: change.draft, by, law, ...who, announcements: [] }
}

/** Who decides here, for the record of what neither the unit nor the person may judge again (H1). */
export const judgeOf = ({ by, actorId }: ReportChange): Judge | undefined =>
  by.unitId === undefined || actorId === undefined ? undefined : { unitId: by.unitId, actorId }

/** A line, with who may read it: everybody, unless it says so. */
export type NewLine = Told &
  Pick<ReportEvent, 'photos'> &
  (
    | { readonly visibility?: Exclude<ReportEvent['visibility'], 'person'> }
    | { readonly visibility: 'person'; readonly personKey: string }
  )

/** The banner whose rule book decides is the one the report lies in before the step. */
const decidedUnder = ({ before, law }: ReportChange): string =>
  bookName({ bannerId: bannerOf(before.unitPath), version: law.rules.version })

/** Adds one line to the trace, said by the side that acts. */
export const record = (change: ReportChange, line: NewLine): void => {
  const { side, unitName, role } = change.by
  const { visibility = 'public', photos, ...told } = line
  journal.record<Report>(change, {
    ...told,
    side,
    ...(unitName ? { unitName } : {}),
    ...(role ? { role } : {}),
    visibility,
    ...(photos?.length ? { photos } : {}),
    decidedUnder: decidedUnder(change),
  })
}

/** A word that only colleagues read, where there is one (内部备注). */
export const recordNote = (change: ReportChange, note: string): void => {
  if (note) record(change, { kind: 'noted', facts: { note }, visibility: 'staff' })
}

/** Queues work that the report leaves behind. */
export const enqueue = (change: ReportChange, work: OutboxWork): void => journal.enqueue<Report>(change, work)
/** The same for work that is done by the report as it stands then: it waits once. */
export const enqueueOnce = (change: ReportChange, work: OutboxWork): void =>
  journal.enqueueOnce<Report>(change, work)

/** Says what happened; who must hear of it follows from who holds and held the report (A7). */
export const announce = (change: ReportChange, said: Announcement): void => {
  change.announcements.push({ said, matter: change.report.publicSummary })
}

/** Moves the report on; a step the lifecycle does not know is a bug, not a refusal. */
export const move = (change: ReportChange, to: ReportStatus): void => {
  const { report } = change
  if (!mayFollow(report.status, to)) {
    throw new Error(`lifecycle: ${report.status} → ${to} is not in the table (report ${report.id})`)
  }
  report.status = to
  if (to !== 'dispatched' && to !== 'awaiting-check') report.handlerUnitId = null
  if (to !== 'awaiting-check' && to !== 'resolved' && to !== 'closed') delete report.fixClaim
}

/**
 * With this change a complaint becomes an ordinary matter (K9), which the unit gets that knew nothing of it: it may
 * be whom it was about, and hears of a new matter only (H4).
 */
const getsWhatWasComplaint = ({ before, report }: ReportChange, unitId: string | null): boolean =>
  isConfidential(before) && !isConfidential(report) && unitId !== null && !before.unitPath.includes(unitId)

export const isUrgent = ({ report, law }: Pick<ReportChange, 'report' | 'law'>): boolean =>
  categoryOf(law.rules, report.categoryId)?.isUrgent ?? false

/** K4: the duty desk, where what is urgent waits to be accepted again, by whatever way it has come back. */
const dutyDesk = (change: ReportChange): readonly (string | null)[] => {
  const { before, report } = change
  const isBack = report.status === 'routed' && before.status !== 'routed'
  return isBack && isUrgent(change) ? [townshipOf(report.unitPath)] : []
}

/** The units that hold or held the report at either end of the change, who acts for one that has ended, and what works on it. */
const unitsConcerned = (change: ReportChange): readonly (string | null)[] =>
  [
    change.before.answerableUnit.id,
    change.report.answerableUnit.id,
    change.before.handlerUnitId,
    change.report.handlerUnitId,
    ...heirsTo(change.before),
    ...heirsTo(change.report),
    ...dutyDesk(change),
  ].filter((unitId) => !getsWhatWasComplaint(change, unitId))

/** Whom a message about a complaint, or about its end, is hidden from. */
const hiddenFrom = (change: ReportChange, to: MessageRecipient): string | undefined =>
  typeof to === 'object' && 'unitId' in to && getsWhatWasComplaint(change, to.unitId)
    ? undefined
    : (accusedBy(change.report) ?? accusedBy(change.before))

/** The one of the answering unit who has the work, where it is not a partner's. */
const handedMember = (report: Report): Required<UnitRecipient> | undefined => {
  const handler = currentHandler(report)
  return handler?.memberId === undefined ? undefined : { unitId: handler.unitId, memberId: handler.memberId }
}

/** As whom a message is read once the change is made. */
const readerOf = (report: Report, to: MessageRecipient) => {
  if (typeof to !== 'string' && 'unitId' in to)
    return { mayReadWords: unitsReading(report).has(to.unitId), isReporter: false }
  const isReporter = to === 'reporter' || (typeof to !== 'string' && to.personKey === report.reporterKey)
  return { mayReadWords: isReporter && othersUntil(report) === undefined, isReporter }
}

/** What one audience is told; undefined where it is not. */
const partFor = (
  { said, matter }: Pending,
  audience: Audience,
  { publicSummary }: Pick<Report, 'publicSummary'>,
): MessagePart | undefined => {
  const fields = (said as Partial<Record<Audience, object>>)[audience]
  if (!fields) return undefined
  const { template } = said
  return { template, audience, fields, ...(matter === publicSummary ? {} : { matter }) } as MessagePart
}

const isSamePart = (one: MessagePart, other: MessagePart): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** One message for each who must hear of the change, whatever it was made of: nobody hears of a step twice. */
const enqueueMessages = (change: ReportChange): void => {
  const { announcements, report, by } = change
  const messages = new Map<string, { to: MessageRecipient; parts: MessagePart[] }>()
  const tell = (to: MessageRecipient, part: MessagePart | undefined): void => {
    if (!part) return
    const key =
      typeof to === 'string'
        ? to
        : 'unitId' in to
          ? `unit:${to.unitId}:${to.memberId ?? ''}`
          : `person:${to.personKey}`
    const message = messages.get(key)
    if (!message) messages.set(key, { to, parts: [part] })
    else if (!message.parts.some((one) => isSamePart(one, part))) message.parts.push(part)
  }
  const had = handedMember(change.before)
  const has = handedMember(report)
  const isMembersAct = change.actorId !== undefined && [had?.memberId, has?.memberId].includes(change.actorId)
  // Within the answering unit the one who has the work and the others are two sides.
  const isOwnAct = (unitId: string): boolean => unitId === by.unitId && !isMembersAct
  for (const one of announcements) {
    const hasReporter = report.reporterKey !== null && report.reporterLeftAt === undefined
    const partOf = (audience: Audience) => partFor(one, audience, report)
    const { personKeys = [], onlyUnits, alsoUnits = [], isNews = false } = one.said
    if (hasReporter) tell('reporter', partOf('reporter') ?? partOf('residents'))
    if (report.coReporters.length > 0) tell('co-reporters', partOf('residents'))
    if (report.supporters.count > 0) tell('supporters', partOf('supporters'))
    for (const personKey of personKeys) tell({ personKey }, partOf('persons'))
    const unitIds = new Set(onlyUnits ?? [...unitsConcerned(change), ...alsoUnits])
    for (const unitId of unitIds) {
      if (unitId !== null && (isNews || !isOwnAct(unitId))) tell({ unitId }, partOf('units'))
    }
    for (const member of [had, has]) {
      if (!member || member.memberId === change.actorId) continue
      const isGained = member === has && has.memberId !== had?.memberId
      const isToldSo = isOwnAct(member.unitId) && unitIds.has(member.unitId)
      tell(member, (isGained ? partOf('member') : undefined) ?? (isToldSo ? partOf('units') : undefined))
    }
  }
  const categoryName = categoryNameOf(change.law.rules, report.categoryId)
  const named = { ...report, reportedAt: reportedAtOf(report) }
  for (const { to, parts } of messages.values()) {
    const accusedUnitId = hiddenFrom(change, to)
    enqueue(change, {
      kind: 'message',
      to,
      parts,
      about: nameFor(named, { categoryName, ...readerOf(report, to) }),
      ...(accusedUnitId === undefined ? {} : { accusedUnitId }),
    })
  }
}

const enqueueAccused = (change: ReportChange): void => {
  const [was, is] = [accusedBy(change.before), accusedBy(change.report)]
  if (was !== undefined && is !== undefined && was !== is) enqueue(change, { kind: 'accused', was, is })
}

/**
 * Tells the figures where the report lies now: of those who act, of whom they send a matter to, and of the one person in
 * whose hands it is or was, at once.
 */
const enqueueMoves = (change: ReportChange): void => {
  const { before, report, by, at } = change
  const { liesIn, moves } = movesOf(before.countedIn ?? [], report, at)
  report.countedIn = liesIn
  const unitId = by.side === 'resident' ? report.answerableUnit.id : by.unitId
  const isNow = ({ section }: FigureMove): boolean =>
    unitOfSection(section) === unitId || section.startsWith(handPrefix)
  const now = moves.filter(isNow)
  const later = moves.filter((move) => !isNow(move))
  if (now.length > 0) enqueue(change, { kind: 'moved', moves: now, isNow: true })
  if (later.length > 0) enqueue(change, { kind: 'moved', moves: later })
}

/** What the three rates are read from, and what decides whose they are. */
const outcomeFields = [
  'status',
  'categoryId',
  'wasComplaint',
  'reporterKey',
  'reporterLeftAt',
  'takenUpAt',
  'contacts',
  'contactedAt',
  'missedContact',
  'deadlines',
  'stints',
  'holds',
  'merged',
  'resolutions',
  'ratings',
  'reopenedAts',
  'closedAt',
  'decline',
] as const satisfies readonly (keyof Report)[]

/** Of the list only the nos are in a rate; most of what becomes of an entry says nothing of them. */
const sayOtherNos = ({ before, report }: ReportChange): boolean => {
  if (before.redFaces === report.redFaces) return false
  const nos = ({ redFaces }: Pick<Report, 'redFaces'>): string =>
    JSON.stringify(redFaces.flatMap(countedNos).map(({ key, at }) => [key, at]))
  return nos(before) !== nos(report)
}

const enqueueOutcome = (change: ReportChange): void => {
  const { before, report } = change
  const isNew = before.countedIn === undefined
  if (isNew || outcomeFields.some((field) => before[field] !== report[field]) || sayOtherNos(change))
    enqueueOnce(change, { kind: 'outcome' })
}

const enqueueRedFaces = (change: ReportChange): void => {
  const { before, report, law } = change
  /** All that an entry shows. */
  const shown = (one: Report) =>
    JSON.stringify([
      entriesOf(one.redFaces),
      one.publicSummary,
      one.supporters.count,
      one.unitPath,
      coReportersShown(one),
      one.reporterKey === null,
      reportedAtOf(one),
    ])
  // Most steps touch none of it: nothing is spelled out for them.
  const isTouched =
    before.rev === 0 ||
    before.childReportIds !== report.childReportIds ||
    before.reporterKey !== report.reporterKey ||
    before.redFaces !== report.redFaces ||
    before.publicSummary !== report.publicSummary ||
    before.supporters !== report.supporters ||
    before.unitPath !== report.unitPath
  if (!isTouched) return
  if (report.redFaces.length > 0 && (before.rev === 0 || shown(before) !== shown(report))) {
    for (const episode of report.redFaces) {
      const isNew = !before.redFaces.some((one) => one.no === episode.no)
      const hadEnded = before.redFaces[episode.no - 1]?.endedAt !== undefined
      // Corrected words are corrected in what is over, too.
      const isReworded = before.publicSummary !== report.publicSummary
      if (isNew || episode.endedAt === undefined || !hadEnded || isReworded) {
        enqueueOnce(change, { kind: 'red-face', episodeNo: episode.no })
      }
    }
  }
  for (const one of ledgerChanges(before.redFaces, report.redFaces)) {
    enqueue(change, {
      kind: 'ledger',
      entry: one.entry,
      episodeNo: one.episodeNo,
      causeNo: one.cause.no,
      unit: one.unit,
      // Never words that somebody wrote: a summary can be corrected, a row that everybody keeps cannot.
      facts: { category: categoryNameOf(law.rules, report.categoryId), cause: one.cause.cause },
      isPublic: one.isPublic,
    })
    // A4: whoever its unit is, that one may have ended by now.
    if (one.entry === 'opened' || one.entry === 'restored') enqueueOnce(change, { kind: 'find-heirs' })
  }
}

const enqueueShelving = (change: ReportChange): void => {
  if (linesToShelve(change.report).length > 0) enqueueOnce(change, { kind: 'shelve' })
}

/** Of what runs since now though it began earlier, people are warned by the time that there is (K2, K4). */
const noteSetAnew = ({ before, report, at }: ReportChange): void => {
  if (before.rev === 0) return
  const was = runningDeadlines(before)
  const anew = runningDeadlines(report).filter(
    // Of the first word nobody is warned.
    ({ kind, startedAt, dueAt }) =>
      kind !== 'contact' && startedAt < at && !was.some((one) => one.kind === kind && one.dueAt === dueAt),
  )
  if (anew.length === 0) return
  const setAnewAt = {
    ...report.deadlines.setAnewAt,
    ...Object.fromEntries(anew.map(({ kind }) => [kind, at])),
  }
  report.deadlines = { ...report.deadlines, setAnewAt }
}

/**
 * Closes a change: one more revision, and everything that follows from the report derived anew: messages, the
 * list's entries, the ledger's rows, the queue's due time, the clock's next look.
 */
export const finishChange = (change: ReportChange): Report => {
  noteSetAnew(change)
  enqueueMessages(change)
  enqueueAccused(change)
  enqueueMoves(change)
  enqueueOutcome(change)
  enqueueRedFaces(change)
  enqueueShelving(change)
  return journal.finish<Report>(change, (report) => {
    report.dueAt = runningDueAt(report) ?? noDueAt
    report.nextClockAt = nextClockAt(report, change.law)
  })
}
