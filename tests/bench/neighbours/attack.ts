import { setTimeout as sleep } from 'node:timers/promises'
import { contract } from '../../../cloudfunctions/contract/contract'
import { ask, variedInput } from './calls'
import type { DearAsk, ReadyAsk } from './cloud'

export type Mode = 'person' | 'anonymous'

const address = '127.0.0.66'
const overAllowed = 10
/** Where the contract allows less than four a minute, ten times that would be no attack. */
const leastPerSecond = 40
/** An attacker waits for no answer; of this machine's sockets they have so many. */
const mostAtOnce = 200

/** Ten times what the contract allows in the long run. */
export const perSecondOf = ({ action, input }: ReadyAsk, mode: Mode): number => {
  const terms = contract[action]
  const { rate } =
    terms.kind === 'command'
      ? terms.limitsOf(input as never).resident
      : terms.readingOf(input as never)[mode === 'person' ? 'person' : 'address']
  return Math.max(leastPerSecond, (overAllowed * rate.most * 1000) / rate.withinMs)
}

/** Whoever has not signed in is refused a command without being counted: no bucket of theirs empties. */
export const isCounted = ({ action }: ReadyAsk, mode: Mode): boolean =>
  mode === 'person' || contract[action].kind === 'query'

/** What has become of an attacker's calls. */
export interface Counted {
  asked: number
  refused: number
}

/** Asks at a steady pace until it is stopped, whatever becomes of the answers. */
export const beginAttack = (
  url: string,
  dear: DearAsk,
  mode: Mode,
  tokens: readonly string[],
  counted: Counted,
): { readonly stop: () => Promise<void>; readonly isHeldBack: () => boolean } => {
  let isOver = false
  let isHeldBack = false
  const underWay = new Set<Promise<void>>()
  const everyMs = 1000 / perSecondOf(dear, mode)
  const startedMs = performance.now()
  let begun = 0
  const one = async (): Promise<void> => {
    const no = counted.asked
    counted.asked += 1
    const token = mode === 'person' && dear.token !== null ? dear.token : tokens[no % tokens.length]
    const answer = await ask(url, address, { ...dear, input: variedInput(dear, no) }, token ?? '')
    if (answer.ok || answer.error.code !== 'too-many') return
    counted.refused += 1
    isHeldBack = true
  }
  const attack = async (): Promise<void> => {
    while (!isOver) {
      const due = Math.floor((performance.now() - startedMs) / everyMs)
      for (; begun < due && underWay.size < mostAtOnce; begun += 1) {
        const call: Promise<void> = one().finally(() => underWay.delete(call))
        underWay.add(call)
      }
      // What could not be sent in time is not caught up.
      begun = Math.max(begun, due)
      await sleep(Math.min(everyMs, 10))
    }
    await Promise.all(underWay)
  }
  const attacking = attack()
  return {
    stop: () => {
      isOver = true
      return attacking
    },
    isHeldBack: () => isHeldBack,
  }
}
