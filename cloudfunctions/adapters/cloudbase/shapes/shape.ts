import type { Point } from '../../../ground/geometry'

/** A document as it lies in the database, of whichever shape. */
export type Stored = Readonly<Record<string, unknown>> & { readonly _id: string }

/** What of other documents a step may have to know; each of them may be of an older shape itself. */
export interface Known {
  /** Under the functions' secret, as `Ports` has it. */
  readonly keyed: (text: string) => string
  readonly sha256: (text: string) => string
  /** The accounts that have a part in a report, and which. */
  readonly peopleOf: (reportId: string) => Promise<readonly Person[]>
  /** The accounts that have, had or will have a seat in a unit. */
  readonly membersOf: (unitId: string) => Promise<readonly string[]>
  /** The unit that answers for the cell in which a point lies. */
  readonly unitAt: (point: Point) => Promise<string | undefined>
  readonly report: (reportId: string) => Promise<Stored | undefined>
}

export interface Person {
  readonly accountId: string
  readonly part: string
}

/**
 * Takes a document from one shape to the next: the same answer for the same document whenever it is asked, and a
 * document that has all of the next shape already comes out as it went in.
 */
export type ShapeStep = (document: Stored, known: Known) => Stored | Promise<Stored>

/** How the documents of one collection have come to their present shape. */
export interface ShapeHistory {
  /** `steps[n]` takes a document of shape n to shape n + 1; a document without a shape is of shape 0. */
  readonly steps: readonly ShapeStep[]
  /** Fields that follow from the others, for indexes. Worked out after the last step, whatever the steps were. */
  readonly derive?: (document: Stored) => Stored
  /** A step gives documents other ids: none is found by its id until all have theirs. */
  readonly isRenamed?: true
  /** A field that every change of the document moves on: it is rewritten only as it was read. */
  readonly revision?: string
}
