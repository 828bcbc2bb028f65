import { randomUUID } from 'node:crypto'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import { toParticipantDocument } from '../../cloudfunctions/contexts/report/store'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import { branch } from '../support/builders'
import { openTestCloud, type TestCloud, testSecret } from '../support/cloud'

const keyed = keyedWith(Buffer.from(testSecret, 'hex'))
const fan = 'custom:fan-'
/** How many tap 我也遇到 in the same moment. */
const atOnce = 16

/** A town with one matter that so many neighbours have. */
interface HotTown {
  readonly size: number
  readonly town: TestCloud
  readonly reportId: string
  readonly answered: { bytes: number }
}

const openHotTown = async (size: number): Promise<HotTown> => {
  const answered = { bytes: 0 }
  const town = await openTestCloud({
    onQuery: ({ answeredBytes }) => {
      answered.bytes += answeredBytes
    },
  })
  const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
  const { submittedAt } = await town.report(reportId)
  await town.put(
    'participants',
    Array.from({ length: size }, (_, no) => {
      const accountId = `${fan}${no}`
      const key = participantKey(keyed, accountId, reportId)
      return toParticipantDocument({
        reportId,
        key,
        accountId,
        part: 'supporter',
        phone: null,
        joinedAt: submittedAt + no / size,
      })
    }),
  )
  await town.meddle('reports', reportId, { supporters: { count: size, countedIn: [], heard: [] } })
  return { size, town, reportId, answered }
}

let villagers = 0
const aVillager = (): string => {
  villagers += 1
  return `villager-${villagers}`
}

type Ask = (hot: HotTown) => Promise<unknown>

const support: Ask = ({ town, reportId }) =>
  town.as(aVillager()).get('report.support', { commandId: randomUUID(), reportId })

const asks: Readonly<Record<string, Ask>> = {
  support,
  'get, its reporter': ({ town, reportId }) => town.as('resident').get('report.get', { reportId }),
  'get, a stranger': ({ town, reportId }) => town.as('second-neighbour').get('report.get', { reportId }),
  'get, a supporter': ({ town, reportId }) => town.as('fan-0').get('report.get', { reportId }),
  'get, its branch': ({ town, reportId }) => town.as('secretary').get('report.get', { reportId }),
  progress: ({ town, reportId }) =>
    town
      .as('secretary')
      .step('report.progress', reportId, { note: '拉来了砂石', photos: [], isPublic: true }),
  'queue row': ({ town }) =>
    town.as('secretary').get('queue.list', { unitId: branch.id, tab: 'working', limit: 20 }),
}

/** Everybody is told that it was accepted, by as many runs of the clock as that takes; whether each was, and once. */
const isToldOnce = async ({ town, reportId, size }: HotTown): Promise<boolean> => {
  await town.as('secretary').step('report.accept', reportId, {})
  for (let runs = 0; runs < 200 && (await town.report(reportId)).outbox.length > 0; runs += 1)
    await town.later(minuteMs)
  const told = new Map<string, number>()
  for (let from = 0; ; from += 1000) {
    const { data } = await town.app
      .database()
      .collection('inbox_messages')
      .where({})
      .orderBy('_id', 'asc')
      .skip(from)
      .limit(1000)
      .get()
    for (const { recipient } of data as Message[])
      if (recipient.startsWith(`account:${fan}`)) told.set(recipient, (told.get(recipient) ?? 0) + 1)
    if (data.length < 1000) break
  }
  return told.size === size && [...told.values()].every((times) => times === 1)
}

/** Whether all who tap at once are counted, each once. */
const areAllCounted = async (hot: HotTown): Promise<boolean> => {
  const { town, reportId } = hot
  const { count } = (await town.report(reportId)).supporters
  await Promise.all(Array.from({ length: atOnce }, () => support(hot)))
  return (await town.report(reportId)).supporters.count === count + atOnce
}

const callsDuring = async ({ town: { cloud } }: HotTown, work: () => Promise<unknown>): Promise<number> => {
  // A latency of nothing to speak of strikes each call once, and counts them.
  const id = cloud.faults.add({ kind: 'latency', action: 'database.', ms: 1 })
  await work()
  const struck = cloud.faults.list().find((one) => one.id === id)?.struck ?? 0
  cloud.faults.remove(id)
  return struck
}

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Measured {
  readonly calls: readonly number[]
  readonly bytes: readonly number[]
  readonly ms: readonly number[]
}

/** One action at every size, all asked in turn, so that a busy moment of the machine meets all of them. */
const measure = async (towns: readonly HotTown[], ask: Ask, runs: number): Promise<Measured> => {
  // What an instance reads once for many calls is read by now.
  for (const hot of towns) await ask(hot)
  const calls: number[] = []
  const bytes: number[] = []
  for (const hot of towns) {
    const before = hot.answered.bytes
    calls.push(await callsDuring(hot, () => ask(hot)))
    bytes.push(hot.answered.bytes - before)
  }
  const times = towns.map((): number[] => [])
  for (let run = 0; run < runs; run += 1) {
    for (const [at, hot] of towns.entries()) {
      const startedMs = performance.now()
      await ask(hot)
      times[at]?.push(performance.now() - startedMs)
    }
  }
  return { calls, bytes, ms: times.map((some) => Number(medianOf(some).toPrecision(3))) }
}

/** How often the first, the smallest, goes into the worst of the others. */
const worstRatio = ([first = 0, ...others]: readonly number[]): number =>
  first === 0 ? 1 : Number((Math.max(...others) / first).toFixed(2))

const largestReport = async ({ town }: HotTown): Promise<number> =>
  Math.max(...(await town.documents<object>('reports')).map((one) => Buffer.byteLength(JSON.stringify(one))))

export interface HotReport {
  readonly sizes: readonly number[]
  readonly actions: Readonly<Record<string, Measured>>
  /** Of every action the worst size beside the smallest. */
  readonly worst: { readonly calls: number; readonly bytes: number; readonly ms: number }
  readonly toldOnce: boolean
  readonly atOnce: { readonly people: number; readonly allCounted: boolean }
  readonly maxDocumentBytes: number
}

/** What a matter of many costs beside one of few, in towns that differ in nothing else. */
export const measureHotMatters = async (
  sizes: readonly number[],
  { runs }: { readonly runs: number },
): Promise<HotReport> => {
  const towns: HotTown[] = []
  try {
    for (const size of sizes) towns.push(await openHotTown(size))
    const told: boolean[] = []
    for (const hot of towns) told.push(await isToldOnce(hot))
    const actions: Record<string, Measured> = {}
    for (const [name, ask] of Object.entries(asks)) actions[name] = await measure(towns, ask, runs)
    const counted: boolean[] = []
    for (const hot of towns) counted.push(await areAllCounted(hot))
    const largest = await Promise.all(towns.map(largestReport))
    const worstOf = (what: keyof Measured): number =>
      Math.max(...Object.values(actions).map((measured) => worstRatio(measured[what])))
    return {
      sizes,
      actions,
      worst: { calls: worstOf('calls'), bytes: worstOf('bytes'), ms: worstOf('ms') },
      toldOnce: told.every(Boolean),
      atOnce: { people: atOnce, allCounted: counted.every(Boolean) },
      maxDocumentBytes: Math.max(...largest),
    }
  } finally {
    await Promise.all(towns.map(({ town }) => town.close()))
  }
}
