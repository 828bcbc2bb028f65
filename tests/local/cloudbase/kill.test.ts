import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { aDatabase, openSdk } from './a-cloud'

const root = path.join(__dirname, '../../..')
const rounds = 4
const writers = 4

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'killed-'))
  await writeFile(path.join(folder, 'database.json'), JSON.stringify(aDatabase))
  await writeFile(path.join(folder, 'cloudbaserc.json'), JSON.stringify({ envId: 'local', functions: [] }))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = async (): Promise<{ readonly child: ChildProcess; readonly adminUrl: string }> => {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', path.join(root, 'local/cloudbase/cli.ts'), '--data', path.join(folder, 'data')],
      ...[
        '--config',
        path.join(folder, 'cloudbaserc.json'),
        '--database',
        path.join(folder, 'database.json'),
      ],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const adminUrl = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const ready = /^ready (\S+)$/m.exec(chunk.toString())?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', () => reject(new Error('the cloud ended before it served')))
  })
  return { child, adminUrl }
}

test('killed in the middle of writing, it has lost nothing that it acknowledged and holds nothing half', async () => {
  // The SDK remarks on requests whose server has gone.
  jest.spyOn(console, 'warn').mockImplementation((text: unknown) => {
    if (!String(text).includes('longer than 3s')) throw new Error(String(text))
  })
  const acknowledged = new Map<string, number>()
  for (let round = 0; round < rounds; round += 1) {
    const { child, adminUrl } = await start()
    const works = openSdk(adminUrl).database().collection('works')
    let isOver = false
    const writing = Array.from({ length: writers }, async (_, writer) => {
      for (let turn = 0; !isOver; turn += 1) {
        const _id = `${round}-${writer}-${turn}`
        try {
          await works.add({ _id, branch: 'b', status: 'open', dueAt: turn, n: turn, twin: turn })
          acknowledged.set(_id, turn)
          await works.doc(_id).update({ n: turn + 1000, twin: turn + 1000 })
          acknowledged.set(_id, turn + 1000)
        } catch {
          return
        }
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 400))
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    isOver = true
    await Promise.all(writing)
  }

  const { child, adminUrl } = await start()
  const exited = once(child, 'exit')
  const database = openSdk(adminUrl).database()
  const found = new Map<string, { n: number; twin: number }>()
  for (let dueAt = -1; ; ) {
    const { data } = await database
      .collection('works')
      .where({ branch: 'b', status: 'open', dueAt: database.command.gt(dueAt) })
      .orderBy('dueAt', 'asc')
      .limit(1000)
      .get()
    const rows = data as { _id: string; n: number; twin: number; dueAt: number }[]
    const last = rows[rows.length - 1]
    if (!last) break
    // The last due time may go on beyond the page.
    for (const row of rows) found.set(row._id, row)
    dueAt = rows.length < 1000 ? last.dueAt : last.dueAt - 1
    if (rows.length < 1000) break
  }
  child.kill('SIGTERM')
  await exited

  expect(acknowledged.size).toBeGreaterThan(rounds * writers)
  const lost = [...acknowledged].filter(([id, n]) => (found.get(id)?.n ?? -1) < n)
  expect(lost).toEqual([])
  expect([...found.values()].filter((row) => row.n !== row.twin)).toEqual([])
}, 120_000)
