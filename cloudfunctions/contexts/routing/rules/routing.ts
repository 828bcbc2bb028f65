import type { Point } from '../../../ground/geometry'
import type { UnitRef } from '../../organisation/rules/unit'
import type { RoutingReason } from './reasons'

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

export interface Place {
  readonly point?: Point
  /** Radius in metres within which the point is believed to lie. */
  readonly accuracyMetres?: number
  /** The resident's own words: 供销社往东第二条巷子. */
  readonly words: string
  /** The community or village the resident named, when there is no point. */
  readonly namedUnitId?: string
}

/** Which branch is responsible and why (自动分派). */
export interface RoutingDecision {
  readonly policy: RoutingPolicy
  /** In the order in which they were weighed. */
  readonly reasons: readonly RoutingReason[]
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
