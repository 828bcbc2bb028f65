import * as z from 'zod/mini'
import { ok, type Result, refuse } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { groupOf } from '../../category/rules/category'
import { helpsWith, type Partnership } from '../../organisation/rules/unit'
import { announce, move, type ReportChange, record, recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { cannotTake } from '../rules/hand-over'
import { type Colleague, whyNotHanded } from '../rules/own-people'
import { currentHandler, type Dispatch, isAnsweredBy } from '../rules/report'
import { branchLead } from '../rules/standing'
import type { UnitFacts } from '../rules/step-facts'
import { note, seen } from './fields'
import { preparedStep, staff } from './step'

interface Work {
  readonly unit: UnitFacts
  readonly partnership?: Partnership
  /** One of the answering unit's own people, and all of them: whoever does it, another must look (L2). */
  readonly member?: { readonly id: string; readonly colleagues: readonly Colleague[] }
  readonly note: string
}

const handOf = ({ id, colleagues }: NonNullable<Work['member']>): Pick<Dispatch, 'handKey'> => {
  const handKey = colleagues.find(({ actorId }) => actorId === id)?.handKey
  return handKey === undefined ? {} : { handKey }
}

/** Whether the work may go to a partner, or to one of the unit's own people (L2). */
const cannotHandle = ({ unit, partnership, member }: Work, change: ReportChange) => {
  const { report } = change
  if (member) {
    const why = isAnsweredBy(report, unit.id)
      ? whyNotHanded(report, member.id, member.colleagues)
      : 'unknown-unit'
    return why && refuse(why)
  }
  if (isConfidential(report)) return refuse('confidential')
  if (unit.kind !== 'partner' || !partnership) return refuse('not-a-partner')
  if (!helpsWith(partnership, groupOf(report.categoryId))) return refuse('beyond-agreement')
  if (unit.id === report.handlerUnitId) return refuse('unknown-unit')
  return cannotTake(unit, change)
}

/** Hands the work to a partner unit or to one of the unit's own people; the unit goes on answering for it (派单). */
export const dispatch = preparedStep({
  action: 'dispatch',
  grants: [staff('branch', branchLead, ['accepted', 'dispatched'])],
  input: seen({ toUnitId: id, memberId: z.optional(id), note }),
  prepare: async ({ toUnitId, memberId, note }, _report, lookUps): Promise<Result<Work>> => {
    const [unit, colleagues, partnership] = await Promise.all([
      lookUps.unit(toUnitId),
      memberId === undefined ? [] : lookUps.colleagues(),
      memberId === undefined ? lookUps.partnershipWith(toUnitId) : undefined,
    ])
    if (!unit) return refuse('unknown-unit')
    if (memberId !== undefined) return ok({ unit, member: { id: memberId, colleagues }, note })
    return ok({ unit, ...(partnership ? { partnership } : {}), note })
  },
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
        ...(member ? { memberId: member.id, ...handOf(member) } : {}),
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
})
