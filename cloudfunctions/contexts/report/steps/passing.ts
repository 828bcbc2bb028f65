import { type Refusal, type RefusalCode, refuse } from '../../../ground/result'
import { lowestAboveBoth } from '../../../ground/unit-path'
import type { UnitRef } from '../../organisation/rules/unit'
import { actingUnit, announce, move, type ReportChange, record } from '../rules/change'
import { returnReasonLabels, type UnitFacts } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { askAbove, handTo, markAccepted, named } from '../rules/moves'
import { whyNotHanded } from '../rules/own-people'
import { currentHandler, isAnsweredBy, type Report } from '../rules/report'
import { type PassOnKind, requestOf } from '../rules/request'
import { branchLead, levelStaff } from '../rules/standing'
import { cannotTake, mayHave, passOn, townshipsOf } from './granting'
import { type Refused, type StepOf, staff, working } from './step'

const refusal = (code: RefusalCode): Refusal => refuse(code).error

/** Whether a unit that is asked for could be given the matter at all. */
const cannotBe = (to: UnitFacts, change: ReportChange): Refused | undefined => {
  if (isAnsweredBy(change.report, to.id) || !mayHave(change.report, to)) return refuse('unknown-unit')
  return cannotTake(to, change)
}

/** Two hand-overs are free; the third asked for goes to the lowest level above both (A5). */
const handOver = (
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

const passBars = (report: Report): Refusal | undefined =>
  requestOf(report.requests, 'pass-on') ? refusal('request-pending') : undefined

export const returnStep: StepOf<'return'> = {
  grants: [staff('branch', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, command, scene) => {
    const because = `${returnReasonLabels[command.reason]}${command.note ? `，${command.note}` : ''}`
    return handOver(change, command.sorter, 'return', because, scene.actorId)
  },
}

export const transfer: StepOf<'transfer'> = {
  grants: [staff('branch', branchLead, ['routed', 'accepted'])],
  bars: (report) => (isConfidential(report) ? refusal('confidential') : passBars(report)),
  decide: (change, command, scene) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    return handOver(change, command.to, 'transfer', command.note, scene.actorId)
  },
}

/** The branch across a near border takes the report over; it ends with acceptance (A5). */
export const takeOver: StepOf<'take-over'> = {
  grants: [staff('alternate', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, command, scene) => handOver(change, command.by, 'take-over', '', scene.actorId),
}

export const route: StepOf<'route'> = {
  grants: [staff('sorter', ['clerk'], ['unrouted']), staff('above', ['clerk'], ['unrouted'])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    markAccepted(change)
    sendTo(change, command.to, `由${actingUnit(change)}指定`, command.note)
    return undefined
  },
}

/** Levels above can always move an open matter (A6); the reason is public, deadlines are kept. */
export const reassign: StepOf<'reassign'> = {
  grants: [staff('above', levelStaff, ['routed', ...working])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    sendTo(change, command.to, `${actingUnit(change)}改派：${command.note}`, '')
    return undefined
  },
}

const sendTo = (change: ReportChange, to: UnitRef, why: string, note: string): void => {
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

type DispatchCommand = Parameters<StepOf<'dispatch'>['decide']>[1]

/** Whether the work may go to a partner, or to one of the unit's own people (L2). */
const cannotHandle = ({ unit, partnership, member }: DispatchCommand, change: ReportChange) => {
  const { report } = change
  if (member) {
    const why = isAnsweredBy(report, unit.id)
      ? whyNotHanded(report, member.id, member.colleagues)
      : 'unknown-unit'
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
    const isHandedOn = currentHandler(change.before)?.memberId !== undefined
    // Everybody reads that the unit does it itself, never which of its people (F2).
    const byWhom = member ? `由${unit.name}自己处置` : `已交给${unit.name}处置`
    record(change, { kind: 'dispatched', text: member ? byWhom : `派遣给共建单位${unit.name}处置` })
    if (command.note) {
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    }
    announce(change, {
      title: '派单',
      units: member
        ? `${named(report)}由${unit.name}${isHandedOn ? '换人' : '自己'}处置。`
        : `${report.answerableUnit.name}把${named(report)}交给${unit.name}处置。`,
      member: `${named(report)}派给您处置。`,
      residents: `您反映的${named(report)}${byWhom}。`,
      supporters: `您关心的${named(report)}${byWhom}。`,
    })
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
    const goesOn = isOwn
      ? `由${report.answerableUnit.name}另行安排`
      : `由${report.answerableUnit.name}收回，自己办理`
    move(change, 'accepted')
    record(change, {
      kind: 'recalled',
      text: isOwn
        ? `${actingUnit(change)}收回派单，另行安排`
        : `${actingUnit(change)}从${handler?.unitName ?? ''}收回，自己办理`,
    })
    if (command.note) {
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    }
    announce(change, {
      title: '收回派单',
      units: `${named(report)}已由${report.answerableUnit.name}收回。`,
      residents: `您反映的${named(report)}${goesOn}。`,
      supporters: `您关心的${named(report)}${goesOn}。`,
    })
    return undefined
  },
}
