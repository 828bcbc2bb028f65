/** Why a matter went where it went: one of the things that were weighed, as facts (words.ts says them). Names are those of then. */
export type RoutingReason =
  /** As much as everybody may know. */
  | { readonly why: 'answers' | 'sorts'; readonly unit: string }
  | { readonly why: 'complaint'; readonly unit: string }
  | { readonly why: 'complaint-to-sort'; readonly unit: string }
  /** Its reporter has named whom it is about. */
  | { readonly why: 'complaint-about-named'; readonly unit: string }
  | {
      readonly why: 'temporary-unit' | 'specialised-branch'
      readonly unit: string
      readonly category: string
    }
  | { readonly why: 'vague'; readonly metres: number }
  | { readonly why: 'border'; readonly cell: string; readonly otherCell: string; readonly metres: number }
  | { readonly why: 'likelier'; readonly cell: string; readonly unit: string; readonly otherUnit: string }
  | { readonly why: 'in-cell'; readonly cell: string; readonly unit: string }
  | { readonly why: 'nearest-cell'; readonly cell: string; readonly unit: string; readonly metres: number }
  | { readonly why: 'near-region-border' }
  | { readonly why: 'named-unit'; readonly unit: string }
  | {
      readonly why: 'to-sort-by-words' | 'to-sort-at-region-border' | 'to-sort-off-grid'
      readonly unit: string
    }
  | { readonly why: 'to-sort-vague'; readonly unit: string; readonly metres: number }
  | { readonly why: 'listed-by-itself'; readonly unit: string }
  /** Of the time when reasons were sentences: said as it was written then. */
  | { readonly why: 'as-written'; readonly words: string }
