import type { CollectionName } from './database'

/** A document as it lies in the database, of whichever shape. */
export type Stored = Readonly<Record<string, unknown>> & { readonly _id: string }

/**
 * Takes a document from one shape to the next: the same answer for the same document whenever it is asked, and a
 * document that has all of the next shape already comes out as it went in. What it has to know of other documents it
 * reads, and each of them may be of an older shape itself.
 */
export type ShapeStep = (document: Stored) => Stored | Promise<Stored>

/** How the documents of one collection have come to their present shape. */
export interface ShapeHistory {
  /** `steps[n]` takes a document of shape n to shape n + 1; a document without a shape is of shape 0. */
  readonly steps: readonly ShapeStep[]
  /** Fields that follow from the others, for indexes. Worked out after the last step, whatever the steps were. */
  readonly derive?: (document: Stored) => Stored
  /** A field that every change of the document moves on: it is rewritten only as it was read. */
  readonly revision?: string
}

/** The shape that the documents of a collection have now. */
export interface PresentShape {
  /** Its number: how many steps the history has. */
  readonly no: number
  /** A step gives documents other ids: none is found by its id until all have theirs. */
  readonly isRenamed?: true
  /** From this shape on a document has all that queries ask for, so that they wait for no younger one; absent: the present one. */
  readonly queriedFrom?: number
  /** Loaded by whoever meets a document of an older shape. */
  readonly history: () => Promise<ShapeHistory>
}

/** Of the collections whose documents have had more than one shape. */
export type PresentShapes = Partial<Readonly<Record<CollectionName, PresentShape>>>

export const shapeOf = (document: Stored): number => (typeof document.shape === 'number' ? document.shape : 0)

/** The document with the number of its collection's present shape, which it has. */
export const shaped = <T extends { readonly _id: string }>(
  shapes: PresentShapes,
  name: string,
  document: T,
): T => {
  const present = shapes[name as CollectionName]
  return present ? { ...document, shape: present.no } : document
}
