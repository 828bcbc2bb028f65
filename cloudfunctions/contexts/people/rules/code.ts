import type { Keyed } from '../../../ground/keyed'

/** Crockford's base 32: no letter that is taken for a digit, and no U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 8

/** What people write for what they see or hear. */
const meant: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** The code as it was given out, however it was typed; undefined where nothing of the kind can have been given out. */
export const readCode = (typed: string): string | undefined => {
  const letters = [...typed.normalize('NFKC').toUpperCase()].filter((letter) => !/[\s\-–—]/u.test(letter))
  const code = letters.map((letter) => meant[letter] ?? letter).join('')
  return letters.length === length && [...code].every((letter) => alphabet.includes(letter))
    ? code
    : undefined
}

/** As it is said and printed: K7Q2 88PM. */
export const saidCode = (code: string): string => `${code.slice(0, length / 2)} ${code.slice(length / 2)}`

/** Forty bits that only whoever has the secret can work out: the same for the same command, so that it is answered again. */
export const codeFrom = (keyed: Keyed, seed: string): string => {
  const hex = keyed(`invitation code|${seed}`)
  return Array.from(
    { length },
    (_, at) => alphabet[Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) % 32],
  ).join('')
}

/** All that is kept of a code. */
export const codeDigest = (keyed: Keyed, code: string): string => keyed(`invitation|${code}`).slice(0, 40)
