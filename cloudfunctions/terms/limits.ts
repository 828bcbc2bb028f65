import { hourMs, minuteMs } from '../ground/instant'

/** So many calls within a window; windows lie side by side, days from midnight to midnight in China. */
export interface Limit {
  readonly most: number
  readonly windowMs: number
}

/** How often one account may do something: counted in the database, a command that is sent again once. */
export interface ActionLimits {
  /** Actions of one group are counted together. */
  readonly group: string
  readonly resident: readonly Limit[]
  /** Of whoever has a seat somewhere; a clerk who clears a hundred reports an hour must not meet it. */
  readonly staff: readonly Limit[]
}

export const tenMinutesMs = 10 * minuteMs

export const per = (most: number, windowMs: number): Limit => ({ most, windowMs })

/** Of every command that names no limits of its own; all of them count together. */
export const ordinarySteps: ActionLimits = {
  group: 'step',
  resident: [per(120, tenMinutesMs)],
  staff: [per(600, tenMinutesMs)],
}

/** Of what a resident adds to somebody else's report. */
export const joining: ActionLimits = {
  group: 'report.support',
  resident: [per(30, hourMs)],
  staff: [per(30, hourMs)],
}

/** Calls of one account a minute, as far as one running instance of a function sees them. */
export const mostReadsAMinute = 600

/** Calls a minute of one action by all who have not signed in together. */
export const mostAnonymousAMinute = 1200

/** Of what looks around a place, which costs more than a look at one document. */
export const mostAnonymousLooksAMinute = 600
