import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { bundleFunctions } from '../../config/bundle-functions'
import { readOptions } from '../../config/command-line'
import type { Mode } from './neighbours/attack'
import { anonymousToken } from './neighbours/calls'
import type { Serving } from './neighbours/cloud'
import { openAttacked } from './neighbours/pairs'
import { countedAsks } from './seeded/measure'
import { seededFolder, stockUp } from './seeded/seed'

const options = readOptions(
  `usage: npm run bench:neighbours
four ordinary callers alone, and beside one attacker who asks one action at ten times what the contract allows: once as one
person, once anonymous anew on each call, each of the ten actions that read most of the database. Real functions through
the SDK in a process of their own. By how much the p95 of the four is longer once the attacker has used up what may be taken
at once, as the median over pairs of a quiet and an attacked window (worstRatio), and while that lasts (worstBurstRatio);
the last line is one JSON line. Every attack is looked at first, then those that look worst, until the time is over.
  --reports N   how many reports lie there (10000)
  --minutes N   how long all of it takes (8)
  --seconds N   how long a window lasts (2)
  --actions N   how many actions, the dearest first (10)`,
  {
    reports: { type: 'string' },
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    actions: { type: 'string' },
  },
)
const reports = Number(options.reports ?? 10_000)
const endMs = performance.now() + Number(options.minutes ?? 8) * 60_000
const windowMs = Number(options.seconds ?? 2) * 1000
const actionCount = Number(options.actions ?? 10)

const page = 20
/** Signed in beforehand: signing in is the platform's work, and not what is measured. */
const anonymousPeople = 400
const modes: readonly Mode[] = ['person', 'anonymous']
const pairsOfVisit = 3
/** Between two attacks: who was the attacker by their account goes about their work again, and every bucket is full. */
const restMs = 125_000
/** After so many pairs an attack is known. */
const mostPairs = 15
/** What the four may have to wait longer. */
const allowed = 1.3

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
    const attacks = serving.dearest
      .slice(0, actionCount)
      .flatMap((dear) => modes.map((mode) => openAttacked(serving, dear, mode, tokens, windowMs)))
    let longestVisitMs = 0
    const visit = async (one: (typeof attacks)[number]): Promise<void> => {
      const startedMs = performance.now()
      child.send(restMs)
      await once(child, 'message')
      await one.visit(pairsOfVisit)
      longestVisitMs = Math.max(longestVisitMs, performance.now() - startedMs)
      console.info(JSON.stringify(one.result()))
    }
    for (const one of attacks) await visit(one)
    while (performance.now() + longestVisitMs < endMs) {
      const open = attacks.filter((one) => one.pairCount() < mostPairs)
      const [worst] = open.sort((a, b) => b.ratio() - a.ratio())
      if (!worst) break
      await visit(worst)
    }
    const results = attacks.map((one) => one.result())
    const worstRatio = Math.max(...results.map(({ ratio }) => ratio))
    return {
      worstRatio,
      allowed,
      isGoalMet: worstRatio <= allowed,
      worstBurstRatio: Math.max(...results.map(({ burstRatio }) => burstRatio ?? 0)),
      reports,
      actions: results.map(({ action, as, ratio, burstRatio, pairs, asked, refused }) => ({
        action,
        as,
        ratio,
        burstRatio,
        pairs,
        asked,
        refused,
      })),
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
