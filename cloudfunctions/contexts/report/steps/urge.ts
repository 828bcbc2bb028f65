import { hourMs } from '../../../ground/instant'
import { refuse } from '../../../ground/result'
import { announce, record } from '../rules/change'
import type { Scene } from '../rules/scene'
import { levelStaff } from '../rules/standing'
import { seen } from './fields'
import { open, reporters, resident, staff, step } from './step'

/** A level, a reporter, and all supporters together each have an interval of their own: nobody's keeps another out (A6). */
const urgerOf = ({ unitId, person }: Scene): string =>
  unitId ?? (person && person.part !== 'supporter' ? person.key : 'supporters')

export const urge = step({
  action: 'urge',
  grants: [...reporters(open), resident('supporter', open), staff('above', levelStaff, open)],
  input: seen({}),
  refuses: (report, scene) => {
    const own = report.urges.filter((one) => one.by === urgerOf(scene))
    const hours = scene.law.rules.report.urgeEveryHours
    return own.some(({ at }) => scene.now < at + hours * hourMs)
      ? refuse('urged-already', { hours }, `刚刚催过了，隔${hours}小时可以再催`).error
      : undefined
  },
  decide: (change, _command, scene) => {
    const { report, by } = change
    report.urges = [...report.urges, { at: change.at, by: urgerOf(scene) }].slice(-20)
    record(change, { kind: 'urged' })
    announce(change, {
      template: 'urged',
      units: { by: by.unitName === undefined ? 'resident' : { unit: by.unitName } },
    })
    return undefined
  },
})
