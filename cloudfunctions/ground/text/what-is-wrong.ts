/** What asks for something in a sentence of its own needs no name before it. */
export const isAskedFor = (why: string): boolean => why.startsWith('请')

/** What is wrong with an answer, under the name of its question. */
export const whatIsWrong = (label: string, why: string): string =>
  isAskedFor(why) ? why : `“${label}”${why}`
