import { readOptions } from '../../config/command-line'
import { measureApart } from './seeded/apart'
import { questionsOf, type World } from './seeded/asks'
import { bundleWithByHand, holdDatabase, openSeededCloud, type SeededCloud } from './seeded/cloud'
import { type PairName, pairedQuestions, pairsOf } from './seeded/hands'
import {
  askOnce,
  type Counts,
  copiesFor,
  countedAsks,
  countQuestions,
  growth,
  mostBytesOf,
  openCounter,
  quantile,
  usualRounds,
} from './seeded/measure'
import { readyCalls, seededFolder, stockUp, usualPage } from './seeded/seed'

const { reports: sizesText, rounds: roundsText } = readOptions(
  `usage: npm run bench:growth -- --reports 10000,100000,1000000
what every action of the contract costs in places of these sizes: calls, documents and bytes of the database, p50 and p95,
and by how much the largest place costs more than the smallest; the same five by hand on the bare SDK; the last line is
one JSON line. The places are made once and kept in dist/bench: a million reports take some minutes and 12 GB.
  --reports LIST   sizes, the smallest first (10000,100000,1000000)
  --rounds N       how often each action is timed at each size (8)`,
  { reports: { type: 'string' }, rounds: { type: 'string' } },
)

const sizes = (sizesText ?? '10000,100000,1000000').split(',').map(Number)
const rounds = Number(roundsText ?? usualRounds)
/** The first of them warms up. */
const timedAsks = rounds + 1
const allowed = 1.5
const mostOverHand: Readonly<Record<string, number>> = { 'queue page': 1.3, submit: 2 }

interface Place {
  readonly reports: number
  readonly folder: string
  readonly ready: World['ready']
}

/** Milliseconds of each way to ask, by its name. */
type Times = Map<string, number[]>

const noteTime = (times: Times, name: string, ms: number): void => {
  times.set(name, [...(times.get(name) ?? []), ms])
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

const countPlace = async (
  { folder, ready, reports }: Place,
  functionRoot: string,
): Promise<ReadonlyMap<string, Counts>> => {
  const counter = openCounter()
  const cloud = await openSeededCloud({
    folder,
    functionRoot,
    onQuery: counter.onQuery,
    onWrite: counter.onWrite,
  })
  try {
    console.info(`counting at ${reports}`)
    return await countQuestions(cloud, questionsOf({ cloud, ready, page: usualPage }), counter)
  } finally {
    await cloud.close()
    for (const complaint of cloud.complaints) console.error(complaint)
  }
}

/** Asks every place in turn, so that a busy moment of the machine meets all of them. */
const timePlaces = async (
  places: readonly Place[],
  functionRoot: string,
): Promise<{ readonly times: readonly Times[]; readonly byHand: readonly Times[] }> => {
  const clouds: SeededCloud[] = []
  for (const { folder } of places) clouds.push(await openSeededCloud({ folder, functionRoot }))
  const asked = await Promise.all(
    places.map(async ({ ready }, at) => {
      const cloud = clouds[at] as SeededCloud
      const world = { cloud, ready, page: usualPage }
      const questions = questionsOf(world)
      return { cloud, questions, pairs: await pairsOf(world, questions) }
    }),
  )
  const times = places.map((): Times => new Map())
  const byHand = places.map((): Times => new Map())
  const names = asked[0]?.questions.map(({ name }) => name) ?? []
  for (let no = 0; no < timedAsks; no += 1) {
    console.info(`round ${no} of ${rounds}`)
    for (const [question, name] of names.entries())
      for (const [place, { cloud, questions, pairs }] of asked.entries()) {
        const what = questions[question]
        if (!what) throw new Error(`${name} is not asked everywhere`)
        let startedMs = 0
        await askOnce(cloud, what, countedAsks + no, () => {
          startedMs = performance.now()
        })
        const ms = performance.now() - startedMs
        if (no > 0) noteTime(times[place] as Times, name, ms)
        const pair = pairs.find((one) => one.question === name)
        if (!pair) continue
        const handMs = performance.now()
        await pair.byHand(no)
        if (no > 0) noteTime(byHand[place] as Times, pair.name, performance.now() - handMs)
      }
  }
  for (const { cloud } of asked) {
    await cloud.close()
    for (const complaint of cloud.complaints) console.error(complaint)
  }
  return { times, byHand }
}

const measures = ['calls', 'read', 'bytesRead', 'bytesAnswered', 'p50'] as const
type Measure = (typeof measures)[number]

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}

