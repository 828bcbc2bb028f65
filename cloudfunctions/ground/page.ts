/** A page of a keyset-paged list; `nextCursor` is opaque. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly nextCursor: string | null
}

export interface PageRequest {
  readonly cursor?: string
  readonly limit: number
}
