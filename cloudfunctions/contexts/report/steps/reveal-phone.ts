import { bucket, per } from '../../../ground/bucket'
import { dayMs, hourMs } from '../../../ground/instant'
import { refusal, refuse } from '../../../ground/result'
import { actingUnit, announce, record } from '../rules/change'
import { branchStaff } from '../rules/standing'
import { seen } from './fields'
import { staff, step, working } from './step'

export const revealPhone = step({
  action: 'reveal-phone',
  grants: [staff('branch', branchStaff, ['routed', ...working])],
  input: seen({}),
  // Somebody who reads telephone numbers by the hundred is not ringing people up.
  limits: {
    group: 'report.revealPhone',
    resident: bucket(10, per(10, hourMs)),
    staff: bucket(150, per(600, dayMs)),
  },
  refuses: (report) => (report.hasPhone ? undefined : refusal('no-phone')),
  decide: (change, _command) => {
    const { report } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    report.phoneRevealedTo = [...new Set([...(report.phoneRevealedTo ?? []), actingUnit(change)])]
    record(change, { kind: 'phone-revealed', visibility: 'person', personKey: report.reporterKey })
    announce(change, { template: 'phone-revealed', reporter: { unit: actingUnit(change) } })
    return undefined
  },
})
