import type { ActionLimits, Limit } from '../contexts/limits/rules/limit'
import { dayMs, hourMs, minuteMs } from '../ground/instant'
import { type Action, contract } from './contract'

const per = (most: number, windowMs: number): Limit => ({ most, windowMs })

const tenMinutesMs = 10 * minuteMs

const steps: ActionLimits = {
  group: 'step',
  resident: [per(120, tenMinutesMs)],
  staff: [per(600, tenMinutesMs)],
}

/** What writes and is not an ordinary step. */
const special: Partial<Readonly<Record<Action, ActionLimits>>> = {
  'report.submit': {
    group: 'report.submit',
    resident: [per(5, tenMinutesMs), per(20, dayMs)],
    staff: [per(60, tenMinutesMs), per(300, dayMs)],
  },
  'report.support': { group: 'report.support', resident: [per(30, hourMs)], staff: [per(30, hourMs)] },
  'report.takeUp': { group: 'report.support', resident: [per(30, hourMs)], staff: [per(30, hourMs)] },
  'redFace.answer': { group: 'redFace.answer', resident: [per(30, dayMs)], staff: [per(30, dayMs)] },
  // Nine before and nine after each of a hundred works an hour would be too much for any hand.
  'photo.admit': { group: 'photo.admit', resident: [per(60, hourMs)], staff: [per(900, hourMs)] },
  // Somebody who reads telephone numbers by the hundred is not ringing people up.
  'report.revealPhone': {
    group: 'report.revealPhone',
    resident: [per(10, hourMs)],
    staff: [per(150, hourMs), per(600, dayMs)],
  },
}

/**
 * How often one account may do this: counted in the database, a command that is sent again once. Null for a query, which costs
 * nobody anything but time and is braked by `mostReadsAMinute` alone.
 */
export const limitsOf = (action: Action): ActionLimits | null =>
  special[action] ?? (contract[action].kind === 'command' ? steps : null)

/** Calls of one account a minute, as far as one running instance of a function sees them. */
export const mostReadsAMinute = 600

/** Calls a minute of all who have not signed in together, action by action. */
export const mostAnonymousAMinute = (action: Action): number => dearAnonymous[action] ?? 1200

/** What looks around a place costs more than a look at one document. */
const dearAnonymous: Partial<Readonly<Record<Action, number>>> = {
  'report.nearby': 600,
  'place.preview': 600,
  'grid.cells': 600,
}
