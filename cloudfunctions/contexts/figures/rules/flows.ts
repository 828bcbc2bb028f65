import { chinaDateOn } from '../../../ground/instant'
import { type CategoryGroupId, groupOf } from '../../category/rules/category'
import type { Report } from '../../report/rules/report'
import type { RateFacts } from './rates'

/** What is counted of a Chinese day, by kind of matter. What lies somewhere is no flow: sections say how much does now. */
export const flowNames = [
  /** Came to the unit to answer for, however often. */
  'in',
  /** Passed on by it, back to be sorted too. */
  'out',
  'resolved',
  'declined',
  'closed',
  /** Closed with a rating of the last resolution. */
  'rated',
  /** Contacts that fell due, and those of them that were made before. */
  'due',
  'kept',
  /** Resolutions by what was answered of them (M6, H3). */
  'solved',
  'partly',
  'unsolved',
  'satisfied',
  'basicallySatisfied',
  'dissatisfied',
] as const
/** The name of a flow. */
export type FlowName = (typeof flowNames)[number]

/** A flow of one group, as a section counts it. */
export type DayFigure = `${FlowName}:${CategoryGroupId}`

/** Something that happened to a report, by the unit that it counts for for good (A2 to A4) and the kind it had then (K9). */
export interface Flow {
  readonly name: FlowName
  readonly unitId: string
  readonly groupId: CategoryGroupId
  readonly at: number
}

const solvedNames = { yes: 'solved', partly: 'partly', no: 'unsolved' } as const
const contentNames = {
  satisfied: 'satisfied',
  'basically-satisfied': 'basicallySatisfied',
  dissatisfied: 'dissatisfied',
} as const

/** The group of its kind as it was at an instant. */
const groupAt = ({ categoryId, formerGroups = [] }: Report, at: number): CategoryGroupId =>
  formerGroups.find(({ untilAt }) => at < untilAt)?.groupId ?? groupOf(categoryId)

/**
 * What the report has to say of days, with contacts that fall due later. What happened while it was a complaint is in no
 * figure that the accused may read (H4).
 */
export const flowsOf = (report: Report, facts: RateFacts): readonly Flow[] => {
  const { stints, resolutions, wasComplaint } = report
  const since = wasComplaint?.at ?? 0
  const { contact, answers, closing, declined } = facts
  const said: Omit<Flow, 'groupId'>[] = []
  const say = (name: FlowName, { unitId, at }: { readonly unitId: string; readonly at: number }): void => {
    if (at >= since) said.push({ name, unitId, at })
  }
  stints.forEach(({ unit, isSorting, from }, place) => {
    if (isSorting || from < since) return
    say('in', { unitId: unit.id, at: from })
    const next = stints[place + 1]
    if (next && (next.isSorting || next.unit.id !== unit.id)) say('out', { unitId: unit.id, at: next.from })
  })
  for (const { unit, at } of resolutions) say('resolved', { unitId: unit.id, at })
  if (declined) say('declined', declined)
  if (closing) {
    say('closed', closing)
    if (closing.isRated) say('rated', closing)
  }
  for (const unitId of contact?.unitIds ?? []) {
    const due = { unitId, at: contact?.dueAt ?? 0 }
    say('due', due)
    if (contact?.isKept) say('kept', due)
  }
  for (const answer of answers) {
    if (answer.solved) say(solvedNames[answer.solved.answer], answer)
    if (answer.satisfaction) say(contentNames[answer.satisfaction.answer], answer)
  }
  return said.map((flow) => ({ ...flow, groupId: groupAt(report, flow.at) }))
}

/** The numbers of each day on which something happened to the units, up to `now`. */
export const daysFrom = (
  flows: readonly Flow[],
  unitIds: readonly string[],
  period: { readonly from: number; readonly to: number },
  now: number,
): ReadonlyMap<string, Readonly<Partial<Record<DayFigure, number>>>> => {
  const days = new Map<string, Partial<Record<DayFigure, number>>>()
  for (const { name, unitId, groupId, at } of flows) {
    if (!unitIds.includes(unitId) || at < period.from || at >= period.to || at > now) continue
    const on = chinaDateOn(at)
    const day = days.get(on) ?? {}
    days.set(on, day)
    const figure: DayFigure = `${name}:${groupId}`
    day[figure] = (day[figure] ?? 0) + 1
  }
  return days
}
