import type { Action } from '../../../cloudfunctions/contract/contract'
import { type Question, questionsOf } from '../seeded/asks'
import { holdDatabase, openSeededCloud, type SeededCloud } from '../seeded/cloud'
import { type Counts, countQuestions, openCounter } from '../seeded/measure'
import { readyCalls, stockUp } from '../seeded/seed'

/** A call as it goes over the network. */
export interface ReadyAsk {
  readonly action: Action
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  /** Null: whoever has not signed in; with what they show to the HTTP API. */
  readonly accountId: string | null
  readonly token: string | null
}

export interface DearAsk extends ReadyAsk {
  readonly read: number
  readonly bytesRead: number
}

/** What the process that serves tells the one that calls. */
export interface Serving {
  readonly url: string
  /** What four ordinary people do, each one after the other. */
  readonly ordinary: readonly (readonly ReadyAsk[])[]
  readonly dearest: readonly DearAsk[]
}

/** A secretary at their branch, a resident with their own reports, somebody who reads along, a clerk of the region. */
const ordinaryNames = [
  [
    'queue.list (branch)',
    'queue.counts (branch)',
    'report.get (staff)',
    'inbox.list (branch)',
    'me.get (staff)',
  ],
  ['me.get (resident)', 'report.mine', 'inbox.list (resident)', 'category.list', 'rules.get'],
  ['unit.get (branch)', 'redFace.list (branch)', 'report.recent (branch)', 'redFace.get', 'ledger.list'],
  [
    'queue.list (region)',
    'queue.counts (region)',
    'unit.get (region)',
    'redFace.list (region)',
    'unit.children',
  ],
] as const
const dearCount = 10
/** Served by a function of its own, from which nobody else has to wait. */
const servedApart = 'photo.admit'

const ready = async (cloud: SeededCloud, { action, name, prepare }: Question): Promise<ReadyAsk> => {
  const { accountId, input } = await prepare(0)
  return {
    action,
    name,
    input: input as ReadyAsk['input'],
    accountId,
    token: accountId === null ? null : cloud.tokenOf(accountId),
  }
}

/** Of each action its dearest way, and of those the ten that read most: by documents and by bytes, both ranks together. */
const dearestOf = (
  questions: readonly Question[],
  counts: ReadonlyMap<string, Counts>,
): readonly (Pick<Counts, 'read' | 'bytesRead'> & { readonly question: Question })[] => {
  const costs = questions.flatMap((question) => {
    const { read, bytesRead } = counts.get(question.name) ?? { read: 0, bytesRead: 0 }
    return question.action === servedApart ? [] : [{ question, read, bytesRead }]
  })
  const rankBy = (of: 'read' | 'bytesRead') => {
    const sorted = [...costs].sort((a, b) => b[of] - a[of])
    return (one: (typeof costs)[number]) => sorted.indexOf(one)
  }
  const [byRead, byBytes] = [rankBy('read'), rankBy('bytesRead')]
  const ranked = [...costs].sort((a, b) => byRead(a) + byBytes(a) - byRead(b) - byBytes(b))
  const actions = [...new Set(ranked.map(({ question }) => question.action))].slice(0, dearCount)
  return actions.flatMap((action) => ranked.find(({ question }) => question.action === action) ?? [])
}

const serve = async (folder: string, functionRoot: string, reports: number, copies: number, page: number) => {
  holdDatabase(folder)
  const waiting = readyCalls(await stockUp(), { reports, copies, page })
  const counter = openCounter()
  const counted = await openSeededCloud({ folder, functionRoot, ...counter })
  const counts = await countQuestions(counted, questionsOf({ cloud: counted, ready: waiting, page }), counter)
  await counted.close()

  const cloud = await openSeededCloud({ folder, functionRoot })
  // Time went by while it was counted, and has not now.
  await cloud.forgetLimits()
  const questions = questionsOf({ cloud, ready: waiting, page })
  const named = (name: string): Question => {
    const found = questions.find((question) => question.name === name)
    if (!found) throw new Error(`nothing is asked as ${name}`)
    return found
  }
  const serving: Serving = {
    url: cloud.url,
    ordinary: await Promise.all(
      ordinaryNames.map((names) => Promise.all(names.map((name) => ready(cloud, named(name))))),
    ),
    dearest: await Promise.all(
      dearestOf(questions, counts).map(async ({ question, read, bytesRead }) => ({
        ...(await ready(cloud, question)),
        read,
        bytesRead,
      })),
    ),
  }
  process.on('message', (ms: number) => {
    cloud.later(ms)
    process.send?.('later')
  })
  process.send?.(serving)
}

const [folder = '', functionRoot = '', ...numbers] = process.argv.slice(2)
const [reports = 0, copies = 0, page = 0] = numbers.map(Number)
serve(folder, functionRoot, reports, copies, page).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
