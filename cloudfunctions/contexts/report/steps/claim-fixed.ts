import { announce, move, record } from '../rules/change'
import { workDone } from '../rules/handling'
import { handlerStaff } from '../rules/standing'
import { seen, work } from './fields'
import { staff, step } from './step'

/** The handler says it is done; somebody else looks (报完成 → 核查). */
export const claimFixed = step({
  action: 'claim-fixed',
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  input: seen(work),
  evidence: 'after',
  decide: (change, command, scene) => {
    const { report } = change
    const { handler, isOwn, partner } = workDone(change, scene)
    move(change, 'awaiting-check')
    report.fixClaim = {
      unitId: handler.unitId,
      unitName: handler.unitName,
      at: change.at,
      note: command.note,
      before: command.before,
      after: command.after,
      remedy: command.remedy,
    }
    const { unitName: unit } = handler
    const checkedBy = report.answerableUnit.name
    record(
      change,
      isOwn
        ? { kind: 'fix-claimed', line: 'fix-claimed-by-own-people', facts: { unit } }
        : { kind: 'fix-claimed', facts: { unit, checkedBy } },
    )
    record(change, {
      kind: 'fix-claimed',
      line: 'handler-said',
      facts: { unit, note: command.note },
      visibility: 'staff',
      photos: command.after,
    })
    const facts = isOwn ? { unit } : { unit, checkedBy }
    announce(change, { template: 'fix-claimed', units: partner, residents: facts, supporters: facts })
    return undefined
  },
})
