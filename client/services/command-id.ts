const randomBytes = (count: number): Uint8Array => {
  const bytes = new Uint8Array(count)
  // WeChat's runtime has no `crypto`; a command's id need only be unlike the same caller's other ones.
  if (typeof crypto === 'undefined' || !crypto.getRandomValues)
    return bytes.map(() => Math.floor(Math.random() * 256))
  return crypto.getRandomValues(bytes)
}

/** A new UUID (version 4). */
export const newCommandId = (): string => {
  const bytes = randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** What somebody means to do, as it was first sent. */
export interface Intention {
  /** What tells it from another: all that is said, but not the revision at which it was read. */
  readonly key: string
  readonly commandId: string
  readonly rev?: number
}

/** Where an intention is kept until it is decided. */
export interface Intentions {
  readonly read: () => Intention | undefined
  readonly keep: (meant: Intention) => void
  readonly forget: () => void
}

/** The intention behind an input: the one that was sent before with the same words, or a new one. */
export const intentionFor = (kept: Intention | undefined, input: object): Intention => {
  const { rev, ...said }: { readonly rev?: unknown } = input
  const key = JSON.stringify(said)
  if (kept?.key === key) return kept
  return { key, commandId: newCommandId(), ...(typeof rev === 'number' ? { rev } : {}) }
}

/**
 * What is sent for an intention. Sent again it is exactly what was sent first: the server knows a command by its id and
 * answers it as the first time only where all of it is the same, the revision too.
 */
export const asFirstSent = <I extends object>(input: I, { commandId, rev }: Intention) => ({
  ...input,
  ...(rev === undefined ? {} : { rev }),
  commandId,
})

/** Intentions of what is not written into a draft: they are known as long as what sends them is there. */
export const heldIntentions = (): Intentions => {
  let held: Intention | undefined
  return {
    read: () => held,
    keep: (meant) => {
      held = meant
    },
    forget: () => {
      held = undefined
    },
  }
}
