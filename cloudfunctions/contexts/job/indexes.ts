import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { JobDocument } from './store'

export const collections = {
  jobs: {
    due: { by: { nextClockAt: 1, _id: 1 }, reason: 'papers: work of which a slice may begin' },
    outbox: { by: { outboxAt: 1, _id: 1 }, reason: 'papers: whose owners have still to be told' },
    of_unit: {
      by: { unitId: 1, begunAt: -1, _id: -1 },
      reason: '设置: what a unit has had done, latest first',
    },
    open_of_unit: {
      by: { unitId: 1, isOpen: 1, _id: 1 },
      reason: '设置: how much of a unit’s waits, before it has more done',
    },
  } satisfies IndexesOf<JobDocument>,
  job_sheets: {},
} satisfies Collections
