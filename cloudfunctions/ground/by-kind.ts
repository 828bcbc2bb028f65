/**
 * What a table with a row for each kind holds for the kind of this one, which is what the row is to be given. A row takes
 * its own kind alone; no type can say that of a row before its kind is known.
 */
export const byKind = <One extends { readonly kind: string }, Row>(
  table: { readonly [K in One['kind']]: unknown },
  one: One,
): Row =>
  // Sound: the row is the one of the kind of the very one that it is then given.
  table[one.kind as One['kind']] as Row
