/** What tells one command from all others, and whether it is the same one sent again. */
export interface CommandOrigin {
  readonly id: string
  readonly action: string
  /** Digest of the caller and the command's input. */
  readonly digest: string
}

/** One line of a matter's trace; a room adds what its readers are told. */
export interface TraceLine<Kind extends string = string, Status extends string = string> {
  /** 1, 2, 3 … within the matter. Readers get numbers of their own: gaps would betray hidden lines. */
  readonly seq: number
  readonly kind: Kind
  readonly at: number
  /** The command this came from; a repeated command is recognised by it. */
  readonly commandId?: string
  readonly action?: string
  readonly commandDigest?: string
  /** The matter's revision as it was shown (`shownRev`) and state after the event: a repeated command is answered as it was first. */
  readonly rev: number
  readonly status: Status
}

/** Work to be derived from a matter after it is safely written; done at least once, harmless twice. */
export type Queued<Work extends { readonly kind: string }> = {
  readonly id: string
  readonly at: number
} & Work

/** Whatever has a life: its state, how it came to it, and what is still owed. One document; a room adds the body. */
export interface Journalled<
  Line extends TraceLine = TraceLine,
  Work extends { readonly kind: string } = { readonly kind: string },
> {
  readonly id: string
  /** One more with each change; what is written is compared with it. */
  readonly rev: number
  /** How many of them changed nothing that anybody must have seen before acting on the matter. */
  readonly unseenRevs?: number
  readonly status: Line['status']
  readonly changedAt: number
  /** When the clock must look at it again; null when never. */
  readonly nextClockAt: number | null
  /** What the clock has already done, one mark per deed, so that a doubled run does nothing. */
  readonly clockMarks: readonly string[]
  /** Its trace, or the first line and the latest ones where a room keeps the others elsewhere. */
  readonly timeline: readonly Line[]
  readonly outbox: readonly Queued<Work>[]
  /** How it lay where it was read: its repository's own, by which it is written back. */
  readonly sheets?: Readonly<Record<string, readonly string[]>>
  readonly cut?: string | null
}

/** The number of the latest line; 0 before the first. */
export const lastSeq = ({ timeline }: { readonly timeline: readonly Pick<TraceLine, 'seq'>[] }): number =>
  timeline[timeline.length - 1]?.seq ?? 0

/** The revision by which those who act on a matter say how they have seen it. */
export const shownRev = ({ rev, unseenRevs = 0 }: Pick<Journalled, 'rev' | 'unseenRevs'>): number =>
  rev - unseenRevs

export type LineOf<T extends Journalled> = T['timeline'][number]
export type WorkOf<T extends Journalled> = T['outbox'][number]
