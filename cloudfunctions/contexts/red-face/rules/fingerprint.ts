/** Enough that nobody can make another text with the same. */
const fours = 4

/** A fingerprint to read out and compare, by fours; `count` of them, from its beginning. */
export const fingerprintText = (hash: string, count = fours): string =>
  (hash.slice(0, 4 * count).match(/.{1,4}/g) ?? []).join(' ')
