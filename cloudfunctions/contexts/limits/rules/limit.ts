/** So many calls within a window; windows lie side by side, days from midnight to midnight in China. */
export interface Limit {
  readonly most: number
  readonly windowMs: number
}

/** How often one action may be called, by residents and by whoever has a seat somewhere. */
export interface ActionLimits {
  /** Actions of one group are counted together. */
  readonly group: string
  readonly resident: readonly Limit[]
  /** Of whoever has a seat somewhere; a clerk who clears a hundred reports an hour must not meet it. */
  readonly staff: readonly Limit[]
}

/** How often who may call what. */
export interface CallLimits<A extends string> {
  /** Null for what nobody is counted for. */
  readonly limitsOf: (action: A) => ActionLimits | null
  /** Of one account, as far as one running instance sees them. */
  readonly mostReadsAMinute: number
  /** Of all who have not signed in together. */
  readonly mostAnonymousAMinute: (action: A) => number
}