const measure = async (functionRoot: string): Promise<object> => {
  const stocked = await stockUp()
  const places: Place[] = []
  const loadSeconds: Record<string, number> = {}
  for (const reports of sizes) {
    const wanted = { reports, copies: copiesFor(rounds), page: usualPage }
    const startedMs = performance.now()
    const folder = await seededFolder(stocked, wanted)
    loadSeconds[reports] = Math.round((performance.now() - startedMs) / 1000)
    console.info(`${reports} reports are there after ${loadSeconds[reports]} s`)
    holdDatabase(folder)
    places.push({ reports, folder, ready: readyCalls(stocked, wanted) })
  }
  await bundleWithByHand(functionRoot)
  const counts: ReadonlyMap<string, Counts>[] = []
  for (const place of places) counts.push(await countPlace(place, functionRoot))
  const { times, byHand } = await timePlaces(places, functionRoot)

  const names = [...(counts[0]?.keys() ?? [])]
  const figureOf = (name: string, of: Measure | 'p95', place: number): number => {
    const ms = times[place]?.get(name) ?? []
    if (of === 'p50') return quantile(ms, 0.5)
    if (of === 'p95') return quantile(ms, 0.95)
    return counts[place]?.get(name)?.[of] ?? Number.NaN
  }
  const last = places.length - 1
  /** Of what fills up the bytes are held to a number; the time goes with the bytes, and is shown beside them. */
  const isFull = (name: string, of: Measure): boolean =>
    (of.startsWith('bytes') || of === 'p50') && figureOf(name, 'bytesRead', last) <= (mostBytesOf(name) ?? 0)
  const growths = names.map((name) => ({
    name,
    growth: Object.fromEntries(
      measures.map((of) => [
        of,
        isFull(name, of) ? 1 : growth(figureOf(name, of, 0), figureOf(name, of, last)),
      ]),
    ) as Record<Measure, number>,
  }))
  const filling = names.flatMap((name) => {
    const mostBytes = mostBytesOf(name)
    return mostBytes === undefined
      ? []
      : [
          {
            name,
            bytesRead: places.map((_, place) => figureOf(name, 'bytesRead', place)),
            mostBytes,
            p50: places.map((_, place) => round(figureOf(name, 'p50', place), 1)),
          },
        ]
  })
  const shown = ['calls', 'read', 'bytesRead', 'bytesAnswered', 'p50', 'p95'] as const
  console.info(
    table([
      [
        'action',
        ...shown.flatMap((of) => sizes.map((size) => `${of} ${size}`)),
        ...measures.map((of) => `× ${of}`),
      ],
      ...growths.map(({ name, growth: by }) => [
        name,
        ...shown.flatMap((of) => places.map((_, place) => String(round(figureOf(name, of, place), 1)))),
        ...measures.map((of) => round(by[of]).toFixed(2)),
      ]),
    ]),
  )
  const worstGrowth = Object.fromEntries(
    measures.map((of) => {
      const worst = growths.reduce((most, one) => (one.growth[of] > most.growth[of] ? one : most))
      return [of, { action: worst.name, growth: round(worst.growth[of]) }]
    }),
  )
  const over = growths.flatMap(({ name, growth: by }) => {
    const grown = measures.filter((of) => by[of] > allowed)
    return grown.length === 0 ? [] : [`${name}: ${grown.map((of) => `${of} × ${round(by[of])}`).join(', ')}`]
  })
  console.info(
    over.length === 0
      ? `nothing grows by more than ${allowed}`
      : `what grows by more than ${allowed}:\n${over.join('\n')}`,
  )
  const hands = Object.fromEntries(
    [...(byHand[last]?.entries() ?? [])].map(([name, ms]) => {
      const product = figureOf(pairedQuestions[name as PairName], 'p50', last)
      return [name, { ofByHand: round(product / quantile(ms, 0.5)), most: mostOverHand[name] ?? null }]
    }),
  )
  return {
    reports: sizes,
    loadSeconds,
    worstGrowth,
    overAllowed: over.length,
    filling,
    byHand: hands,
    worst: growths
      .map(({ name, growth: by }) => ({ name, by: round(Math.max(...measures.map((of) => by[of]))) }))
      .sort((a, b) => b.by - a.by)
      .slice(0, 10),
  }
}

void measureApart(__filename, measure)
