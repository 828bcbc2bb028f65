import type { Digests } from '../contexts/report/shapes'
import type { Store } from '../platform/cloudbase/database'
import type { PresentShapes } from '../platform/cloudbase/shape'

/** Of what belongs to one person: their seats, their photographs. */
export const personalShapes = ({ keyed }: Pick<Digests, 'keyed'>) =>
  ({
    memberships: {
      no: 2,
      queriedFrom: 1,
      history: async () => (await import('../contexts/organisation/shapes')).membershipShapes,
    },
    photos: { no: 1, history: async () => (await import('../contexts/photo/shapes')).photoShapes(keyed) },
  }) satisfies PresentShapes

/**
 * The collections whose documents have had more than one shape. The ledger's is none of them: its rows are hashed, so
 * they stay as they were written and are read in every shape they have had (contexts/red-face/ledger-documents.ts).
 */
export const presentShapes = (store: Store, digests: Digests) => {
  /** Reports of whichever shape, as far as the steps of other documents ask of them. */
  const reports = async () => {
    const { askReports, reportShapes } = await import('../contexts/report/shapes')
    const { seatHolders } = await import('../contexts/organisation/shapes')
    const { unitOfGround } = await import('../contexts/grid/shapes')
    const known = {
      ...digests,
      store,
      seatHolders: seatHolders(store),
      unitOfGround: unitOfGround(store),
    }
    return { ...askReports(known), history: reportShapes(known) }
  }
  return {
    ...personalShapes(digests),
    partnerships: {
      no: 1,
      // Who dispatches, and who reads a branch's page, asks for nothing that the first shape lacks.
      queriedFrom: 0,
      history: async () => (await import('../contexts/co-building/shapes')).partnershipShapes(store),
    },
    grid_cells: { no: 1, history: async () => (await import('../contexts/grid/shapes')).gridShapes },
    rule_books: { no: 1, history: async () => (await import('../contexts/rule-book/shapes')).ruleBookShapes },
    participants: {
      no: 1,
      isRenamed: true,
      history: async () => (await import('../contexts/report/participant-shapes')).participantShapes(digests),
    },
    reports: { no: 5, history: async () => (await reports()).history },
    red_face_entries: {
      no: 1,
      isRenamed: true,
      history: async () => {
        const { redFaceShapes } = await import('../contexts/red-face/shapes')
        return redFaceShapes((await reports()).submittedAtOf)
      },
    },
    inbox_messages: {
      no: 2,
      queriedFrom: 1,
      history: async () => {
        const { inboxShapes } = await import('../contexts/notice/shapes')
        return inboxShapes((await reports()).accusedOf)
      },
    },
  } satisfies PresentShapes
}
