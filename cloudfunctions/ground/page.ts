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

/** How many rows the first page of a list has, how many each further one, and after how many nobody reads on. */
export interface PageSizes {
  readonly first: number
  readonly further: number
  readonly most: number
}

/** The pages of a list one after another, each read when it is asked for. */
export async function* pagesOf<T>(
  read: (request: PageRequest) => Promise<Page<T>>,
  { first, further, most }: PageSizes,
): AsyncGenerator<readonly T[]> {
  let cursor: string | undefined
  let left = most
  for (let limit = Math.min(first, left); limit > 0; limit = Math.min(further, left)) {
    const page = await read({ limit, ...(cursor === undefined ? {} : { cursor }) })
    yield page.rows
    if (page.nextCursor === null) return
    cursor = page.nextCursor
    left -= limit
  }
}
