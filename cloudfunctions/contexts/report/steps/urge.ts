import { hourMs } from '../../../ground/instant'
import { refuse } from '../../../ground/result'
import { announce, record } from '../rules/change'
import { levelStaff } from '../rules/standing'
import { seen } from './fields'
import { open, reporters, resident, staff, step } from './step'

export const urge = step({
  action: 'urge',
  grants: [...reporters(open), resident('supporter', open), staff('above', levelStaff, open)],
  input: seen({}),
  refuses: (report, scene) => {
    const last = report.urgedAts[report.urgedAts.length - 1]
    const hours = scene.law.rules.report.urgeEveryHours
    return last !== undefined && scene.now < last + hours * hourMs
      ? refuse('urged-already', { hours }, `刚刚催过了，隔${hours}小时可以再催`).error
      : undefined
  },
  decide: (change) => {
    const { report, by } = change
    report.urgedAts = [...report.urgedAts, change.at].slice(-20)
    record(change, { kind: 'urged' })
    announce(change, {
      template: 'urged',
      units: { by: by.unitName === undefined ? 'resident' : { unit: by.unitName } },
    })
    return undefined
  },
})
