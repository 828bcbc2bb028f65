import { type OpenedPage, pageQuestions } from '../../cloudfunctions/contexts/page/rules/page-questions'
import type { InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { call, type Outcome, type QueryAction } from './api'
import { openingOf, type PageParams } from './first-questions'
import { onOwnStep } from './own-steps'
import type { Trouble } from './trouble'

/** The first questions of a page, asked together before the page is there. */
interface Opening {
  readonly key: string
  readonly page: OpenedPage
  readonly askedAt: number
  /** The page that it was asked for is there. */
  isJoined: boolean
  readonly outcome: Promise<Outcome<OutputOf<'page.open'>>>
  /** Each answer is given once: what is asked again is asked anew. */
  readonly answers: Map<string, unknown>
}

/** What nobody has asked for by then is too old to be shown on a page that opens. */
const keptMs = minuteMs

/** By route, the one that was asked last. */
const openings = new Map<string, Opening>()

onOwnStep(() => openings.clear())

/** A question in words that do not depend on the order in which they were put. */
const keyOf = (action: string, input: object): string =>
  `${action} ${JSON.stringify(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )}`

/** The server is of before, the address is odd, or one part of the page fails: every other one is to be seen all the same. */
const isAnsweredAlone = ({ code }: Trouble): boolean =>
  code === 'unknown-action' || code === 'invalid-input' || code === 'internal'

const isFresh = ({ askedAt }: Opening): boolean => Date.now() - askedAt < keptMs

const begin = (route: string, key: string, input: InputOf<'page.open'>): Opening => {
  const answers = new Map<string, unknown>()
  const outcome = call('page.open', input)
  const opening: Opening = {
    key,
    page: input.page,
    askedAt: Date.now(),
    isJoined: false,
    outcome,
    answers,
  }
  void outcome.then((come) => {
    if (come.ok) {
      // Sound: an input comes back as it was asked with, and every action’s is an object.
      for (const one of come.value.answers) answers.set(keyOf(one.action, one.input as object), one.answer)
    } else if (openings.get(route) === opening) openings.delete(route)
  })
  return opening
}

/** Asks what a page will ask, unless that is under way for it already. `isThere`: the page is, and will ask now. */
export const openTogether = (route: string, params: PageParams, isThere = false): void => {
  const input = openingOf(route, params)
  if (!input) return
  const key = JSON.stringify(input)
  const known = openings.get(route)
  const isUnderWay = known?.key === key && !known.isJoined && isFresh(known)
  const opening = isUnderWay ? known : begin(route, key, input)
  opening.isJoined = isThere
  openings.set(route, opening)
}

/** Asks as `call` does, unless the answer comes with the others of the page, whose path this is. */
export const callWithPage = async <A extends QueryAction>(
  path: string,
  action: A,
  input: InputOf<A>,
): Promise<Outcome<OutputOf<A>>> => {
  const opening = openings.get(path.replace(/^\/|\?.*$/g, ''))
  const together: readonly string[] = opening && isFresh(opening) ? pageQuestions[opening.page] : []
  if (!opening || !together.includes(action)) return call(action, input)
  const outcome = await opening.outcome
  if (!outcome.ok) return isAnsweredAlone(outcome.error) ? call(action, input) : outcome
  const key = keyOf(action, input)
  const answer = opening.answers.get(key)
  opening.answers.delete(key)
  // Sound: the key holds the action and its input, so this is what the action answers to them, without its clock.
  return answer === undefined
    ? call(action, input)
    : ({ ...(answer as object), now: outcome.now } as Outcome<OutputOf<A>>)
}
