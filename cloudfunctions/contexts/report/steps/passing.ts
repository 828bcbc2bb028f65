import { type Refusal, type RefusalCode, refuse } from '../../../ground/result'
import { lowestAboveBoth } from '../../../ground/unit-path'
import { actingUnit, announce, move, type ReportChange, record, recordNote } from '../rules/change'
import type { UnitFacts } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { askAbove, handTo, markAccepted } from '../rules/moves'
import { whyNotHanded } from '../rules/own-people'
import { currentHandler, type Report } from '../rules/report'
import { type PassOnKind, requestOf } from '../rules/request'
import { branchLead, levelStaff } from '../rules/standing'
import { cannotTake, mayHave, passOn, townshipsOf } from './granting'
import { type Refused, type StepOf, staff, working } from './step'

const refusal = (code: RefusalCode): Refusal => refuse(code).error

/** Whether a unit that is asked for could be given the matter at all. */
const cannotBe = (to: UnitFacts, change: ReportChange): Refused | undefined => {
  if (to.id === change.report.branchId || !mayHave(change.report, to)) return refuse('unknown-unit')
  return cannotTake(to, change)
}

/** Two hand-overs are free; the third asked for goes to the lowest level above both (A5). */
const handOver = (
  change: ReportChange,
  to: UnitFacts,
  how: PassOnKind,
  note: () => void,
  actorId: string,
): Refused | undefined => {
  const { report, law } = change
  const refused = cannotTake(to, change)
  if (refused) return refused
  report.passCount += 1
  note()
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

const passBars = (report: Report): Refusal | undefined =>
  requestOf(report.requests, 'pass-on') ? refusal('request-pending') : undefined

export const returnStep: StepOf<'return'> = {
  grants: [staff('branch', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, { reason, note, sorter }, scene) => {
    const facts = { reason, ...(note ? { note } : {}) }
    const noteWhy = () =>
      record(change, { kind: 'noted', line: 'noted-on-return', facts, visibility: 'staff' })
    return handOver(change, sorter, 'return', noteWhy, scene.actorId)
  },
}

export const transfer: StepOf<'transfer'> = {
  grants: [staff('branch', branchLead, ['routed', 'accepted'])],
  bars: (report) => (isConfidential(report) ? refusal('confidential') : passBars(report)),
  decide: (change, command, scene) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    return handOver(change, command.to, 'transfer', () => recordNote(change, command.note), scene.actorId)
  },
}

/** The branch across a near border takes the report over; it ends with acceptance (A5). */
export const takeOver: StepOf<'take-over'> = {
  grants: [staff('alternate', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, command, scene) => handOver(change, command.by, 'take-over', () => {}, scene.actorId),
}

export const route: StepOf<'route'> = {
  grants: [staff('sorter', ['clerk'], ['unrouted']), staff('above', ['clerk'], ['unrouted'])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    markAccepted(change)
    const by = actingUnit(change)
    const to = command.to.name
    handTo(change, command.to, {
      isSorting: false,
      policy: 'by-hand',
      reason: { why: 'sorted-by', unit: by },
    })
    record(change, { kind: 'routed', line: 'sorted', facts: { to } })
    recordNote(change, command.note)
    announce(change, {
      template: 'sorted',
      units: { by, to },
      residents: { by, to },
      supporters: { to },
      alsoUnits: townshipsOf(change),
    })
    return undefined
  },
}

/** Levels above can always move an open matter (A6); the reason is public, deadlines are kept. */
export const reassign: StepOf<'reassign'> = {
  grants: [staff('above', levelStaff, ['routed', ...working])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    const { to, note } = command
    const by = actingUnit(change)
    handTo(change, to, {
      isSorting: false,
      policy: 'reassigned',
      reason: { why: 'reassigned', unit: by, note },
    })
    record(change, { kind: 'reassigned', facts: { note, to: to.name } })
    const facts = { by, to: to.name, note }
    announce(change, {
      template: 'reassigned',
      units: facts,
      residents: facts,
      supporters: { to: to.name },
      alsoUnits: townshipsOf(change),
    })
    return undefined
  },
}

type DispatchCommand = Parameters<StepOf<'dispatch'>['decide']>[1]

/** Whether the work may go to a partner, or to one of the unit's own people (L2). */
const cannotHandle = ({ unit, partnership, member }: DispatchCommand, change: ReportChange) => {
  const { report } = change
  if (member) {
    const why =
      unit.id === report.branchId ? whyNotHanded(report, member.id, member.colleagues) : 'unknown-unit'
    return why && refuse(why)
  }
  if (isConfidential(report)) return refuse('confidential')
  if (unit.kind !== 'partner' || !partnership) return refuse('not-a-partner')
  if (unit.id === report.handlerUnitId) return refuse('unknown-unit')
  return cannotTake(unit, change)
}

/** Hands the work to a partner unit or to one of the unit's own people; the unit goes on answering for it (派单). */
export const dispatch: StepOf<'dispatch'> = {
  grants: [staff('branch', branchLead, ['accepted', 'dispatched'])],
  decide: (change, command) => {
    const { report } = change
    const { unit, member } = command
    const refused = cannotHandle(command, change)
    if (refused) return refused
    move(change, 'dispatched')
    report.dispatches = [
      ...report.dispatches,
      {
        unitId: unit.id,
        unitName: unit.name,
        ...(member ? { memberId: member.id } : {}),
        at: change.at,
        note: command.note,
      },
    ]
    report.handlerUnitId = unit.id
    // Everybody reads that the unit does it itself, never which of its people (F2).
    const facts = { unit: unit.name }
    record(
      change,
      member ? { kind: 'dispatched', line: 'given-to-own-people', facts } : { kind: 'dispatched', facts },
    )
    recordNote(change, command.note)
    const isHandedOn = currentHandler(change.before)?.memberId !== undefined
    announce(
      change,
      member
        ? {
            template: 'given-to-own-people',
            units: isHandedOn ? { ...facts, isHandedOn } : facts,
            member: {},
            residents: facts,
            supporters: facts,
          }
        : {
            template: 'dispatched',
            units: { ...facts, by: report.branchName },
            residents: facts,
            supporters: facts,
          },
    )
    return undefined
  },
}

/** Takes the work back, whatever the handler does or is: a matter never waits for somebody who is gone. */
export const recall: StepOf<'recall'> = {
  grants: [staff('branch', branchLead, ['dispatched', 'awaiting-check'])],
  decide: (change, command) => {
    const { report } = change
    const handler = currentHandler(report)
    // From one of the unit's own people: everybody reads that it is the unit's, before as after.
    const isOwn = handler?.memberId !== undefined
    move(change, 'accepted')
    record(
      change,
      isOwn
        ? { kind: 'recalled', line: 'recalled-from-own-people' }
        : { kind: 'recalled', facts: { from: handler?.unitName ?? '' } },
    )
    recordNote(change, command.note)
    const facts = { unit: report.branchName }
    announce(change, {
      template: isOwn ? 'recalled-from-own-people' : 'recalled',
      units: facts,
      residents: facts,
      supporters: facts,
    })
    return undefined
  },
}
