import { aCloud, openSdk, type TestCloud } from './a-cloud'

const workers = 16
const accounts = 6
const openingBalance = 1000

let running: TestCloud
beforeAll(async () => {
  running = await aCloud()
})
afterAll(() => running.close())

type Database = TestCloud['database']
type Transaction = Awaited<ReturnType<Database['startTransaction']>>

interface Row {
  readonly n: number
}

const read = async (transaction: Transaction, id: string): Promise<number> =>
  ((await transaction.collection('works').doc(id).get()).data as unknown as Row).n
const set = (transaction: Transaction, id: string, n: number) =>
  transaction.collection('works').doc(id).update({ n })
const present = async (id: string): Promise<number> =>
  ((await running.database.collection('works').doc(id).get()).data as Row[])[0]?.n as number

interface Tally {
  committed: number
  conflicts: number
}

/**
 * Sixteen clients, each with an SDK of its own, do the same at the same time; a conflict is tried again a little later.
 * What an attempt answers is called when it is committed.
 */
const together = async (
  turns: number,
  work: (
    database: Database,
    worker: number,
    turn: number,
  ) => (transaction: Transaction) => Promise<undefined | (() => void)>,
): Promise<Tally> => {
  const tally: Tally = { committed: 0, conflicts: 0 }
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      const database = openSdk(running.cloud.adminUrl).database()
      for (let turn = 0; turn < turns; turn += 1) {
        const attempt = work(database, worker, turn)
        for (let isDone = false; !isDone; ) {
          const transaction = await database.startTransaction()
          try {
            const onCommitted = await attempt(transaction)
            await transaction.commit()
            onCommitted?.()
            tally.committed += 1
            isDone = true
          } catch (error) {
            const { code } = error as { code?: string }
            if (code !== 'DATABASE_TRANSACTION_CONFLICT') throw error
            tally.conflicts += 1
            await transaction.rollback()
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
          }
        }
      }
    }),
  )
  return tally
}

const add = (rows: readonly object[]) => running.database.collection('works').add(rows as never)

test('transfers by sixteen workers lose no update and keep the sum, and every conflict is reported', async () => {
  const ids = Array.from({ length: accounts }, (_, at) => `account-${at}`)
  await add(ids.map((_id) => ({ _id, n: openingBalance })))
  const moved = new Map(ids.map((id) => [id, 0]))
  const sums: number[] = []
  const tally = await together(6, (_database, worker, turn) => async (transaction) => {
    const from = ids[(worker + turn) % accounts] as string
    const to = ids[(worker * 5 + turn * 3 + 1) % accounts] as string
    if (worker === 0) {
      // One reads all of them: whatever the others do meanwhile, it sees one state.
      let sum = 0
      for (const id of ids) sum += await read(transaction, id)
      sums.push(sum)
      return undefined
    }
    if (from === to) return undefined
    const [a, b] = [await read(transaction, from), await read(transaction, to)]
    await set(transaction, from, a - 1)
    await set(transaction, to, b + 1)
    return () => {
      moved.set(from, (moved.get(from) ?? 0) - 1)
      moved.set(to, (moved.get(to) ?? 0) + 1)
    }
  })
  const balances = new Map(await Promise.all(ids.map(async (id) => [id, await present(id)] as const)))
  expect([...balances.values()].reduce((all, one) => all + one, 0)).toBe(accounts * openingBalance)
  for (const id of ids) expect([id, balances.get(id)]).toEqual([id, openingBalance + (moved.get(id) ?? 0)])
  expect(sums).toEqual(sums.map(() => accounts * openingBalance))
  expect(tally.committed).toBe(workers * 6)
  expect(tally.conflicts).toBeGreaterThan(0)
})

test('a counter that sixteen workers read, raise and write ends at the number of commits', async () => {
  await add([{ _id: 'counter', n: 0 }])
  const tally = await together(4, () => async (transaction) => {
    await set(transaction, 'counter', (await read(transaction, 'counter')) + 1)
    return undefined
  })
  expect(tally.committed).toBe(workers * 4)
  expect(await present('counter')).toBe(workers * 4)
  expect(tally.conflicts).toBeGreaterThan(0)
})

describe('two who may not both leave', () => {
  /** Leaves only if the other is still there. */
  const leave = (pair: number, who: string, other: string) => async (transaction: Transaction) => {
    if ((await read(transaction, `${other}-${pair}`)) === 1) await set(transaction, `${who}-${pair}`, 0)
  }

  test('both leave when each writes only what is its own: snapshot isolation has write skew, here as on the platform', async () => {
    await add([
      { _id: 'left-s', n: 1 },
      { _id: 'right-s', n: 1 },
    ])
    const [a, b] = [await running.database.startTransaction(), await running.database.startTransaction()]
    expect([await read(a, 'right-s'), await read(b, 'left-s')]).toEqual([1, 1])
    await set(a, 'left-s', 0)
    await set(b, 'right-s', 0)
    await a.commit()
    await b.commit()
    expect([await present('left-s'), await present('right-s')]).toEqual([0, 0])
  })

  test('one stays when both also write a document they share, whatever sixteen workers do', async () => {
    const pairs = workers / 2
    await add(
      Array.from({ length: pairs }, (_, pair) => [
        { _id: `left-${pair}`, n: 1 },
        { _id: `right-${pair}`, n: 1 },
        { _id: `roster-${pair}`, n: 0 },
      ]).flat(),
    )
    await together(1, (database, worker) => async (transaction) => {
      const pair = Math.floor(worker / 2)
      const [who, other] = worker % 2 === 0 ? ['left', 'right'] : ['right', 'left']
      await leave(pair, who as string, other as string)(transaction)
      await transaction
        .collection('works')
        .doc(`roster-${pair}`)
        .update({ n: database.command.inc(1) })
      return undefined
    })
    for (let pair = 0; pair < pairs; pair += 1) {
      expect((await present(`left-${pair}`)) + (await present(`right-${pair}`))).toBe(1)
      expect(await present(`roster-${pair}`)).toBe(2)
    }
  })
})

test('the SDK’s own retry gives up after its attempts with the conflict’s code, and nothing is written', async () => {
  await add([{ _id: 'contested', n: 0 }])
  const holder = await running.database.startTransaction()
  await set(holder, 'contested', 5)
  let attempts = 0
  const outcome = running.database.runTransaction(async (transaction: Transaction) => {
    attempts += 1
    await set(transaction, 'contested', 9)
  }, 2)
  await expect(outcome).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' })
  expect(attempts).toBe(3)
  await holder.commit()
  expect(await present('contested')).toBe(5)
})
