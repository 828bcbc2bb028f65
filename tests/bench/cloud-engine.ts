import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { readOptions } from '../../config/command-line'
import { platformVariables } from '../../local/cloudbase'
import { type Engine, openEngine } from '../../local/cloudbase/database/engine'

readOptions(
  `usage: npm run bench:cloud
the local database through the SDK and on the bare engine, at the sizes of BENCH_SIZES; the last line is the report`,
  {},
)

/**
 * The local database through the SDK and on the bare engine: the queue's query (branch and status, by due time, 20
 * rows) and single durable writes, at three sizes. Each size has a cloud in a process of its own and all are asked in
 * turn, so that a busy moment of the machine meets all of them: ratios within this one run are what to quote.
 */
const sizes = (process.env.BENCH_SIZES ?? '10000,100000,1000000').split(',').map(Number)
const runs = 300
const branches = 50
const writers = 16

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

const round = (value: number): number => Number(value.toPrecision(3))
const medianOf = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

const timed = async (work: () => unknown): Promise<number> => {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

/** The median of each subject, all asked in turn. */
const medians = async <T>(
  subjects: readonly T[],
  work: (subject: T, run: number) => unknown,
): Promise<number[]> => {
  const times = subjects.map((): number[] => [])
  for (let run = -20; run < runs; run += 1) {
    for (const [at, subject] of subjects.entries()) {
      const ms = await timed(() => work(subject, run + 20))
      if (run >= 0) times[at]?.push(ms)
    }
  }
  return times.map(medianOf)
}

const openWorks = (folder: string): Engine => openEngine({ folder, collections, unindexedQueries: 'refuse' })

const fill = async (folder: string, size: number): Promise<void> => {
  const engine = openWorks(folder)
  for (let from = 0; from < size; from += 5000) {
    await engine.insert(
      'works',
      Array.from({ length: Math.min(5000, size - from) }, (_, n) => aWork(from + n)),
    )
  }
  engine.close()
}

interface RunningCloud {
  readonly size: number
  readonly child: ChildProcess
  readonly adminUrl: string
  readonly readyMs: number
  readonly works: ReturnType<ReturnType<ReturnType<typeof tcb.init>['database']>['collection']>
  readonly command: ReturnType<ReturnType<typeof tcb.init>['database']>['command']
}

/** Answers the address that a child says it is ready at. */
const readyAt = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const ready = /^ready (\S+)$/m.exec(chunk.toString())?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', () => reject(new Error('the server ended before it served')))
  })

const startCloud = async (root: string, folder: string, size: number): Promise<RunningCloud> => {
  const startedMs = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', path.join(__dirname, '../../local/cloudbase/cli.ts'), '--data', folder],
      ...['--config', path.join(root, 'cloudbaserc.json'), '--database', path.join(root, 'database.json')],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const adminUrl = await readyAt(child)
  const database = tcb
    .init({
      env: 'local',
      secretId: 'x',
      secretKey: 'y',
      serviceUrl: adminUrl,
      keepalive: true,
    } as never)
    .database()
  return {
    size,
    child,
    adminUrl,
    readyMs: performance.now() - startedMs,
    works: database.collection('works'),
    command: database.command,
  }
}

const residentMb = async (child: ChildProcess): Promise<number> => {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024)
}

const agent = new Agent({ keepAlive: true })

/** One request without an SDK around it. */
const post = (url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve(Buffer.concat(chunks).toString()))
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })

const queueBody = (run: number): string =>
  JSON.stringify({
    action: 'database.getDocument',
    collectionName: 'works',
    queryType: 'WHERE',
    query: JSON.stringify({ branch: `b${run % branches}`, status: 'open' }),
    order: '{"dueAt":{"$numberInt":"1"},"_id":{"$numberInt":"1"}}',
    limit: 20,
    envName: 'local',
  })

const bareServer = `
  const { createServer } = require('node:http')
  const answer = process.argv[1]
  const server = createServer((asked, reply) => asked.resume().on('end', () => reply.end(answer)))
  server.listen(0, '127.0.0.1', () => console.info('ready http://127.0.0.1:' + server.address().port))
`

/** A server that has nothing to do: what Node's HTTP alone takes, between two processes, for an answer of this size. */
const startBareServer = async (
  answer: string,
): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
  const child = spawn(process.execPath, ['-e', bareServer, answer], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { child, url: await readyAt(child) }
}

