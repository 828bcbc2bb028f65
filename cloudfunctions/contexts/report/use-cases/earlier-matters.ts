import { begun } from '../../../ground/begun'
import { distanceMetres, type Point } from '../../../ground/geometry'
import { dayMs } from '../../../ground/instant'
import { type Page, pagesOf } from '../../../ground/page'
import { type CategoryId, groupOf } from '../../category/rules/category'
import { isRecurring } from '../../red-face/rules/recurrence'
import type { Place } from '../../routing/rules/routing'
import { categoryOf, defaultRuleBook, type RuleBook } from '../../rule-book/rules/rule-book'
import type { AskedAround, PlacedReport, ReportPorts } from '../ports'
import { sameMatterMetres } from '../rules/alike'
import { isOpen } from '../rules/lifecycle'
import { participantKey } from '../rules/participant-key'
import { groupsOf, pointsOf, type Report } from '../rules/report'
import { foundSolvedAt, resumedFrom, takenBackAt } from '../rules/resumed'
import type { Submission } from '../rules/submit'

/** A matter that may have been here before: where it lies, of what kind it is, when it is reported, by whose rules. */
export interface NewMatter {
  readonly place: Place
  readonly categoryId: CategoryId
  readonly rules: RuleBook
  readonly now: number
}

/** All that an ordinary place has; of a crowded one the rest is read in larger pages, a thousand at most. */
const firstRows = 20
const crowded = { first: 250, further: 250, most: 1000 }

const noOccurrence: readonly Report['status'][] = ['withdrawn', 'declined', 'merged']

/** The place of an earlier matter that lies so near, be it one it had before (K9). */
const pointAt = (
  { point }: Place,
  earlier: Pick<PlacedReport, 'place' | 'formerPoints'>,
  metres: number,
): Point | undefined => point && pointsOf(earlier).find((other) => distanceMetres(point, other) <= metres)

const pointIn = (point: Point | undefined) => (point ? { point } : {})

const cureHoldsDays = ({ rules, categoryId }: NewMatter): number =>
  categoryOf(rules, categoryId)?.cureHoldsDays ?? 0

/** How many days back each rule asks. */
const occurrenceDays = (matter: NewMatter): number =>
  Math.max(matter.rules.redFace.recurrence.withinDays, cureHoldsDays(matter))
const withdrawnDays = ({ rules }: NewMatter): number => rules.report.withdrawnClockKeptDays

/** Where earlier ones are looked for; undefined where nobody knows more than the words. */
const whereOf = ({ place: { point, namedUnitId } }: NewMatter): AskedAround['where'] | undefined =>
  point ?? (namedUnitId === undefined ? undefined : { namedUnitId })

const askedOf = (matter: NewMatter, where: AskedAround['where']): AskedAround => ({
  where,
  groupId: groupOf(matter.categoryId),
  occurrencesWithin: matter.rules.redFace.recurrence.withinMetres,
  withdrawnWithin: sameMatterMetres,
  sinceAt: matter.now - Math.max(occurrenceDays(matter), withdrawnDays(matter)) * dayMs,
})

/** Whether these rules ask for earlier matters farther off, or longer ago, than those do. */
const looksFarther = (matter: NewMatter, than: NewMatter): boolean =>
  matter.rules.redFace.recurrence.withinMetres > than.rules.redFace.recurrence.withinMetres ||
  occurrenceDays(matter) > occurrenceDays(than) ||
  withdrawnDays(matter) > withdrawnDays(than)

/** F1: does the matter come back? And whose fix did not hold (A3)? */
export const recurrenceOf = (
  matter: NewMatter,
  earlier: readonly PlacedReport[],
): Pick<Submission, 'isRecurring' | 'recurringUnit'> => {
  const { place, categoryId, rules, now } = matter
  const { withinMetres } = rules.redFace.recurrence
  const recurs = isRecurring(
    {
      groupId: groupOf(categoryId),
      ...pointIn(place.point),
      submittedAt: now,
      cureHoldsDays: cureHoldsDays(matter),
      earlierReports: earlier.map((report) => ({
        groupIds: groupsOf(report),
        ...pointIn(pointAt(place, report, withinMetres)),
        submittedAt: report.submittedAt,
        ...(report.resolvedAt === undefined ? {} : { resolvedAt: report.resolvedAt }),
        counts: !noOccurrence.includes(report.status),
      })),
    },
    rules.redFace,
  )
  if (!recurs) return { isRecurring: false }
  const lastFix = earlier
    .filter((report) => pointAt(place, report, withinMetres) !== undefined)
    .flatMap((report) => report.resolutions)
    .reduce<Report['resolutions'][number] | undefined>(
      (last, fix) => (last && last.at >= fix.at ? last : fix),
      undefined,
    )
  return { isRecurring: true, ...(lastFix ? { recurringUnit: lastFix.unit } : {}) }
}

/**
 * Whether more of them, in their order, would change nothing: one that is open right here has been met; or all that are
 * open have been, and the matter comes back by what was done last. What was done before that takes none of it away.
 */
