/**
 * A regular expression over code points and Unicode properties. Given as text, because the client's compiler would
 * rewrite it for engines older than any that runs the product: properties become 20 KB of ranges, and a half of a
 * surrogate pair takes the character before it along.
 */
export const byProperty = (source: string): RegExp => new RegExp(source, 'gu')
