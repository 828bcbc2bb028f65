import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { FiguresDocument } from './store'

export const collections = {
  figures: {
    changed: {
      by: { isChanged: 1, depth: -1, _id: 1 },
      reason: 'the clock: what the units above do not know of yet, the deepest first',
    },
    below: { by: { aboveId: 1, _id: 1 }, reason: 'the clock: what a unit’s figures are made of' },
  } satisfies IndexesOf<FiguresDocument>,
} satisfies Collections
