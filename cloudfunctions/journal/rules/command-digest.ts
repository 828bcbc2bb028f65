import type { Keyed } from '../../ground/keyed'

/** What makes two commands the same one: who sent it, what it does, with what. */
export const commandDigest = (keyed: Keyed, accountId: string, action: string, input: unknown): string =>
  keyed(`command|${JSON.stringify([accountId, action, input])}`).slice(0, 32)