const isTold = (matter: NewMatter, occurrences: readonly PlacedReport[]): boolean => {
  const { withinMetres } = matter.rules.redFace.recurrence
  const isRunningHere = (one: PlacedReport): boolean =>
    isOpen(one.status) && pointAt(matter.place, one, withinMetres) !== undefined
  if (occurrences.some(isRunningHere)) return true
  const last = occurrences[occurrences.length - 1]
  return last !== undefined && !isOpen(last.status) && recurrenceOf(matter, occurrences).isRecurring
}

const readUntil = async (
  pages: AsyncGenerator<readonly PlacedReport[]>,
  isEnough: (rows: readonly PlacedReport[]) => boolean,
): Promise<readonly PlacedReport[]> => {
  let rows: readonly PlacedReport[] = []
  for await (const page of pages) {
    rows = [...rows, ...page]
    if (isEnough(rows)) break
  }
  return rows
}

/** Reads what the rules ask of what lay there before, once a banner's own are known. */
type LookBack = (matter: NewMatter, accountId: string) => Promise<readonly PlacedReport[]>

/** What lay around a place before. */
export const earlierMatters = (ports: Pick<ReportPorts, 'reports' | 'keyed'>) => {
  const { reports } = ports

  /** Whether the same person took it back: all of it, or the part they had in what goes on. */
  const isTakenBackBy = (accountId: string, { id, status, reporterKey, leavings = [] }: PlacedReport) => {
    const mine = participantKey(ports.keyed, accountId, id)
    return (status === 'withdrawn' && reporterKey === mine) || leavings.some(({ key }) => key === mine)
  }

  /** Taken back here by the same person, the last first. */
  const withdrawnBy = (accountId: string, { place }: NewMatter, earlier: readonly PlacedReport[]) => {
    const isHere = (report: PlacedReport): boolean =>
      place.point
        ? pointAt(place, report, sameMatterMetres) !== undefined
        : place.namedUnitId !== undefined && report.place.namedUnitId === place.namedUnitId
    return earlier.filter((report) => isTakenBackBy(accountId, report) && isHere(report))
  }

  /** What all rules ask for in one call: the open first, then what was done or withdrawn last. */
  const around = async (matter: NewMatter): Promise<Page<PlacedReport>> => {
    const where = whereOf(matter)
    if (!where) return { rows: [], nextCursor: null }
    return reports.aliveAround(askedOf(matter, where), { limit: firstRows })
  }

  /** Where that is not all, each rule reads on by itself until it is told: what the others ask for keeps nothing back. */
  const readOn = async (
    matter: NewMatter,
    accountId: string,
    { rows, nextCursor }: Page<PlacedReport>,
  ): Promise<readonly PlacedReport[]> => {
    const place = whereOf(matter)
    if (nextCursor === null || !place) return rows
    const { occurrencesWithin, withdrawnWithin, ...where } = askedOf(matter, place)
    const sinceAt = (days: number): number => matter.now - days * dayMs
    const occurrences = { ...where, occurrencesWithin, sinceAt: sinceAt(occurrenceDays(matter)) }
    const withdrawn = { ...where, withdrawnWithin, sinceAt: sinceAt(withdrawnDays(matter)) }
    const isOwnMet = (some: readonly PlacedReport[]): boolean =>
      withdrawnBy(accountId, matter, some).length > 0
    const met = rows.filter(({ status }) => status !== 'withdrawn')
    const [more, taken] = await Promise.all([
      isTold(matter, met)
        ? met
        : readUntil(
            pagesOf((page) => reports.aliveAround(occurrences, page), crowded),
            (some) => isTold(matter, some),
          ),
      isOwnMet(rows)
        ? withdrawnBy(accountId, matter, rows)
        : readUntil(
            pagesOf((page) => reports.aliveAround(withdrawn, page), crowded),
            isOwnMet,
          ),
    ])
    return [...new Map([...more, ...taken].map((one) => [one.id, one])).values()]
  }

  return {
    /** Begins while nobody knows yet whose rules hold: by the region's, which few banners exceed. */
    lookBack: (place: Omit<NewMatter, 'rules'>): LookBack => {
      const usual = { ...place, rules: defaultRuleBook }
      const usually = begun(around(usual))
      return async (matter, accountId) =>
        readOn(matter, accountId, await (looksFarther(matter, usual) ? around(matter) : usually))
    },

    /** K5: the clock of what the same person withdrew here shortly before goes on. */
    withdrawnClock: async (
      matter: NewMatter,
      accountId: string,
      earlier: readonly PlacedReport[],
    ): Promise<Pick<Submission, 'resumes'>> => {
      const { now } = matter
      const own = await reports.getMany(withdrawnBy(accountId, matter, earlier).map(({ id }) => id))
      const solvedAt = Math.max(...own.map(foundSolvedAt))
      for (const report of own) {
        const mine = participantKey(ports.keyed, accountId, report.id)
        const takenAt = takenBackAt(report, mine)
        if (takenAt <= solvedAt || now - takenAt > withdrawnDays(matter) * dayMs) continue
        return { resumes: resumedFrom(report, mine, now) }
      }
      return {}
    },
  }
}
