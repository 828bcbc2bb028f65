import type { ShapeHistory } from '../../platform/cloudbase/shape'

export const inboxShapes = (accusedOf: (reportId: string) => Promise<string | undefined>): ShapeHistory => ({
  steps: [
    // A message came when it was about; of a complaint it did not say whom it accuses (H4).
    async (document) => {
      if ('arrivedAt' in document) return document
      const { reportId, recipient } = document
      const isForUnit = typeof recipient === 'string' && recipient.startsWith('unit:')
      const accusedUnitId = isForUnit && typeof reportId === 'string' ? await accusedOf(reportId) : undefined
      return {
        ...document,
        arrivedAt: document.at,
        ...(accusedUnitId === undefined ? {} : { accusedUnitId }),
      }
    },
    // It held what it says, and says it as it was written (docs/decisions/0041).
    (document) => {
      if ('parts' in document) return document
      const { title, text, about, ...rest } = document
      return {
        ...rest,
        parts: [
          {
            template: 'as-written',
            fields: { title, words: text, ...(about === undefined ? {} : { about }) },
          },
        ],
      }
    },
  ],
})
