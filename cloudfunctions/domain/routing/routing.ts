import type { UnitLevel } from '../organisation/unit'

export const routingPolicies = [
  'about-branch',
  'temporary-unit',
  'specialised-branch',
  'cell',
  'border',
  'nearest-cell',
  'named-unit',
  'hand-sorting',
  'by-hand',
  'transfer',
  'take-over',
  'reassigned',
  'went-home',
  'declared',
] as const
export type RoutingPolicy = (typeof routingPolicies)[number]

/** A unit as reports name it: enough to tell it, to show it and to know what is above it. */
export interface UnitRef {
  readonly id: string
  readonly name: string
  /** Ids from the region down to the unit itself. */
  readonly path: readonly string[]
}

export interface RoutedUnit extends UnitRef {
  readonly level: UnitLevel
}

/** Which branch is responsible and why, in words the resident can read (自动分派). */
export interface RoutingDecision {
  readonly policy: RoutingPolicy
  /** Plain Chinese, in the order in which they were weighed. */
  readonly reasons: readonly string[]
  readonly cellId?: string
  readonly cellName?: string
  /** Not certain: shown as 暂定, and `alternate` is told. */
  readonly isProvisional: boolean
  /** The branch across a near border; it may take the report over without resetting the clock. */
  readonly alternate?: UnitRef
  /** The place is known and lies in no cell: it joins the coverage gap list. */
  readonly isCoverageGap?: true
  readonly ruleVersion: string
  readonly at: number
}
