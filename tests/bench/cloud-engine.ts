import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { startCloud } from '../../local/cloudbase'
import { openEngine } from '../../local/cloudbase/engine/engine'

/**
 * The local database through the SDK, and the bare engine beside it: single durable writes, and the queue's query
 * (branch and status, by due time, 20 rows) at two sizes. Ratios within this one run are what to quote.
 */
const sizes = [10_000, 100_000] as const
const branches = 50

const collections = [
  {
    CollectionName: 'works',
    AclTag: 'ADMINONLY' as const,
    CreateIndexes: [
      {
        IndexName: 'queue',
        MgoKeySchema: {
          MgoIsUnique: false,
          MgoIndexKeys: ['branch', 'status', 'dueAt', '_id'].map((Name) => ({
            Name,
            Direction: '1' as const,
          })),
        },
      },
    ],
  },
]

const aWork = (n: number) => ({
  _id: `w${n}`,
  branch: `b${n % branches}`,
  status: n % 3 === 0 ? 'open' : 'done',
  dueAt: (n * 7919) % 1_000_003,
  text: '巷子一下雨全是泥'.repeat(20),
})

const median = async (runs: number, work: (run: number) => Promise<unknown> | unknown): Promise<number> => {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now()
    await work(run)
    times.push(performance.now() - startedMs)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
}

const round = (value: number): number => Number(value.toPrecision(3))

const measure = async (): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'))
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'local',
  })
  const result: Record<string, number> = {}
  for (const size of sizes) {
    const data = path.join(folder, String(size))
    const cloud = await startCloud({
      port: 0,
      folder: data,
      config: { envId: 'local', functions: [] },
      database: { collections, storage: { clientWritePrefixes: [], clientRead: false } },
      functionRoot: folder,
      unindexedQueries: 'refuse',
    })
    const database = tcb
      .init({
        env: 'local',
        secretId: 'x',
        secretKey: 'y',
        serviceUrl: cloud.adminUrl,
        keepalive: true,
      } as never)
      .database()
    for (let from = 0; from < size; from += 1000) {
      await database.collection('works').add(Array.from({ length: 1000 }, (_, n) => aWork(from + n)) as never)
    }
    const queue = (run: number) =>
      database
        .collection('works')
        .where({ branch: `b${run % branches}`, status: 'open' })
        .orderBy('dueAt', 'asc')
        .orderBy('_id', 'asc')
        .limit(20)
        .get()
    await median(20, queue)
    result[`queueMs${size}`] = await median(200, queue)
    result[`writeMs${size}`] = await median(200, (run) => database.collection('works').add(aWork(size + run)))
    await cloud.close()

    const engine = openEngine({ folder: data, collections, unindexedQueries: 'refuse' })
    const bare = (run: number) =>
      engine.find('works', {
        query: { branch: `b${run % branches}`, status: 'open' },
        sort: [
          ['dueAt', 1],
          ['_id', 1],
        ],
        limit: 20,
      })
    await median(20, bare)
    result[`engineQueueMs${size}`] = await median(200, bare)
    result[`engineWriteMs${size}`] = await median(200, (run) =>
      engine.insert('works', [aWork(2 * size + run)]),
    )
    engine.close()
  }
  await rm(folder, { recursive: true, force: true })
  const [small, large] = sizes
  const of = (name: string) => result[name] ?? Number.NaN
  console.info(
    JSON.stringify({
      queueMs: { [small]: round(of(`queueMs${small}`)), [large]: round(of(`queueMs${large}`)) },
      engineQueueMs: {
        [small]: round(of(`engineQueueMs${small}`)),
        [large]: round(of(`engineQueueMs${large}`)),
      },
      writesPerSecond: {
        [small]: round(1000 / of(`writeMs${small}`)),
        [large]: round(1000 / of(`writeMs${large}`)),
      },
      engineWriteMs: {
        [small]: round(of(`engineWriteMs${small}`)),
        [large]: round(of(`engineWriteMs${large}`)),
      },
      queueGrowth: round(of(`queueMs${large}`) / of(`queueMs${small}`)),
      engineQueueGrowth: round(of(`engineQueueMs${large}`) / of(`engineQueueMs${small}`)),
      sdkOverEngine: round(of(`queueMs${large}`) / of(`engineQueueMs${large}`)),
    }),
  )
}

measure().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
