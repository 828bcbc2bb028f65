import { refusal, refuse } from '../../../ground/result'
import { actingUnit, announce, record } from '../rules/change'
import { branchStaff } from '../rules/standing'
import { type StepOf, staff, working } from './step'

export const revealPhone: StepOf<'reveal-phone'> = {
  grants: [staff('branch', branchStaff, ['routed', ...working])],
  bars: (report) => (report.hasPhone ? undefined : refusal('no-phone')),
  decide: (change, _command) => {
    const { report } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    record(change, { kind: 'phone-revealed', visibility: 'person', personKey: report.reporterKey })
    announce(change, { template: 'phone-revealed', reporter: { unit: actingUnit(change) } })
    return undefined
  },
}
