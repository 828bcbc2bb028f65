import type { ShapeHistory, Stored } from '../../platform/cloudbase/shape'

/** A stay on the list as it was stored before a cause belonged to units: one for the whole matter. */
type EntryOfMatter = Stored & {
  readonly reportId: string
  readonly episodeNo: number
  readonly unitId: string
  readonly list: string
  readonly state: 'noticed' | 'public' | 'frozen' | 'cleared'
  readonly consent: string | null
}

export const redFaceShapes = (
  submittedAtOf: (reportId: string) => Promise<number | undefined>,
): ShapeHistory => ({
  steps: [
    async (document) => {
      if ('isAppealed' in document) return document
      const { state, ...entry } = document as EntryOfMatter
      const submittedAt = await submittedAtOf(entry.reportId)
      // What an appeal has struck is on no page (F3).
      const isStruck = entry.consent === 'appeal-upheld'
      return {
        ...entry,
        _id: `${entry.reportId}:${entry.episodeNo}:${entry.unitId}`,
        list: isStruck ? 'never-public' : entry.list,
        isAppealed: state === 'frozen' && entry.list === 'public',
        ...(submittedAt === undefined ? {} : { submittedAt }),
        heldUntilAt: null,
        consent: entry.consent === 'one-level-up' ? 'look' : entry.consent,
      }
    },
  ],
})
