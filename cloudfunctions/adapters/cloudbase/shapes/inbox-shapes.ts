import { accusedIn } from './report-shapes'
import type { ShapeHistory } from './shape'

export const inboxShapes: ShapeHistory = {
  steps: [
    // A message came when it was about; of a complaint it did not say whom it accuses (H4).
    async (document, known) => {
      if ('arrivedAt' in document) return document
      const { reportId, recipient } = document
      const isForUnit = typeof recipient === 'string' && recipient.startsWith('unit:')
      const report = isForUnit && typeof reportId === 'string' ? await known.report(reportId) : undefined
      const accusedUnitId = report && (await accusedIn(report, known))
      return {
        ...document,
        arrivedAt: document.at,
        ...(accusedUnitId === undefined ? {} : { accusedUnitId }),
      }
    },
  ],
}
