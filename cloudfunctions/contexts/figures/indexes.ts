import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { FiguresDocument, ReportRowDocument } from './store'

export const collections = {
  figures: {
    changed: {
      by: { isChanged: 1, depth: -1, _id: 1 },
      reason: 'the clock: what the units above do not know of yet, the deepest first',
    },
    below: { by: { aboveId: 1, _id: 1 }, reason: 'the clock: what a unit’s figures are made of' },
    due: {
      by: { computeAt: 1, _id: 1 },
      reason: 'the clock: months of units that are to be worked out anew, or are final from now on',
    },
    month: { by: { month: 1, _id: 1 }, reason: 'the clock: all of a month, to be sealed when it is final' },
  } satisfies IndexesOf<FiguresDocument>,
  figure_rows: {
    month: { each: 'months', by: {}, reason: 'the clock: what a month of a unit is made of' },
  } satisfies IndexesOf<ReportRowDocument>,
  figure_row_sheets: {},
} satisfies Collections