const measure = async (): Promise<void> => {
  const root = await mkdtemp(path.join(tmpdir(), 'bench-'))
  Object.assign(process.env, platformVariables('local'))
  await writeFile(path.join(root, 'cloudbaserc.json'), JSON.stringify({ envId: 'local', functions: [] }))
  await writeFile(
    path.join(root, 'database.json'),
    JSON.stringify({ collections, storage: { AclTag: 'ADMINONLY' } }),
  )
  const folderOf = (size: number) => path.join(root, String(size))
  const loadSeconds: number[] = []
  for (const size of sizes) {
    await mkdir(folderOf(size))
    loadSeconds.push((await timed(() => fill(folderOf(size), size))) / 1000)
    console.info(`${size} documents in ${loadSeconds.at(-1)?.toFixed(1)} s`)
  }

  const clouds: RunningCloud[] = []
  for (const size of sizes) clouds.push(await startCloud(root, folderOf(size), size))
  const viaSdk = await medians(clouds, ({ works }, run) =>
    works
      .where({ branch: `b${run % branches}`, status: 'open' })
      .orderBy('dueAt', 'asc')
      .orderBy('_id', 'asc')
      .limit(20)
      .get(),
  )
  const bare = await startBareServer(await post(clouds[0]?.adminUrl ?? '', queueBody(0)))
  const viaHttp = await medians([...clouds.map(({ adminUrl }) => adminUrl), bare.url], (url, run) =>
    post(url, queueBody(run)),
  )
  const floorMs = viaHttp.pop() ?? Number.NaN
  bare.child.kill()
  await once(bare.child, 'exit')
  const writeViaSdk = await medians(clouds, ({ works, size }, run) => works.add(aWork(size + run)))
  const perSecond: number[] = []
  for (const { works, size } of clouds) {
    const each = Array.from({ length: writers }, (_, writer) => async () => {
      for (let run = 0; run < 50; run += 1) await works.add(aWork(2 * size + writer * 50 + run))
    })
    const ms = await timed(() => Promise.all(each.map((write) => write())))
    perSecond.push((writers * 50 * 1000) / ms)
  }
  const residentMbs = await Promise.all(clouds.map(({ child }) => residentMb(child)))
  for (const { child } of clouds) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }

  const engines = sizes.map((size) => ({ size, engine: openWorks(folderOf(size)) }))
  const onEngine = await medians(engines, ({ engine }, run) =>
    engine.find('works', {
      query: { branch: `b${run % branches}`, status: 'open' },
      sort: [
        ['dueAt', 1],
        ['_id', 1],
      ],
      limit: 20,
    }),
  )
  const writeOnEngine = await medians(engines, ({ engine, size }, run) =>
    engine.insert('works', [aWork(3 * size + run)]),
  )
  for (const { engine } of engines) engine.close()
  await rm(root, { recursive: true, force: true })
  agent.destroy()

  const bySize = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(sizes.map((size, at) => [size, round(values[at] ?? Number.NaN)]))
  const growth = (values: readonly number[]): number => round((values.at(-1) ?? 0) / (values[0] ?? 1))
  const minus = (a: readonly number[], b: readonly number[]) => a.map((one, at) => one - (b[at] ?? 0))
  console.info(
    JSON.stringify({
      queueMs: bySize(viaSdk),
      queueGrowth: growth(viaSdk),
      sdkMs: bySize(minus(viaSdk, viaHttp)),
      httpMs: round(floorMs),
      serverMs: bySize(minus(viaHttp, onEngine).map((one) => one - floorMs)),
      engineMs: bySize(onEngine),
      engineGrowth: growth(onEngine),
      sdkOverEngine: bySize(viaSdk.map((one, at) => one / (onEngine[at] ?? 1))),
      writesPerSecond: bySize(writeViaSdk.map((ms) => 1000 / ms)),
      writesPerSecondOf16: bySize(perSecond),
      engineWritesPerSecond: bySize(writeOnEngine.map((ms) => 1000 / ms)),
      readyMs: bySize(clouds.map((cloud) => cloud.readyMs)),
      residentMb: bySize(residentMbs),
      loadSeconds: bySize(loadSeconds),
    }),
  )
}

measure().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
