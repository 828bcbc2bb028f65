import { chinaDateOn, startOfChinaDate } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import type { Report } from '../rules/report'
import type { Scene } from '../rules/scene'
import type { Step } from './step'

/** So many lines of one report a day are of one unit, or of one resident: no honest day has as many. */
const mostLinesADay = 60

/** Who writes a record full takes it from everybody else: nobody could read it any more, nor the clock go on with it. */
const hasWrittenEnough = ({ timeline, shelved }: Report, { now, unitName, person }: Scene): boolean => {
  const today = chinaDateOn(now)
  const todayAt = startOfChinaDate(today)
  const isTheirs = ({ at, side, ...by }: Report['timeline'][number]): boolean =>
    at >= todayAt &&
    (unitName === undefined
      ? side === 'resident' && by.personKey !== undefined && by.personKey === person?.key
      : by.unitName === unitName)
  const writer = unitName ?? person?.key ?? ''
  const older = shelved?.day?.on === today ? (shelved.day.by[writer] ?? 0) : 0
  return older + timeline.filter(isTheirs).length >= mostLinesADay
}

/** Why the step would be refused before anything is typed; undefined when it may be offered (L5). */
export const whyNot = (step: Pick<Step, 'refuses'>, report: Report, scene: Scene): Refusal | undefined =>
  hasWrittenEnough(report, scene)
    ? refuse('too-many-today', undefined, '今天在这件事上记得太多了，请明天再来').error
    : step.refuses?.(report, scene)
