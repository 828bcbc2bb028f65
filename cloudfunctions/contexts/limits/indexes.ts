import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { LimitDocument } from './store'

export const collections = {
  limits: {
    ended: { by: { endsAt: 1 }, reason: 'the clock: buckets that are full' },
  } satisfies IndexesOf<LimitDocument>,
} satisfies Collections
