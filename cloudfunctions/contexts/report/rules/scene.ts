import type { Refusal } from '../../../ground/result'
import type { Law } from './change'
import type { Supporter } from './report'

/** Who stands before a report, as far as a step's condition may know. */
export interface Scene {
  readonly now: number
  readonly law: Law
  /** Opaque id of the person. */
  readonly actorId: string
  /** The unit whose seat acts; absent for residents. */
  readonly unitId?: string
  readonly unitName?: string
  /** Every unit in which the person has a seat. */
  readonly seatUnitIds: readonly string[]
  /** The resident's key within this report, and part; since when a supporter is one, and from where. */
  readonly person?: {
    readonly key: string
    readonly part: 'reporter' | 'co-reporter' | 'supporter'
    readonly supports?: Supporter
  }
  /** Belongs to a unit concerned: a yes counts nowhere (H3). */
  readonly isOneOfOurs: boolean
  /** Speaks by a receipt whose code others may have seen (Q5). */
  readonly isThroughOurs?: true
}

/** A step that is not taken. */
export type Refused = { readonly ok: false; readonly error: Refusal }
