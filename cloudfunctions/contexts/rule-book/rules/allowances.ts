import { defaultWorkingHours } from '../../calendar/rules/working-calendar'
import type { Allowance } from '../../category/rules/category'

const hoursOfWorkADay = defaultWorkingHours.reduce((sum, [from, to]) => sum + (to - from) / 60, 0)
const closesAtHour = Math.max(...defaultWorkingHours.map(([, to]) => to)) / 60

const plainHours = ({ unit, count }: Allowance): number | undefined =>
  unit === 'hours' ? count : unit === 'days' ? count * 24 : undefined

/** Working time that has passed at least, and at most, when a working allowance is used up. */
const workingHours = ({ unit, count }: Allowance): readonly [number, number] | undefined => {
  if (unit === 'working-hours') return [count, count]
  // N working days begin the day after and end at the close: nearly a whole day more when it starts at opening.
  const days = Math.ceil(count)
  return unit === 'working-days' ? [days * hoursOfWorkADay, (days + 1) * hoursOfWorkADay] : undefined
}

/** Plain hours that pass at least until a working allowance is used up, from wherever it starts. */
const leastPlainHours = ({ unit, count }: Allowance): number =>
  unit === 'working-hours' ? count : (Math.ceil(count) - 1) * 24 + closesAtHour

/**
 * Whether one allowance ends no later than another from whatever instant both start. Plain time against
 * working time can be told for urgent kinds alone: what is not urgent moves off days off (K2), and a long
 * holiday makes any working time longer than any plain one.
 */
export const isNeverLonger = (one: Allowance, other: Allowance, isOneUrgent: boolean): boolean => {
  if (one.unit === other.unit) return one.count <= other.count
  const [plain, otherPlain] = [plainHours(one), plainHours(other)]
  if (plain !== undefined && otherPlain !== undefined) return plain <= otherPlain
  const [working, otherWorking] = [workingHours(one), workingHours(other)]
  if (working && otherWorking) return working[1] <= otherWorking[0]
  return isOneUrgent && plain !== undefined && plain <= leastPlainHours(other)
}

/** An allowance as people say it: 4个工作小时. */
export const allowanceWords = ({ unit, count }: Allowance): string => {
  switch (unit) {
    case 'hours':
      return count < 1 ? `${count * 60}分钟` : `${count}小时`
    case 'working-hours':
      return `${count}个工作小时`
    case 'days':
      return `${count}天`
    case 'working-days':
      return `${count}个工作日`
  }
}
