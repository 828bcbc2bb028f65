/** Crockford's base 32: no letter that is taken for a digit, and no U. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Characters of a code that is shown, printed, said and typed: forty bits. */
export const spokenCodeLength = 8

/** What people write for what they see or hear. */
const meant: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** A code of numbers below 32. */
const codeOf = (length: number, numberAt: (at: number) => number): string =>
  Array.from({ length }, (_, at) => alphabet[numberAt(at) % alphabet.length]).join('')

/** A new code; `draw` answers a number below its limit. */
export const newSpokenCode = (draw: (limit: number) => number): string =>
  codeOf(spokenCodeLength, () => draw(alphabet.length))

/** The code that a hex digest stands for: the same for the same digest. */
export const spokenCodeFrom = (hex: string, length = spokenCodeLength): string =>
  codeOf(length, (at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))

/** A code as it was given out, however it was typed; undefined where nothing of the kind can have been given out. */
export const readSpokenCode = (typed: string, length = spokenCodeLength): string | undefined => {
  const letters = [...typed.normalize('NFKC').toUpperCase()].filter((letter) => !/[\s\-–—]/u.test(letter))
  const code = letters.map((letter) => meant[letter] ?? letter).join('')
  return letters.length === length && [...code].every((letter) => alphabet.includes(letter))
    ? code
    : undefined
}

/** As it is said and printed: K7Q2 88PM. */
export const saidCode = (code: string): string =>
  `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`
