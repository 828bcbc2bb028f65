import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openEngine } from '../../local/cloudbase/database/engine'
import { aDatabase, openSdk } from '../local/cloudbase/a-cloud'
import { opened } from '../support/opened'

const root = path.join(__dirname, '../..')
const accounts = 8
const openingBalance = 100

export interface KillReport {
  readonly kills: number
  /** Writes that were answered. */
  readonly acknowledged: number
  /** Documents that are older than the last answer about them. */
  readonly lost: number
  /** Documents that hold more than was ever asked for. */
  readonly duplicated: number
  /** Documents, batches, transfers or index entries of which only a part is there. */
  readonly torn: number
  /** From the call to `ready`, in milliseconds. */
  readonly restartMs: { readonly median: number; readonly most: number }
}

interface Running {
  readonly child: ChildProcess
  readonly adminUrl: string
  readonly readyMs: number
}

const start = async (folder: string): Promise<Running> => {
  const startedMs = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', path.join(root, 'local/cloudbase/cli.ts'), '--data', path.join(folder, 'data')],
      ...['--config', path.join(folder, 'cloudbaserc.json')],
      ...['--database', path.join(folder, 'database.json')],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const killed = opened(() => child.kill('SIGKILL'))
  child.once('exit', () => void killed())
  const adminUrl = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const ready = /^ready (\S+)$/m.exec(chunk.toString())?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', () => reject(new Error('the cloud ended before it served')))
  })
  return { child, adminUrl, readyMs: performance.now() - startedMs }
}

