import { chinaMinuteOfDay } from '../../cloudfunctions/ground/instant'
import { dateText, instantText } from '../components/time-text'

interface Term {
  readonly fromAt: number | null
  readonly untilAt: number | null
}

/** The last day of what ends with a day; else the instant. */
export const lastText = (untilAt: number, now: number): string =>
  chinaMinuteOfDay(untilAt) === 0 ? dateText(untilAt - 1, now) : instantText(untilAt, now)

/** From when until when a seat is held: 3月1日起，到12月31日（周四）为止. */
export const termText = ({ fromAt, untilAt }: Term, now: number): string => {
  const from = fromAt === null ? undefined : `${dateText(fromAt, now)}起`
  const until = untilAt === null ? undefined : `到${lastText(untilAt, now)}为止`
  return [from, until].filter(Boolean).join('，') || '没有期限'
}
