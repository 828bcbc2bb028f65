import { categoryOf } from '../../rule-book/rules/rule-book'
import type { ReportChange } from './change'
import { runsSince } from './deadlines'
import { movedDueAt } from './move-deadlines'
import type { Clock, Deadlines, Merging, Report } from './report'
import type { MergedChild } from './step-facts'
import { allStints, type ClockHold, type EarlierStint } from './stint'

const clockFields = [
  'startedAt',
  'restartedAt',
  'heldMs',
  'contactDueAt',
  'planDueAt',
  'resolveDueAt',
  'allowanceMs',
] as const satisfies readonly (keyof Clock)[]

export const sharedClock = ({
  startedAt,
  restartedAt,
  heldMs,
  contactDueAt,
  planDueAt,
  resolveDueAt,
  allowanceMs,
}: Deadlines): Clock => ({
  startedAt,
  ...(restartedAt === undefined ? {} : { restartedAt }),
  ...(heldMs === undefined ? {} : { heldMs }),
  contactDueAt,
  ...(planDueAt === undefined ? {} : { planDueAt }),
  resolveDueAt,
  allowanceMs,
})

/** The deadlines with another clock: what that one does not have, they have no more. */
const withClock = (
  { planDueAt: _plan, heldMs: _held, restartedAt: _restarted, ...deadlines }: Deadlines,
  clock: Clock,
): Deadlines => ({ ...deadlines, ...clock })

/**
 * M2: the family runs on the earliest clock of those that still ran when they were merged, with what that one allows. What
 * had run out by then was missed before (A2): the child's by whoever had the child, its cause comes along; the parent's by
 * whoever had the parent, and it keeps nobody from being late for the other. Then the clock counts from where that other
 * one does, and allows no more than either.
 */
const earliest = (
  one: Clock,
  other: Clock,
  { mergedAt, isContacted }: { readonly mergedAt: number; readonly isContacted: boolean },
): Clock => {
  const runs = (dueAt: number): boolean => dueAt > mergedAt
  const running = [one, other].filter(({ resolveDueAt }) => runs(resolveDueAt))
  const counting = running.length > 0 ? running : [one]
  const clock = counting.reduce((first, next) => (next.resolveDueAt < first.resolveDueAt ? next : first))
  const plans = [one, other].flatMap(({ planDueAt }) =>
    planDueAt !== undefined && runs(planDueAt) ? planDueAt : [],
  )
  const planDueAt = plans.length > 0 ? Math.min(...plans) : one.planDueAt
  const startedAt = Math.min(one.startedAt, other.startedAt)
  const since = Math.min(...counting.map(runsSince))
  // It was held as long as leaves the earlier of both.
  const heldMs = Math.min(...counting.map((each) => runsSince(each) + (each.heldMs ?? 0))) - since
  return {
    startedAt,
    ...(since > startedAt ? { restartedAt: since } : {}),
    ...(heldMs > 0 ? { heldMs } : {}),
    // A first word that one of them has had no longer runs; one that the parent missed stays missed (M6).
    contactDueAt:
      isContacted || !runs(other.contactDueAt)
        ? one.contactDueAt
        : Math.min(one.contactDueAt, other.contactDueAt),
    ...(planDueAt === undefined ? {} : { planDueAt }),
    resolveDueAt: clock.resolveDueAt,
    allowanceMs: running.includes(one) ? clock.allowanceMs : Math.min(one.allowanceMs, clock.allowanceMs),
  }
}

/** The clocks of those that lie in it, as they were merged. */
const clocksIn = ({ mergings, childReportIds }: Pick<Report, 'mergings' | 'childReportIds'>) =>
  mergings.flatMap(({ childReportId, clock }) =>
    clock && childReportIds.includes(childReportId) ? clock : [],
  )

const isFirstWordSaid = (report: Pick<Report, 'contactedAt'>, child: MergedChild): boolean =>
  report.contactedAt !== undefined || child.contactedAt !== undefined

/**
 * The clock that a child brings (`Merging.clock`), where the parent's own would ever be another by it, and who had the
 * child by then.
 */
export const clockBrought = (
  report: Pick<Report, 'deadlines' | 'ownClock' | 'contactedAt'>,
  child: MergedChild,
): Pick<Merging, 'clock' | 'stints'> => {
  const { mergedAt, stints } = child
  const theirs = sharedClock(child.deadlines)
  const own = report.ownClock ?? sharedClock(report.deadlines)
  const both = earliest(own, theirs, { mergedAt, isContacted: isFirstWordSaid(report, child) })
  const isOther = clockFields.some((field) => both[field] !== own[field])
  return isOther ? { clock: { ...theirs, mergedAt }, ...(stints.length > 0 ? { stints } : {}) } : {}
}

