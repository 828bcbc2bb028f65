import { ownerOf } from '../../../use-cases/own-photos'
import type { ShapeHistory } from './shape'

export const photoShapes: ShapeHistory = {
  steps: [
    // The account itself stood with the photo, and not which report shows it: whoever uses it again gets a copy.
    (document, { keyed }) => {
      const { accountId, ...photo } = document
      if (typeof accountId !== 'string') return document
      return { ...photo, owner: ownerOf(keyed, document._id, accountId), usedIn: 'unrecorded' }
    },
  ],
}
