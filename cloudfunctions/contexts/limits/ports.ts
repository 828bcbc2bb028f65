/** So many commands a bucket knows again: one is sent again within seconds or minutes of being counted. */
export const mostCommands = 20

/** A bucket as it lies in the database. */
export interface KeptBucket {
  /** When it will be full if nothing more is taken; it never moves back. */
  readonly fullAt: number
  /** What tells the commands it has counted last from all others. */
  readonly commands: readonly string[]
}

/** Where its `fullAt` must lie for a bucket to be taken from, and by how much it then moves. */
export interface Taking {
  readonly after: number
  readonly until: number
  readonly byMs: number
  readonly command?: string | undefined
}

export interface Limits {
  read(id: string): Promise<KeptBucket | undefined>
  /** Keeps a bucket that is not there yet; false when it is. */
  begin(id: string, bucket: KeptBucket): Promise<boolean>
  /** Keeps it anew where it was full at `now`; false when it was not. */
  beginAnew(id: string, bucket: KeptBucket, now: number): Promise<boolean>
  /** One conditional step, so that no two can take the same; false when it lies elsewhere, and nothing is taken then. */
  take(id: string, taking: Taking): Promise<boolean>
  /** Removes buckets that are full, which say nothing any more, `most` at once; says how many. */
  dropFull(now: number, most: number): Promise<number>
}
