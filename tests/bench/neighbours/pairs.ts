import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../seeded/measure'
import { beginAttack, type Counted, isCounted, type Mode, perSecondOf } from './attack'
import { ask } from './calls'
import type { DearAsk, ReadyAsk, Serving } from './cloud'

/**
 * An ordinary person reads what came before they press again; four of these press faster than any, and yet no more often
 * than the contract lets somebody go on for minutes.
 */
const pauseMs = 200
/** How long an attacker may take to use up what may be taken at once: the largest bucket, at its own pace, and a little. */
const mostBurstMs = 8_000
/** What an instance has idled away before a window is no part of it. */
const warmUpMs = 300

const round2 = (value: number): number => Number(value.toFixed(2))
const p95 = (waits: readonly number[]): number => quantile(waits, 0.95)
const median = (values: readonly number[]): number => quantile(values, 0.5)

const until = (ms: number): (() => boolean) => {
  const endMs = performance.now() + ms
  return () => performance.now() >= endMs
}

/** What four people wait for, in ms, while they go about their work until it is over. */
const workFor = async (
  { url, ordinary }: Pick<Serving, 'url' | 'ordinary'>,
  tokens: readonly string[],
  isOver: () => boolean,
): Promise<number[]> => {
  const waits: number[] = []
  const work = async (asks: readonly ReadyAsk[], person: number): Promise<void> => {
    for (let no = 0; !isOver(); no += 1) {
      const one = asks[no % asks.length]
      if (!one) throw new Error('somebody does nothing')
      const startedMs = performance.now()
      const answer = await ask(url, `127.0.0.${2 + person}`, one, one.token ?? tokens[person] ?? '')
      waits.push(performance.now() - startedMs)
      if (!answer.ok) throw new Error(`an ordinary ${one.name} was refused: ${answer.error.code}`)
      await sleep(pauseMs)
    }
  }
  await Promise.all(ordinary.map(work))
  return waits
}

/**
 * One attacker beside four ordinary callers, looked at in pairs of windows of `windowMs`, one quiet and one attacked, right
 * after one another: a busy moment of the machine meets both, and the median of the pairs' ratios passes over the pairs in
 * which it met one.
 */
export const openAttacked = (
  serving: Serving,
  dear: DearAsk,
  mode: Mode,
  tokens: readonly string[],
  windowMs: number,
) => {
  // Whose account attacks cannot ask the same by it in peace.
  const isAttackers = ({ action, accountId }: ReadyAsk): boolean =>
    accountId !== null && accountId === dear.accountId && action === dear.action
  const world = {
    url: serving.url,
    ordinary: serving.ordinary.map((asks) => asks.filter((one) => !isAttackers(one))),
  }
  const counted: Counted = { asked: 0, refused: 0 }
  const pairs: { readonly alone: number; readonly beside: number }[] = []
  const bursts: number[] = []

  const quiet = async (): Promise<number> => p95(await workFor(world, tokens, until(windowMs)))
  const attacked = async (isOver: (isHeldBack: boolean) => boolean): Promise<number> => {
    const attack = beginAttack(world.url, dear, mode, tokens, counted)
    const waits = await workFor(world, tokens, () => isOver(attack.isHeldBack()))
    await attack.stop()
    return p95(waits)
  }

  /** The attacker uses up what may be taken at once; then so many pairs, in which they ask for more. */
  const visit = async (count: number): Promise<void> => {
    await workFor(world, tokens, until(warmUpMs))
    if (isCounted(dear, mode)) {
      const isLongEnough = until(mostBurstMs)
      bursts.push(await attacked((isHeldBack) => isHeldBack || isLongEnough()))
    }
    for (let no = 0; no < count; no += 1) {
      const isQuietFirst = no % 2 === 0
      const first = isQuietFirst ? await quiet() : undefined
      const isOver = until(windowMs)
      const beside = await attacked(() => isOver())
      pairs.push({ alone: first ?? (await quiet()), beside })
    }
  }

  const ratio = (): number => median(pairs.map(({ alone, beside }) => beside / alone))
  return {
    visit,
    ratio,
    pairCount: () => pairs.length,
    result: () => ({
      action: dear.name,
      as: mode,
      read: dear.read,
      bytesRead: dear.bytesRead,
      perSecond: Math.round(perSecondOf(dear, mode)),
      ...counted,
      pairs: pairs.length,
      p95Alone: Math.round(median(pairs.map(({ alone }) => alone))),
      p95Beside: Math.round(median(pairs.map(({ beside }) => beside))),
      ratio: round2(ratio()),
      /** Null where nothing is counted of what the attacker does. */
      burstRatio:
        bursts.length === 0 ? null : round2(median(bursts) / median(pairs.map(({ alone }) => alone))),
    }),
  }
}
