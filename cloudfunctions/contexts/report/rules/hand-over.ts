import { dayMs } from '../../../ground/instant'
import { type Refusal, refusal, refuse } from '../../../ground/result'
import { lowestAboveBoth, townshipOf } from '../../../ground/unit-path'
import type { UnitRef } from '../../organisation/rules/unit'
import { actingUnit, announce, type ReportChange, record } from './change'
import type { UnitFacts } from './commands'
import { isConfidential } from './confidential'
import { askAbove, handTo, named } from './moves'
import { isAnsweredBy, type Report } from './report'
import { type PassOnKind, type RequestFor, requestOf } from './request'
import type { Refused } from './scene'

/** Moves the report to another unit, and says to everyone concerned what happened (A7). */
export const passOn = (
  change: ReportChange,
  to: UnitRef,
  how: RequestFor<'pass-on'>['how'],
  because: string,
): void => {
  const { report } = change
  const fromName = report.answerableUnit.name
  const isSorting = how === 'return'
  const text = {
    return: `${fromName}退回，由${to.name}指定责任单位`,
    transfer: `由${fromName}转给${to.name}`,
    'take-over': `${to.name}主动接办`,
  }[how]
  handTo(change, to, {
    isSorting,
    policy: how === 'take-over' ? 'take-over' : 'transfer',
    reason: because ? `${because}，${text}` : text,
  })
  record(change, {
    kind: ({ return: 'returned', transfer: 'transferred', 'take-over': 'taken-over' } as const)[how],
    text: `${text}，时限不变`,
  })
  announce(change, {
    title: isSorting ? '待分派' : '责任单位变更',
    units: `${named(report)}${text}，时限不变。`,
    residents: `您反映的${named(report)}${text}，时限不变。`,
    supporters: `您关心的${named(report)}${text}。`,
    alsoUnits: townshipsOf(change),
  })
}

/** Nothing is handed to a unit without members, or to one that ends before the deadline, or is late and ending (L2). */
export const cannotTake = (to: UnitFacts, { report, at }: ReportChange): Refused | undefined => {
  if (to.memberCount === 0) return refuse('unit-without-members')
  const neededUntil = Math.max(report.deadlines.resolveDueAt, at + dayMs)
  return to.endsAt !== undefined && to.endsAt <= neededUntil ? refuse('unit-ends-soon') : undefined
}

/** A complaint goes from committee to committee, never to a branch, and never to the accused (H4). */
export const mayHave = (report: Report, to: UnitFacts): boolean => {
  const kinds = isConfidential(report)
    ? ['committee', 'community-committee']
    : ['branch', 'specialised-branch', 'temporary', 'committee', 'community-committee']
  return kinds.includes(to.kind) && to.id !== report.accusedUnitId
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

/** Two hand-overs are free; the third asked for goes to the lowest level above both (A5). */
export const handOver = (
  change: ReportChange,
  to: UnitFacts,
  how: PassOnKind,
  note: string,
  actorId: string,
): Refused | undefined => {
  const { report, law } = change
  const refused = cannotTake(to, change)
  if (refused) return refused
  report.passCount += 1
  if (note) record(change, { kind: 'noted', text: `${actingUnit(change)}：${note}`, visibility: 'staff' })
  if (report.passCount > law.rules.report.freePasses) {
    askAbove(
      change,
      { kind: 'pass-on', to: { id: to.id, name: to.name, path: to.path }, how },
      {
        side: 'branch',
        reason: '',
        actorId,
        rulingUnitId: how === 'return' ? to.id : lowestAboveBoth(report.unitPath, to.path),
      },
    )
    return undefined
  }
  passOn(change, to, how, '')
  return undefined
}

/** Why it cannot be passed on now: that has been asked for, and waits. */
export const passBars = (report: Report): Refusal | undefined =>
  requestOf(report.requests, 'pass-on') ? refusal('request-pending') : undefined

/** By the will of somebody above the matter goes to another unit, and everybody concerned hears of it (A6, A7). */
export const sendTo = (change: ReportChange, to: UnitRef, why: string, note: string): void => {
  const { report } = change
  const isSorted = report.status === 'unrouted'
  handTo(change, to, { isSorting: false, policy: isSorted ? 'by-hand' : 'reassigned', reason: why })
  record(change, { kind: isSorted ? 'routed' : 'reassigned', text: `${why}，由${to.name}负责` })
  if (note) record(change, { kind: 'noted', text: `${actingUnit(change)}：${note}`, visibility: 'staff' })
  announce(change, {
    title: '责任单位变更',
    units: `${named(report)}由${to.name}负责（${why}），时限不变。`,
    residents: `您反映的${named(report)}由${to.name}负责（${why}），时限不变。`,
    supporters: `您关心的${named(report)}由${to.name}负责。`,
    alsoUnits: townshipsOf(change),
  })
}
