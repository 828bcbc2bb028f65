import type { UnitRef } from '../../organisation/rules/unit'
import type { RoutingReason } from '../../routing/rules/reasons'
import type { RoutingDecision } from '../../routing/rules/routing'
import type { Doer, HandingOver, Parting, Reopening } from './lines'
import type { PassOnKind } from './request'

/** Why a matter is with the unit that has it: what routing has weighed, or how it came there since. */
export type WhyHere =
  | RoutingReason
  | (HandingOver & {
      readonly why: 'passed-on'
      readonly how: PassOnKind
      /** Where it was not the unit's own doing: its place was put right, or a level decided so. */
      readonly because?: 'relocated' | Doer
    })
  | { readonly why: 'sorted-by'; readonly unit: string }
  | { readonly why: 'reassigned'; readonly unit: string; readonly note: string }
  | (HandingOver & { readonly why: 'went-home' })
  | { readonly why: 'decline-overturned' }
  | (Reopening & { readonly why: 'reopened' })
  | (Parting & { readonly why: 'unmerged' })
  /** Whom routing names can take nothing now. */
  | { readonly why: 'cannot-take'; readonly unit: string; readonly sorter: UnitRef['name'] }
  /** Somebody went and saw that it was another matter. */
  | { readonly why: 'split-off'; readonly unit: string }

/** Where the matter is now, and why. */
export type Whereabouts = Omit<RoutingDecision, 'reasons'> & { readonly reasons: readonly WhyHere[] }
