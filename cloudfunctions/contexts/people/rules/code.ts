import type { Keyed } from '../../../ground/keyed'
import { spokenCodeFrom } from '../../../ground/text/spoken-code'

/** A code that only whoever has the secret can work out: the same for the same command, so that it is answered again. */
export const codeFrom = (keyed: Keyed, seed: string): string =>
  spokenCodeFrom(keyed(`invitation code|${seed}`))

/** All that is kept of a code. */
export const codeDigest = (keyed: Keyed, code: string): string => keyed(`invitation|${code}`).slice(0, 40)
