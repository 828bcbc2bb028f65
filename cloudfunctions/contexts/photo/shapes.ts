import type { Keyed } from '../../ground/keyed'
import type { ShapeHistory } from '../../platform/cloudbase/shape'
import { ownerOf } from './shared/own-photos'

export const photoShapes = (keyed: Keyed): ShapeHistory => ({
  steps: [
    // The account itself stood with the photo, and not which report shows it: whoever uses it again gets a copy.
    (document) => {
      const { accountId, ...photo } = document
      if (typeof accountId !== 'string') return document
      return { ...photo, owner: ownerOf(keyed, document._id, accountId), usedIn: 'unrecorded' }
    },
  ],
})
