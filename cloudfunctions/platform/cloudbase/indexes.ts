import type { CollectionName } from './database'

/** From low to high, or from high to low. */
type Direction = 1 | -1

type FieldOf<D> = D extends unknown ? keyof D & string : never
type ValueOf<D, F extends string> = D extends Readonly<Partial<Record<F, infer V>>> ? V : never

type ListFieldOf<D> = {
  [F in FieldOf<D>]: Extract<ValueOf<D, F>, readonly unknown[]> extends never ? never : F
}[FieldOf<D>]
type PlainFieldOf<D> = {
  [F in FieldOf<D>]: Exclude<ValueOf<D, F>, string | number | boolean | null | undefined> extends never
    ? F
    : never
}[FieldOf<D>]

/** An index over the fields of a stored document. */
export interface Index<D> {
  /** A list that it begins with, one entry for each element: an index may run over one list only. */
  readonly each?: ListFieldOf<D>
  /** The fields that it goes on with, in this order. */
  readonly by: { readonly [F in PlainFieldOf<D>]?: Direction }
  readonly isUnique?: true
  /** What is read by it, and where that is shown. */
  readonly reason: string
}

/** The indexes of a collection by name; `satisfies` checks their fields against the collection's documents. */
export type IndexesOf<D> = Readonly<Record<string, Index<D>>>

/** An index when it does not matter of which documents. */
export interface AnyIndex {
  readonly each?: string
  readonly by: Readonly<Record<string, Direction | undefined>>
  readonly isUnique?: true
  readonly reason: string
}

/** The collections that one room keeps. */
export type Collections = Readonly<Partial<Record<CollectionName, Readonly<Record<string, AnyIndex>>>>>
