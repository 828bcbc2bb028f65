import { hourMs } from '../../../ground/instant'
import { refuse } from '../../../ground/result'
import { announce, record } from '../rules/change'
import type { Report } from '../rules/report'
import type { Scene } from '../rules/scene'
import { levelStaff } from '../rules/standing'
import { seen } from './fields'
import { open, reporters, resident, staff, step } from './step'

/** A level, a reporter, and all supporters together each have an interval of their own: nobody's keeps another out (A6). */
const urgerOf = ({ unitId, person }: Pick<Scene, 'unitId' | 'person'>): string =>
  unitId ?? (person && person.part !== 'supporter' ? person.key : 'supporters')

/** From when on whoever stands here may urge again; undefined when they may now. */
export const urgeAgainAt = (
  { urges }: Pick<Report, 'urges'>,
  scene: Pick<Scene, 'now' | 'law' | 'unitId' | 'person'>,
): number | undefined => {
  const own = urges.filter(({ by }) => by === urgerOf(scene))
  const againAt = Math.max(...own.map(({ at }) => at)) + scene.law.rules.report.urgeEveryHours * hourMs
  return scene.now < againAt ? againAt : undefined
}

export const urge = step({
  action: 'urge',
  grants: [...reporters(open), resident('supporter', open), staff('above', levelStaff, open)],
  input: seen({}),
  refuses: (report, scene) => {
    const hours = scene.law.rules.report.urgeEveryHours
    return urgeAgainAt(report, scene) === undefined
      ? undefined
      : refuse('urged-already', { hours }, `刚刚催过了，隔${hours}小时可以再催`).error
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
