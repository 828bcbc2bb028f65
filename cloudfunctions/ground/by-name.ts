/** Things by their names. `Object.fromEntries` forgets which names there are; here they are kept. */
export const byName = <K extends string, V>(pairs: readonly (readonly [K, V])[]): Readonly<Record<K, V>> =>
  Object.fromEntries(pairs) as Record<K, V>
