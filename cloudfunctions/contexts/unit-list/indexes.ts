import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { CheckedRowDocument } from './store'

export const collections = {
  list_rows: {
    of_verdict: {
      by: { jobId: 1, verdict: 1, no: 1, _id: 1 },
      reason: '设置: the rows of a list that are bad, or new',
    },
    of_list: { by: { jobId: 1, no: 1, _id: 1 }, reason: 'papers: a list that is being entered' },
    old: { by: { keptUntilAt: 1, _id: 1 }, reason: 'papers: lists that have been kept long enough' },
  } satisfies IndexesOf<CheckedRowDocument>,
} satisfies Collections
