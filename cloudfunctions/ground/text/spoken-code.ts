/** Crockford's base 32: letters and digits that nobody mistakes for one another. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code that is shown, said and typed; `draw` answers a number below its limit. */
export const newSpokenCode = (length: number, draw: (limit: number) => number): string =>
  Array.from({ length }, () => alphabet[draw(alphabet.length)]).join('')

/** A code as somebody typed it: small letters, gaps and what looks alike are taken as they are meant. */
export const readSpokenCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
