import { refusal, refuse } from '../../../ground/result'
import { actingUnit, announce, record } from '../rules/change'
import { named } from '../rules/moves'
import { branchStaff } from '../rules/standing'
import { type StepOf, staff, working } from './step'

export const revealPhone: StepOf<'reveal-phone'> = {
  grants: [staff('branch', branchStaff, ['routed', ...working])],
  bars: (report) => (report.hasPhone ? undefined : refusal('no-phone')),
  decide: (change, _command) => {
    const { report } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    record(change, {
      kind: 'phone-revealed',
      text: `${actingUnit(change)}查看了上报人的电话`,
      visibility: 'person',
      personKey: report.reporterKey,
    })
    announce(change, {
      title: '电话被查看',
      reporter: `${actingUnit(change)}为办理${named(report)}查看了您的电话。`,
    })
    return undefined
  },
}
