import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { LimitDocument } from './store'

export const collections = {
  limits: {
    ended: { by: { endsAt: 1 }, reason: 'the clock: windows that are over' },
  } satisfies IndexesOf<LimitDocument>,
} satisfies Collections