const kill = async ({ child }: Running, signal: NodeJS.Signals): Promise<void> => {
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** What a writer knows of its own documents: the last answer, and what it has asked for and heard nothing about. */
interface Ledger {
  /** Document → the number it held at the last answer; undefined is removed. */
  readonly answered: Map<string, number | undefined>
  /** Document → what it would hold had the unanswered write been done. */
  asked: Map<string, number | undefined>
  /** Batches whose documents are there together or not at all. */
  readonly batches: string[][]
}

const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

type Database = ReturnType<ReturnType<typeof openSdk>['database']>

/** Adds, changes, counts up, removes, adds batches and moves money until the cloud is gone. */
const writeOn = async (
  database: Database,
  name: string,
  ledger: Ledger,
  isOver: () => boolean,
  onAnswer: () => void,
): Promise<void> => {
  const works = database.collection('works')
  const transfer = (): Promise<unknown> => {
    const from = `account-${Math.floor(Math.random() * accounts)}`
    const to = `account-${Math.floor(Math.random() * accounts)}`
    if (from === to) return Promise.resolve()
    return database.runTransaction(async (transaction: Database) => {
      const balance = async (id: string): Promise<number> =>
        ((await transaction.collection('works').doc(id).get()).data as unknown as { n: number }).n
      const [a, b] = [await balance(from), await balance(to)]
      await transaction
        .collection('works')
        .doc(from)
        .update({ n: a - 1 })
      await transaction
        .collection('works')
        .doc(to)
        .update({ n: b + 1 })
    })
  }
  for (let turn = 0; !isOver(); turn += 1) {
    const id = `${name}-${turn}`
    const known = [...ledger.answered].flatMap(([one, n]) => (n === undefined ? [] : [one]))
    const deed = anyOf(['add', 'add', 'change', 'count', 'remove', 'batch', 'transfer'] as const)
    const target = known.length > 0 ? anyOf(known) : undefined
    ledger.asked = new Map()
    try {
      if (deed === 'transfer') {
        // Conflicts are the platform's answer to two transfers at once.
        await transfer().catch((error: { code?: string }) => {
          if (error.code !== 'DATABASE_TRANSACTION_CONFLICT') throw error
        })
      } else if (deed === 'batch') {
        const batch = [0, 1, 2].map((part) => `${id}-${part}`)
        ledger.asked = new Map(batch.map((one) => [one, turn]))
        ledger.batches.push(batch)
        await works.add(
          batch.map((_id) => ({
            _id,
            branch: name,
            status: 'open',
            dueAt: turn,
            n: turn,
            twin: turn,
          })) as never,
        )
      } else if (deed === 'add' || target === undefined) {
        ledger.asked = new Map([[id, turn]])
        await works.add({ _id: id, branch: name, status: 'open', dueAt: turn, n: turn, twin: turn })
      } else if (deed === 'change') {
        ledger.asked = new Map([[target, turn + 1_000_000]])
        await works.doc(target).update({ n: turn + 1_000_000, twin: turn + 1_000_000, dueAt: turn })
      } else if (deed === 'count') {
        ledger.asked = new Map([[target, (ledger.answered.get(target) ?? 0) + 1]])
        const { inc } = database.command
        await works.doc(target).update({ n: inc(1), twin: inc(1) })
      } else {
        for (const batch of ledger.batches.filter((one) => one.includes(target)))
          ledger.batches.splice(ledger.batches.indexOf(batch), 1)
        ledger.asked = new Map([[target, undefined]])
        await works.doc(target).remove()
      }
      for (const [one, n] of ledger.asked) ledger.answered.set(one, n)
      ledger.asked = new Map()
      onAnswer()
    } catch {
      // The cloud has gone; whether the write was done is to be seen.
      return
    }
  }
}

interface Row {
  readonly _id: string
  readonly n: number
  readonly twin: number
}

/** Every document of one writer, through the index. */
const rowsOf = async (database: Database, name: string): Promise<Row[]> => {
  const found: Row[] = []
  const { and, gt, or } = database.command
  for (let last: (Row & { readonly dueAt: number }) | undefined; ; ) {
    const base = { branch: name, status: 'open' }
    const query = last
      ? and([base, or([{ dueAt: gt(last.dueAt) }, { dueAt: last.dueAt, _id: gt(last._id) }])])
      : base
    const { data } = await database
      .collection('works')
      .where(query as never)
      .orderBy('dueAt', 'asc')
      .orderBy('_id', 'asc')
      .limit(500)
      .get()
    const page = data as (Row & { readonly dueAt: number })[]
    found.push(...page)
    last = page[page.length - 1]
    if (page.length < 500) return found
  }
}

/**
 * Kills the cloud again and again while writers write through the SDK, starts it anew, and compares what it holds with
 * what it had answered.
 */
export const killCloud = async (options: {
  readonly kills: number
  readonly writers: number
  /** That lie there before the first kill. */
  readonly documents: number
}): Promise<KillReport> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'killed-'))
  await writeFile(path.join(folder, 'database.json'), JSON.stringify(aDatabase))
  await writeFile(path.join(folder, 'cloudbaserc.json'), JSON.stringify({ envId: 'local', functions: [] }))
  const sum = { acknowledged: 0, lost: 0, duplicated: 0, torn: 0 }
  const restarts: number[] = []
  /** Writer → its documents as they were after its own kill: later ones must not touch them. */
  const settled = new Map<string, ReadonlyMap<string, number>>()

  const compare = async (database: Database, names: readonly string[], ledgers: readonly Ledger[]) => {
    for (const [at, name] of names.entries()) {
      const { answered, asked, batches } = ledgers[at] as Ledger
      const rows = await rowsOf(database, name)
      const found = new Map(rows.map((row) => [row._id, row]))
      settled.set(name, new Map(rows.map((row) => [row._id, row.n])))
      // The index holds each document once.
      if (found.size !== rows.length) sum.torn += 1
      for (const row of rows) if (row.n !== row.twin) sum.torn += 1
      for (const batch of batches) {
        const there = batch.filter((id) => found.has(id)).length
        if (there !== 0 && there !== batch.length) sum.torn += 1
      }
      for (const id of new Set([...answered.keys(), ...asked.keys(), ...found.keys()])) {
        const present = found.get(id)?.n
        const isAsAnswered = present === answered.get(id)
        const isAsAsked = asked.has(id) && present === asked.get(id)
        if (isAsAnswered || isAsAsked) continue
        const most = Math.max(answered.get(id) ?? -1, asked.get(id) ?? -1)
        if (present !== undefined && present > most) sum.duplicated += 1
        else sum.lost += 1
      }
    }
    const balances = await Promise.all(
      Array.from({ length: accounts }, async (_, at) => {
        const { data } = await database.collection('works').doc(`account-${at}`).get()
        return (data as Row[])[0]?.n ?? 0
      }),
    )
    if (balances.reduce((all, one) => all + one, 0) !== accounts * openingBalance) sum.torn += 1
  }

  /** Whatever was there after any of the kills is there after the last one, and nothing else. */
  const compareSettled = async (database: Database) => {
    for (const [name, before] of settled) {
      const now = new Map((await rowsOf(database, name)).map((row) => [row._id, row.n]))
      for (const [id, n] of before) if (now.get(id) !== n) sum.lost += 1
      for (const id of now.keys()) if (!before.has(id)) sum.duplicated += 1
    }
  }

  try {
    await mkdir(path.join(folder, 'data'))
    const engine = openEngine({
      folder: path.join(folder, 'data'),
      collections: aDatabase.collections,
      unindexedQueries: 'refuse',
    })
    await engine.insert(
      'works',
      Array.from({ length: accounts }, (_, at) => ({ _id: `account-${at}`, n: openingBalance })),
    )
    for (let from = 0; from < options.documents; from += 2000) {
      await engine.insert(
        'works',
        Array.from({ length: Math.min(2000, options.documents - from) }, (_, n) => ({
          _id: `old-${from + n}`,
          branch: `old-${(from + n) % 50}`,
          status: 'open',
          dueAt: from + n,
        })),
      )
    }
    engine.close()

    let names: string[] = []
    let ledgers: Ledger[] = []
    for (let round = 0; round <= options.kills; round += 1) {
      const running = await start(folder)
      restarts.push(running.readyMs)
      const database = openSdk(running.adminUrl).database()
      await compare(database, names, ledgers)
      if (round === options.kills) {
        await compareSettled(database)
        await kill(running, 'SIGTERM')
        break
      }
      names = Array.from({ length: options.writers }, (_, writer) => `${round}.${writer}`)
      ledgers = names.map(() => ({ answered: new Map(), asked: new Map(), batches: [] }))
      let isOver = false
      // Anywhere between two answers, however long they take.
      const killAfter = sum.acknowledged + 30 + Math.floor(Math.random() * 300)
      let reached = () => {}
      const isReached = new Promise<void>((resolve) => {
        reached = resolve
      })
      const writing = names.map((name, at) =>
        writeOn(
          database,
          name,
          ledgers[at] as Ledger,
          () => isOver,
          () => {
            sum.acknowledged += 1
            if (sum.acknowledged >= killAfter) reached()
          },
        ),
      )
      await Promise.race([isReached, Promise.all(writing)])
      await kill(running, 'SIGKILL')
      isOver = true
      await Promise.all(writing)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const sorted = [...restarts].sort((a, b) => a - b)
  return {
    kills: options.kills,
    ...sum,
    restartMs: {
      median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
      most: Math.round(sorted[sorted.length - 1] ?? 0),
    },
  }
}
