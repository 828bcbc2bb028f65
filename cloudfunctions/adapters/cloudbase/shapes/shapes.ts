import type { CollectionName } from '../database'
import { inboxShapes } from './inbox-shapes'
import { participantShapes } from './participant-shapes'
import { photoShapes } from './photo-shapes'
import { redFaceShapes } from './red-face-shapes'
import { reportShapes } from './report-shapes'
import { ruleBookShapes } from './rule-book-shapes'
import type { ShapeHistory, Stored } from './shape'
import { gridShapes, membershipShapes } from './unit-shapes'

/**
 * The collections whose documents have had more than one shape. The ledger's is none of them: its rows are hashed, so
 * they stay as they were written and are read in every shape they have had (ledger-documents.ts).
 */
export const shapeHistories: Partial<Readonly<Record<CollectionName, ShapeHistory>>> = {
  memberships: membershipShapes,
  grid_cells: gridShapes,
  rule_books: ruleBookShapes,
  photos: photoShapes,
  participants: participantShapes,
  reports: reportShapes,
  red_face_entries: redFaceShapes,
  inbox_messages: inboxShapes,
}

/** The document with the shape that this version gives its collection's documents. */
export const shaped = <T extends { readonly _id: string }>(name: string, document: T): T => {
  const history = shapeHistories[name as CollectionName]
  return history ? { ...document, shape: history.steps.length } : document
}

export const shapeOf = (document: Stored): number => (typeof document.shape === 'number' ? document.shape : 0)
