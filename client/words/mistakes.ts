/** One answer of a form that cannot be sent, under the name its question has on the screen. */
export interface Mistake {
  readonly label: string
  readonly why: string
}

/** All that is wrong with a form in one line, by the names of its questions; undefined where nothing is. */
export const mistakesText = (mistakes: readonly Mistake[]): string | undefined => {
  const [only] = mistakes
  if (!only) return undefined
  if (mistakes.length > 1) return `还要改：${mistakes.map(({ label }) => label).join('、')}`
  // What already asks for something in a sentence of its own needs no name before it.
  return only.why.startsWith('请') ? only.why : `“${only.label}”${only.why}`
}
