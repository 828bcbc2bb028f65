import { gridShapes, unitOfGround } from '../contexts/grid/shapes'
import { inboxShapes } from '../contexts/notice/shapes'
import { membershipShapes, seatHolders } from '../contexts/organisation/shapes'
import { photoShapes } from '../contexts/photo/shapes'
import { redFaceShapes } from '../contexts/red-face/shapes'
import { participantShapes } from '../contexts/report/participant-shapes'
import { askReports, type Digests, reportShapes } from '../contexts/report/shapes'
import { ruleBookShapes } from '../contexts/rule-book/shapes'
import type { Store } from '../platform/cloudbase/database'
import type { ShapeHistories } from '../platform/cloudbase/shape'

/**
 * The collections whose documents have had more than one shape. The ledger's is none of them: its rows are hashed, so
 * they stay as they were written and are read in every shape they have had (contexts/red-face/ledger-documents.ts).
 */
export const shapeHistories = (store: Store, digests: Digests) => {
  const known = { ...digests, store, seatHolders: seatHolders(store), unitOfGround: unitOfGround(store) }
  const { accusedOf, submittedAtOf } = askReports(known)
  return {
    memberships: membershipShapes,
    grid_cells: gridShapes,
    rule_books: ruleBookShapes,
    photos: photoShapes(digests.keyed),
    participants: participantShapes(digests),
    reports: reportShapes(known),
    red_face_entries: redFaceShapes(submittedAtOf),
    inbox_messages: inboxShapes(accusedOf),
  } satisfies ShapeHistories
}
