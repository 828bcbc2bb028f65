import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { opened } from '../../support/opened'
import { aDatabase, openSdk } from './a-cloud'

const root = path.join(__dirname, '../../..')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'full-'))
  await writeFile(path.join(folder, 'database.json'), JSON.stringify(aDatabase))
  await writeFile(path.join(folder, 'cloudbaserc.json'), JSON.stringify({ envId: 'local', functions: [] }))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** No file may become larger than this: the system's writes fail there as they do on a full disk. */
const mostKilobytes = 6000

const start = async (limit: string) => {
  const words = [
    ...['--data', path.join(folder, 'data'), '--config', path.join(folder, 'cloudbaserc.json')],
    ...['--database', path.join(folder, 'database.json')],
  ]
  const child: ChildProcess = spawn(
    'bash',
    ['-c', `${limit} exec "$0" --import tsx local/cloudbase/cli.ts "$@"`, process.execPath, ...words],
    { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const killed = opened(() => child.kill('SIGKILL'))
  const adminUrl = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const ready = /^ready (\S+)$/m.exec(chunk.toString())?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', () => reject(new Error('the cloud ended before it served')))
  })
  const stop = async () => {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
    await killed()
  }
  return { app: openSdk(adminUrl), stop }
}

test('on a full disk writes are refused and say why, reads go on, and all that was answered is there afterwards', async () => {
  const limited = await start(`trap '' XFSZ; ulimit -f ${mostKilobytes};`)
  const works = limited.app.database().collection('works')
  const answered: string[] = []
  let refusal: unknown
  for (let n = 0; !refusal && n < 1000; n += 1) {
    try {
      await works.add({ _id: `w${n}`, branch: 'b', status: 's', dueAt: n, text: '泥'.repeat(20_000) })
      answered.push(`w${n}`)
    } catch (error) {
      refusal = error
    }
  }
  expect(refusal).toMatchObject({
    code: 'DATABASE_REQUEST_FAILED',
    message: expect.stringContaining('the disk is full or failing'),
  })
  expect(answered.length).toBeGreaterThan(10)
  expect((await works.where({ branch: 'b', status: 's' }).count()).total).toBe(answered.length)
  expect((await works.doc('w3').get()).data).toHaveLength(1)
  await expect(
    limited.app.uploadFile({ cloudPath: 'incoming/large', fileContent: Buffer.alloc(mostKilobytes * 2048) }),
  ).rejects.toThrow()
  await limited.stop()

  const freed = await start('')
  const after = freed.app.database().collection('works')
  expect((await after.where({ branch: 'b', status: 's' }).count()).total).toBe(answered.length)
  await after.add({ _id: 'late', branch: 'b', status: 's', dueAt: 0 })
  expect((await after.doc('late').get()).data).toHaveLength(1)
  const { fileList } = await freed.app.getTempFileURL({
    fileList: ['cloud://local.local-bucket/incoming/large'],
  })
  expect(fileList[0]).toMatchObject({ code: 'STORAGE_FILE_NONEXIST' })
  await freed.stop()
})
