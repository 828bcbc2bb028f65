import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { contract } from '../../cloudfunctions/contract/contract'
import { bundleFunctions } from '../../config/bundle-functions'
import { readOptions } from '../../config/command-line'
import { anonymousToken, ask, variedInput } from './neighbours/calls'
import type { DearAsk, ReadyAsk, Serving } from './neighbours/cloud'
import { countedAsks, quantile } from './seeded/measure'
import { seededFolder, stockUp } from './seeded/seed'

const options = readOptions(
  `usage: npm run bench:neighbours
four ordinary callers alone, and beside one attacker who asks one action at ten times what the contract allows: once as one
person, once anonymous anew on each call, each of the ten actions that read most of the database. Real functions through
the SDK in a process of their own. How much longer the p95 of the four is, once the attacker has used up what may be taken
at once (worstRatio), and while that lasts (worstBurstRatio); the last line is one JSON line.
  --reports N   how many reports lie there (10000)
  --rounds N    how often alone and beside follow one another (8)
  --seconds N   how long each of them lasts (2)
  --actions N   how many actions, the dearest first (10)`,
  {
    reports: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    actions: { type: 'string' },
  },
)
const reports = Number(options.reports ?? 10_000)
const rounds = Number(options.rounds ?? 8)
const sliceMs = Number(options.seconds ?? 2) * 1000
const actionCount = Number(options.actions ?? 10)

const page = 20
/** An ordinary person reads what came before they press again; four of these press faster than any. */
const pauseMs = 200
const attackerAddress = '127.0.0.66'
const overAllowed = 10
/** Where the contract allows less than four a minute, ten times that would be no attack. */
const leastPerSecond = 40
/** An attacker waits for no answer; of this machine's sockets they have so many. */
const mostAtOnce = 200
const mostBurstMs = 20_000
/** Signed in beforehand: signing in is the platform's work, and not what is measured. */
const anonymousPeople = 400

type Mode = 'person' | 'anonymous'
const modes: readonly Mode[] = ['person', 'anonymous']

const perSecondOf = ({ action, input }: ReadyAsk, mode: Mode): number => {
  const terms = contract[action]
  const { rate } =
    terms.kind === 'command'
      ? terms.limitsOf(input as never).resident
      : terms.reading[mode === 'person' ? 'person' : 'address']
  return Math.max(leastPerSecond, (overAllowed * rate.most * 1000) / rate.withinMs)
}

interface Counted {
  asked: number
  refused: number
}

/** Asks at a steady pace until it is stopped, whatever becomes of the answers. */
const beginAttack = (
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
    const answer = await ask(url, attackerAddress, { ...dear, input: variedInput(dear, no) }, token ?? '')
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

/** What four people wait for while they go about their work for a while. */
const workFor = async (
  url: string,
  ordinary: Serving['ordinary'],
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

const until = (ms: number): (() => boolean) => {
  const endMs = performance.now() + ms
  return () => performance.now() >= endMs
}

const round2 = (value: number): number => Number(value.toFixed(2))
const p95 = (waits: readonly number[]): number => quantile(waits, 0.95)

const measureOne = async (serving: Serving, dear: DearAsk, mode: Mode, tokens: readonly string[]) => {
  const { url } = serving
  // Whose account attacks cannot ask the same by it in peace.
  const isAttackers = ({ action, accountId }: ReadyAsk): boolean =>
    accountId !== null && accountId === dear.accountId && action === dear.action
  const ordinary = serving.ordinary.map((asks) => asks.filter((one) => !isAttackers(one)))
  const counted: Counted = { asked: 0, refused: 0 }
  const [alone, beside]: [number[], number[]] = [[], []]
  await workFor(url, ordinary, tokens, until(sliceMs / 2))
  const before = await workFor(url, ordinary, tokens, until(sliceMs))
  const first = beginAttack(url, dear, mode, tokens, counted)
  const isBurstOver = until(mostBurstMs)
  const burst = await workFor(url, ordinary, tokens, () => first.isHeldBack() || isBurstOver())
  await first.stop()
  for (let no = 0; no < rounds; no += 1) {
    alone.push(...(await workFor(url, ordinary, tokens, until(sliceMs))))
    const attack = beginAttack(url, dear, mode, tokens, counted)
    beside.push(...(await workFor(url, ordinary, tokens, until(sliceMs))))
    await attack.stop()
  }
  return {
    action: dear.name,
    as: mode,
    read: dear.read,
    bytesRead: dear.bytesRead,
    perSecond: Math.round(perSecondOf(dear, mode)),
    asked: counted.asked,
    refused: counted.refused,
    p95Alone: Math.round(p95(alone)),
    p95Beside: Math.round(p95(beside)),
    ratio: round2(p95(beside) / p95(alone)),
    burstRatio: round2(p95(burst) / p95([...before, ...alone])),
  }
}

const measure = async (): Promise<object> => {
  const wanted = { reports, copies: countedAsks + 2, page }
  const folder = await seededFolder(await stockUp(), wanted)
  const functionRoot = path.join(__dirname, '../../dist', `bench-functions-${process.pid}`)
  await bundleFunctions(functionRoot)
  const numbers = [wanted.reports, wanted.copies, wanted.page].map(String)
  const child = fork(path.join(__dirname, 'neighbours/cloud.ts'), [folder, functionRoot, ...numbers])
  try {
    const [serving] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('the cloud ended before it served'))),
    ])) as [Serving]
    const tokens: string[] = []
    for (let no = 0; no < anonymousPeople; no += 1) tokens.push(await anonymousToken(serving.url))
    const results: Awaited<ReturnType<typeof measureOne>>[] = []
    for (const dear of serving.dearest.slice(0, actionCount))
      for (const mode of modes) {
        const result = await measureOne(serving, dear, mode, tokens)
        console.info(JSON.stringify(result))
        results.push(result)
      }
    return {
      worstRatio: Math.max(...results.map(({ ratio }) => ratio)),
      worstBurstRatio: Math.max(...results.map(({ burstRatio }) => burstRatio)),
      reports,
      actions: Object.fromEntries(
        serving.dearest
          .slice(0, actionCount)
          .map(({ name }) => [
            name,
            Object.fromEntries(
              results
                .filter(({ action }) => action === name)
                .map(({ as, ratio, burstRatio, asked, refused }) => [
                  as,
                  { ratio, burstRatio, asked, refused },
                ]),
            ),
          ]),
      ),
    }
  } finally {
    // What it has written stays in the log of a database that is to stay as it was made.
    child.kill('SIGKILL')
    rmSync(functionRoot, { recursive: true, force: true })
  }
}

measure()
  .then((report) => {
    console.info(JSON.stringify(report))
    process.exit(0)
  })
  .catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
