import type { Store } from '../../platform/cloudbase/database'
import type { CoverageGaps } from './ports'

export const coverageGapRepository = (store: Store): CoverageGaps => ({
  add: async (reportId, point, unitPath, at) => {
    await store.add('coverage_gaps', { _id: reportId, point, unitPath, at } as { _id: string })
  },
})
