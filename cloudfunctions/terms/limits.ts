import { type Bucket, bucket, per } from '../ground/bucket'
import { hourMs, minuteMs } from '../ground/instant'

const tenMinutesMs = 10 * minuteMs

/** How often one account may do something: counted in the database, a command that is sent again once. */
export interface ActionLimits {
  /** Actions of one group take from the same buckets. */
  readonly group: string
  /** Everybody has it. */
  readonly resident: Bucket
  /** Whoever has a seat somewhere has this one besides; a clerk who clears a hundred reports an hour must not empty it. */
  readonly staff: Bucket
  /** Without a `commandId`: the same input is the same command, sent again. */
  readonly isSameByInput?: true
}

/** Of every command that names no limits of its own; all of them count together. */
export const ordinarySteps: ActionLimits = {
  group: 'step',
  resident: bucket(60, per(120, tenMinutesMs)),
  staff: bucket(300, per(600, tenMinutesMs)),
}

/** Of what a resident adds to somebody else's report. */
export const joining: ActionLimits = {
  group: 'report.support',
  resident: bucket(30, per(30, hourMs)),
  staff: bucket(30, per(30, hourMs)),
}

/** How often something may be read. */
export interface Reading {
  /** By one account. */
  readonly person: Bucket
  /**
   * By all who have not signed in and come from one address: a household, but a school, a village or all phones of one
   * mobile network too. What is answered from memory costs them nothing of it.
   */
  readonly address: Bucket
  /** By everybody together. Who has not signed in is refused when half of it is gone, so that those who work go on. */
  readonly together: Bucket
  /** One cannot report or take a step without it: whoever has signed in is never refused because of all the others. */
  readonly isNeededToAct: boolean
  /** So long an answer is given to everybody who has not signed in, as it was. */
  readonly sharedMs: number
}

export const ordinaryReading: Reading = {
  person: bucket(120, per(60, minuteMs)),
  address: bucket(600, per(600, minuteMs)),
  together: bucket(6000, per(6000, minuteMs)),
  isNeededToAct: false,
  sharedMs: 15_000,
}

/** Of what looks around a place or reads all of a unit, which costs more than a look at one document. */
export const wideReading: Reading = {
  ...ordinaryReading,
  person: bucket(60, per(30, minuteMs)),
  address: bucket(300, per(300, minuteMs)),
  together: bucket(3000, per(3000, minuteMs)),
}

/** Of what one must know before one can report or take a step. */
export const neededReading: Reading = { ...ordinaryReading, isNeededToAct: true }
export const neededWideReading: Reading = { ...wideReading, isNeededToAct: true }

/** Of what changes once in a season: the catalogue, the rules, the units, their cells. */
export const settled = (reading: Reading): Reading => ({ ...reading, sharedMs: minuteMs })
