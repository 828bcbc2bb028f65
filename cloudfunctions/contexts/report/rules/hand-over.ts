import { dayMs } from '../../../ground/instant'
import { type Refusal, refusal, refuse } from '../../../ground/result'
import { lowestAboveBoth, townshipOf } from '../../../ground/unit-path'
import type { UnitKind, UnitRef } from '../../organisation/rules/unit'
import { announce, type ReportChange, record } from './change'
import { isConfidential, isWithAccused } from './confidential'
import type { Doer } from './lines'
import { askAbove, handTo } from './moves'
import { isAnsweredBy, type Report } from './report'
import { type PassOnKind, type RequestFor, requestOf } from './request'
import type { Refused } from './scene'
import type { UnitFacts } from './step-facts'

/** Moves the report to another unit, and says to everyone concerned what happened (A7). */
export const passOn = (
  change: ReportChange,
  to: UnitRef,
  how: RequestFor<'pass-on'>['how'],
  because?: 'relocated' | Doer,
): void => {
  const facts = { from: change.report.answerableUnit.name, to: to.name }
  handTo(change, to, {
    isSorting: how === 'return',
    policy: how === 'take-over' ? 'take-over' : 'transfer',
    reason: { why: 'passed-on', how, ...facts, ...(because === undefined ? {} : { because }) },
  })
  const happened = ({ return: 'returned', transfer: 'transferred', 'take-over': 'taken-over' } as const)[how]
  record(change, { kind: happened, facts })
  announce(change, {
    template: happened,
    units: facts,
    residents: facts,
    supporters: facts,
    alsoUnits: townshipsOf(change),
  })
}

/** Nothing is handed to a unit without members, or to one that ends before the deadline, or is late and ending (L2). */
export const cannotTake = (to: UnitFacts, { report, at }: ReportChange): Refused | undefined =>
  whyItCannotTake(to, report.deadlines.resolveDueAt, at)

/** The same of any matter that is due at an instant. */
export const whyItCannotTake = (
  to: Pick<UnitFacts, 'memberCount' | 'endsAt'>,
  dueAt: number,
  at: number,
): Refused | undefined => {
  if (to.memberCount === 0) return refuse('unit-without-members')
  const neededUntil = Math.max(dueAt, at + dayMs)
  return to.endsAt !== undefined && to.endsAt <= neededUntil ? refuse('unit-ends-soon') : undefined
}

const committees: readonly UnitKind[] = ['committee', 'community-committee']
const branches: readonly UnitKind[] = ['branch', 'specialised-branch', 'temporary']

/** H4: no branch answers for a complaint, though a temporary unit may lie below one. */
export const mayAnswerComplaints = ({ kind }: Pick<UnitFacts, 'kind'>): boolean => committees.includes(kind)

/** A complaint goes from committee to committee, never to a branch, and never to the accused nor below them (H4). */
export const mayHave = (
  report: Pick<Report, 'categoryId' | 'accusedUnitId' | 'unitPath'>,
  to: Pick<UnitFacts, 'kind' | 'path'>,
): boolean => {
  const isOfKind = mayAnswerComplaints(to) || (branches.includes(to.kind) && !isConfidential(report))
  return isOfKind && !isWithAccused(report, to)
}

/** The township hears of every hand-over within it, into it and out of it (A7). */
export const townshipsOf = ({ before, report }: ReportChange): readonly (string | null)[] => [
  townshipOf(before.unitPath),
  townshipOf(report.unitPath),
]

/** Whether a unit that is asked for could be given the matter at all. */
export const cannotBe = (to: UnitFacts, change: ReportChange): Refused | undefined => {
  if (isAnsweredBy(change.report, to.id) || !mayHave(change.report, to)) return refuse('unknown-unit')
  return cannotTake(to, change)
}

/** `freePasses` hand-overs are free; the next one asked for goes to the lowest level above both (A5). */
export const handOver = (
  change: ReportChange,
  to: UnitFacts,
  how: PassOnKind,
  actorId: string,
): Refused | undefined => {
  const { report, law } = change
  const refused = cannotBe(to, change)
  if (refused) return refused
  report.passCount += 1
  if (report.passCount > law.rules.report.freePasses) {
    askAbove(
      change,
      { kind: 'pass-on', to: { id: to.id, name: to.name, path: to.path }, how },
      {
        side: 'branch',
        actorId,
        rulingUnitId: how === 'return' ? to.id : lowestAboveBoth(report.unitPath, to.path),
      },
    )
    return undefined
  }
  passOn(change, to, how)
  return undefined
}

/** Why it cannot be passed on now: that has been asked for, and waits. */
export const passBars = (report: Report): Refusal | undefined =>
  requestOf(report.requests, 'pass-on') ? refusal('request-pending') : undefined
