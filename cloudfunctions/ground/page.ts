/** A page of a keyset-paged list; `nextCursor` is opaque. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly nextCursor: string | null
}

export interface PageRequest {
  readonly cursor?: string
  readonly limit: number
}

/**
 * How many a list is said to have above its first rows, where a figure that may lag behind says `figure`. The rows decide:
 * where they are all, they are counted, and where more follow, there are no fewer than can be seen.
 */
export const countAbove = (figure: number, { rows, nextCursor }: Page<unknown>): number =>
  nextCursor === null ? rows.length : Math.max(figure, rows.length + 1)
