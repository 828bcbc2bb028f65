import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { PhotoDocument } from './store'

export const collections = {
  photos: {
    evidence_keys: {
      each: 'evidenceKeys',
      by: {},
      reason: 'a step that lays photos as evidence: earlier evidence that may show the same picture',
    },
    unused: {
      by: { usedIn: 1, admittedAt: 1 },
      reason: 'the clock: photos that nothing shows, and those it has given up',
    },
  } satisfies IndexesOf<PhotoDocument>,
} satisfies Collections
