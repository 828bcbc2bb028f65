import { announce, move, record } from '../rules/change'
import { currentHandler } from '../rules/report'
import { systemStep } from './step'

/** Whoever of the unit's own people had the work in hand has left the unit: it is the unit's again (L2). */
export const comeBack = systemStep({
  action: 'come-back',
  decide: (change, command: { readonly memberId: string }) => {
    const { report } = change
    if (report.status !== 'dispatched' || currentHandler(report)?.memberId !== command.memberId)
      return undefined
    move(change, 'accepted')
    record(change, { kind: 'recalled', line: 'recalled-from-own-people' })
    const facts = { unit: report.answerableUnit.name }
    announce(change, {
      template: 'recalled-from-own-people',
      units: facts,
      residents: facts,
      supporters: facts,
    })
    return undefined
  },
})
