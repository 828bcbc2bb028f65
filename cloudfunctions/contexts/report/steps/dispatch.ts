import { refuse } from '../../../ground/result'
import { actingUnit, announce, move, type ReportChange, record } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { cannotTake } from '../rules/hand-over'
import { named } from '../rules/moves'
import { whyNotHanded } from '../rules/own-people'
import { currentHandler } from '../rules/report'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

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
        : `${report.branchName}把${named(report)}交给${unit.name}处置。`,
      member: `${named(report)}派给您处置。`,
      residents: `您反映的${named(report)}${byWhom}。`,
      supporters: `您关心的${named(report)}${byWhom}。`,
    })
    return undefined
  },
}
