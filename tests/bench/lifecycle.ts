import { randomUUID } from 'node:crypto'
import { cpus } from 'node:os'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { bundleFunctions } from '../../config/bundle-functions'
import { readOptions } from '../../config/command-line'
import { demoPartnerIdsOf, demoUnit } from '../../local/demo/divisions'
import { demoCells } from '../../local/demo/grid'
import { workerIn } from '../../local/demo/personas'
import { randomFrom } from '../../local/demo/random'
import { measureApart } from './seeded/apart'
import { holdDatabase, openSeededCloud, type SeededCloud } from './seeded/cloud'
import { copiesFor, quantile, usualRounds } from './seeded/measure'
import { middleOf } from './seeded/plan'
import { seededFolder, stockUp, usualPage, type Wanted } from './seeded/seed'

const {
  reports: sizesText,
  rounds: roundsText,
  callers: callersText,
} = readOptions(
  `usage: npm run bench:lifecycle -- --reports 0,300000,1000000
how many reports a second go from submission to resolution beside so many others: create (report.submit), assign
(report.accept, report.dispatch), resolve (report.claimFixed, report.check), search (queue.list); and what of that is lost
between the first place and the last, as the median over the rounds. The last line is one JSON line, beside what DIGIT
publishes of the same lifecycle.
  --reports LIST   sizes, the smallest first (0,300000,1000000)
  --rounds N       how often each size is measured (9)
  --callers N      lifecycles at once (4)`,
  { reports: { type: 'string' }, rounds: { type: 'string' }, callers: { type: 'string' } },
)

const sizes = (sizesText ?? '0,300000,1000000').split(',').map(Number)
const rounds = Number(roundsText ?? 9)
const callers = Number(callersText ?? 4)
/** Lifecycles of each caller in a round. */
const ofEach = 5

/** Complaints a second through the same lifecycle, by how many there were, as DIGIT published them. */
const digit = { cores: 16, perSecond: { 0: 37, 300000: 22, 500000: 14, 1006743: 6.3 }, loss: 5.9 }

/** Branches with cells of their own and partners. */
const branchIds = [...new Set(demoCells.map(({ branchId }) => branchId))].filter((branchId) => {
  const { kind, path } = demoUnit(branchId)
  return kind === 'branch' && path.length === 5 && demoPartnerIdsOf(path).length > 0
})

/** The empty place, or one as bench:growth makes it: they share what is kept. */
const placeOf = (reports: number): Wanted =>
  reports === 0
    ? { reports, copies: 0, page: 0 }
    : { reports, copies: copiesFor(usualRounds), page: usualPage }

/** Told to wait, nobody waits: a benchmark does in minutes what takes people days. */
const call = async <A extends Action>(
  cloud: SeededCloud,
  accountId: string,
  action: A,
  input: InputOf<A>,
): Promise<OutputOf<A>> => {
  const first = await cloud.send(accountId, action, input)
  if (first.ok) return first.value as OutputOf<A>
  if (first.error.code !== 'too-many')
    throw new Error(`${accountId} ${action}: ${first.error.code} ${first.error.message}`)
  cloud.later(600_000)
  await cloud.forgetLimits()
  return cloud.get(accountId, action, input)
}

const live = async (cloud: SeededCloud, no: string): Promise<void> => {
  const random = randomFrom(`lifecycle ${no}`)
  const point = movePoint(middleOf(random.pick(branchIds)), random.between(-60, 60), random.between(-60, 60))
  const resident = `custom:lifecycle-${no}`
  const { reportId } = await call(cloud, resident, 'report.submit', {
    commandId: randomUUID(),
    categoryId: 'street-lamp',
    text: '路灯不亮，晚上看不见路',
    photos: [],
    place: { point, accuracyMetres: 5, words: '巷口第三盏' },
  })
  const { rev, branch, unitPath } = await call(cloud, resident, 'report.get', { reportId })
  const secretary = workerIn(branch.id, 'secretary')
  const [partner = ''] = demoPartnerIdsOf(unitPath)
  const step = (at: number) => ({ commandId: randomUUID(), reportId, rev: at })
  const work = { note: '换了灯头，试过亮了', before: [], after: [], remedy: 'lasting' as const }
  const accepted = await call(cloud, secretary, 'report.accept', step(rev))
  const given = await call(cloud, secretary, 'report.dispatch', {
    ...step(accepted.rev),
    toUnitId: partner,
    note: '请派人看一下',
  })
  const fixed = await call(cloud, workerIn(partner, 'partner-staff'), 'report.claimFixed', {
    ...step(given.rev),
    ...work,
  })
  await call(cloud, secretary, 'report.check', { ...step(fixed.rev), note: '去看过，亮了' })
  const { rows } = await call(cloud, secretary, 'queue.list', { unitId: branch.id, tab: 'done', limit: 20 })
  if (!rows.some(({ id }) => id === reportId)) throw new Error(`${reportId} is resolved and is not found`)
}

const measure = async (functionRoot: string): Promise<object> => {
  const stocked = await stockUp()
  const clouds: SeededCloud[] = []
  await bundleFunctions(functionRoot)
  for (const reports of sizes) {
    const folder = await seededFolder(stocked, placeOf(reports))
    holdDatabase(folder)
    clouds.push(await openSeededCloud({ folder, functionRoot }))
    console.info(`${reports} reports are there`)
  }
  const perSecond = sizes.map((): number[] => [])
  const ms = sizes.map((): number[] => [])
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1)
    for (const [at, cloud] of clouds.entries()) {
      const startedMs = performance.now()
      await Promise.all(
        Array.from({ length: callers }, async (_, caller) => {
          for (let no = 0; no < ofEach; no += 1) {
            const beganMs = performance.now()
            await live(cloud, `${round}-${caller}-${no}`)
            if (round > 0) ms[at]?.push(performance.now() - beganMs)
          }
        }),
      )
      if (round > 0) perSecond[at]?.push((callers * ofEach * 1000) / (performance.now() - startedMs))
    }
  for (const cloud of clouds) {
    await cloud.close()
    for (const complaint of cloud.complaints) console.error(complaint)
  }
  const bySize = (value: (at: number) => number) =>
    Object.fromEntries(sizes.map((size, at) => [size, Number(value(at).toFixed(2))]))
  const rate = (at: number): number => quantile(perSecond[at] ?? [], 0.5)
  // Within a round, where all sizes met the same machine.
  const losses = (perSecond[0] ?? []).map((first, round) => first / (perSecond.at(-1)?.[round] ?? Number.NaN))
  return {
    cores: cpus().length,
    callers,
    perSecond: bySize(rate),
    p50: bySize((at) => quantile(ms[at] ?? [], 0.5)),
    p95: bySize((at) => quantile(ms[at] ?? [], 0.95)),
    loss: Number(quantile(losses, 0.5).toFixed(2)),
    mostLoss: 1.5,
    digit,
  }
}

void measureApart(__filename, measure)
