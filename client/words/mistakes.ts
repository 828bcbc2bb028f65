import { isAskedFor, whatIsWrong } from '../../cloudfunctions/ground/text/what-is-wrong'

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
  return whatIsWrong(only.label, only.why)
}

/** The questions of a form that have no answer yet. */
export const leftOpenIn = (input: object): readonly string[] =>
  Object.entries(input)
    .filter(([, answer]) => answer === undefined)
    .map(([name]) => name)

/**
 * The questions of a form with what the server finds wrong with each answer, under the labels they have on the screen.
 * What was not chosen at all is not “wrong”: it is asked for by its name.
 */
export const questionsOf = <N extends string>(
  labels: Readonly<Record<N, string>>,
  problems: Readonly<Record<string, string>>,
  leftOpen: readonly string[],
) => {
  const isQuestion = (name: string): name is N => Object.hasOwn(labels, name)
  const problemOf = (name: N): string | undefined => {
    const why = problems[name]
    if (why === undefined || isAskedFor(why)) return why
    return leftOpen.includes(name) ? `请选“${labels[name]}”` : why
  }
  const wrong = Object.keys(problems).filter(isQuestion)
  return {
    /** The label of a question, and what is wrong with the answer. */
    row: (name: N) => ({ label: labels[name], error: problemOf(name) }),
    mistakes: mistakesText(wrong.map((name) => ({ label: labels[name], why: problemOf(name) ?? '' }))),
  }
}
