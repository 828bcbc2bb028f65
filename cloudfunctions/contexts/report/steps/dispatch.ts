import { refuse } from '../../../ground/result'
import { announce, move, type ReportChange, record, recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { cannotTake } from '../rules/hand-over'
import { whyNotHanded } from '../rules/own-people'
import { currentHandler, isAnsweredBy } from '../rules/report'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

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
            units: { ...facts, by: report.answerableUnit.name },
            residents: facts,
            supporters: facts,
          },
    )
    return undefined
  },
}