/** The merged reports that lie in it by whose clock it may go, and who had them before. */
export const broughtStints = ({
  mergings,
  childReportIds,
}: Pick<Report, 'mergings' | 'childReportIds'>): readonly {
  readonly clock: Clock & { readonly mergedAt: number }
  readonly stints: readonly EarlierStint[]
}[] =>
  mergings.flatMap(({ childReportId, clock, stints = [] }) =>
    clock && stints.length > 0 && childReportIds.includes(childReportId) ? { clock, stints } : [],
  )

/**
 * A2: whose time counts towards what falls due then, and since when. By the clock of a merged report that is the time of
 * those who had that one, and from the merging on of whoever has the family.
 */
export const timeTowards = (
  report: Pick<
    Report,
    'mergings' | 'childReportIds' | 'ownClock' | 'stints' | 'earlierStints' | 'holds' | 'deadlines'
  >,
  dueAt: number,
): {
  readonly stints: readonly EarlierStint[]
  readonly holds: readonly ClockHold[]
  readonly startedAt: number
} => {
  const { ownClock, stints, holds, deadlines } = report
  const isOf = ({ resolveDueAt, planDueAt }: Clock): boolean => resolveDueAt === dueAt || planDueAt === dueAt
  const theirs =
    ownClock && !isOf(ownClock) ? broughtStints(report).find(({ clock }) => isOf(clock)) : undefined
  const [first] = theirs?.stints ?? []
  if (!theirs || !first) return { stints: allStints(report), holds, startedAt: runsSince(deadlines) }
  const { mergedAt } = theirs.clock
  const then = stints.findLast(({ from }) => from <= mergedAt)
  return {
    stints: [
      ...theirs.stints,
      ...(then ? [{ unit: then.unit, from: mergedAt }] : []),
      ...stints.filter(({ from }) => from > mergedAt),
    ],
    // What the child's clock had stood still before is out of its stints already.
    holds: holds.flatMap((hold) =>
      hold.to !== undefined && hold.to <= mergedAt ? [] : { ...hold, from: Math.max(hold.from, mergedAt) },
    ),
    startedAt: first.from,
  }
}

/** The parent goes on by the clock of the child as well, and keeps its own for when it is left. */
export const joinClock = ({ report }: ReportChange, child: MergedChild): void => {
  const { deadlines } = report
  const isContacted = isFirstWordSaid(report, child)
  report.ownClock = report.ownClock ?? sharedClock(deadlines)
  const clock = earliest(sharedClock(deadlines), sharedClock(child.deadlines), { ...child, isContacted })
  report.deadlines = withClock(deadlines, clock)
}

/**
 * M4: a report that leaves takes its clock along; the parent has its own again, with those of whoever stays. A first word
 * that has fallen due stays kept or missed.
 */
export const leaveClock = (change: ReportChange, { clock: left }: Merging): void => {
  const { report, at, law } = change
  const { ownClock, deadlines } = report
  if (report.childReportIds.length === 0) delete report.ownClock
  if (!ownClock || !left) return
  const staying = clocksIn(report)
  const isContacted = report.contactedAt !== undefined
  const { contactDueAt, planDueAt, resolveDueAt, ...clock } = staying.reduce<Clock>(
    (family, one) => earliest(family, one, { ...one, isContacted }),
    ownClock,
  )
  const hadTheirFirstWord = deadlines.contactDueAt === left.contactDueAt && left.contactDueAt > at
  // Days off may have become known since (K2).
  const isUrgent = categoryOf(law.rules, report.categoryId)?.isUrgent ?? false
  const moved = (dueAt: number): number => (dueAt > at ? movedDueAt(law.calendar, dueAt, isUrgent) : dueAt)
  report.deadlines = withClock(deadlines, {
    ...clock,
    contactDueAt: hadTheirFirstWord ? moved(contactDueAt) : deadlines.contactDueAt,
    ...(planDueAt === undefined ? {} : { planDueAt: moved(planDueAt) }),
    resolveDueAt: moved(resolveDueAt),
  })
}

/** What moves the deadlines of a family moves the clocks that it is made of alike. */
export const moveDeadlinesOf = (
  { report }: ReportChange,
  move: (deadlines: Deadlines) => Deadlines,
): void => {
  const { deadlines, ownClock } = report
  const moved = (clock: Clock): Clock => sharedClock(move(withClock(deadlines, clock)))
  report.deadlines = move(deadlines)
  if (!ownClock) return
  report.ownClock = moved(ownClock)
  report.mergings = report.mergings.map((one) =>
    one.clock ? { ...one, clock: { ...moved(one.clock), mergedAt: one.clock.mergedAt } } : one,
  )
}
