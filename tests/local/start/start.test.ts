import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openProduct } from '../../../local/product'
import { readPort } from '../../../local/serve'
import { opened } from '../../support/opened'

const root = path.join(__dirname, '../../..')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The product's functions, with another clock. */
const withClock = async (name: string, code: string): Promise<string> => {
  const functionRoot = path.join(folder, name)
  await mkdir(path.join(functionRoot, 'clock'), { recursive: true })
  await writeFile(path.join(functionRoot, 'clock/index.js'), code)
  return functionRoot
}

interface Ended {
  readonly code: number | null
  readonly said: string
  readonly complained: string
}

/** `npm start` without the building; when it serves it is told to end. */
const start = (env: Readonly<Record<string, string>>): Promise<Ended> =>
  new Promise((resolve) => {
    const child: ChildProcess = spawn(
      process.execPath,
      ['--import', 'tsx', path.join(root, 'local/start.ts')],
      { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const close = opened(() => child.kill('SIGKILL'))
    let [said, complained] = ['', '']
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk
      if (/^ready /m.test(said)) child.kill('SIGTERM')
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      complained += chunk
    })
    child.once('close', (code) => void close().then(() => resolve({ code, said, complained })))
  })

const listening = async (): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer()
  opened(() => new Promise((resolve) => server.close(resolve)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

const slowClock = `let runs = 0
exports.main = async () => { runs += 1; if (runs === 2) throw new Error('busy'); return { isComplete: runs === 5 } }`

test('a start serves when the clock has needed many runs', async () => {
  const data = path.join(folder, 'seeded')
  const { code, said, complained } = await start({
    PORT: '0',
    DATA_DIR: data,
    FUNCTION_ROOT: await withClock('slow', slowClock),
  })
  expect(complained).toBe('')
  expect(said).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/m)
  expect(code).toBe(0)
})

test('a start whose clock always fails ends with one line that says why', async () => {
  const ended = await start({
    PORT: '0',
    DATA_DIR: path.join(folder, 'failing'),
    FUNCTION_ROOT: await withClock(
      'failing-clock',
      "exports.main = async () => { throw new Error('no luck') }",
    ),
  })
  expect(ended.complained).toMatch(/^the clock failed \d+ times in a row while .*no luck[^\n]*\n$/)
  expect([ended.code, ended.said]).toEqual([1, expect.not.stringContaining('ready')])
})

test.each([
  ['PORT is no number', async () => ({ PORT: 'many' }), /^PORT must be a whole number/],
  [
    'the first port is taken',
    async () => ({ PORT: String((await listening()).port) }),
    /^port \d+ is in use/,
  ],
  [
    'the second port is taken',
    async () => ({ PORT: String((await listening()).port - 1) }),
    /^port \d+ is in use/,
  ],
  [
    'the data cannot be read',
    async () => {
      const data = path.join(folder, 'corrupt')
      await mkdir(data, { recursive: true })
      await writeFile(path.join(data, 'database.sqlite'), 'no database at all '.repeat(100))
      return { PORT: '0', DATA_DIR: data }
    },
    /cannot be opened/,
  ],
])('a start ends with one line when %s', async (_what, envOf, words) => {
  const data = path.join(folder, 'copy')
  await cp(path.join(folder, 'seeded'), data, { recursive: true })
  const { code, said, complained } = await start({ DATA_DIR: data, ...(await envOf()) })
  expect(complained.trim().split('\n')).toHaveLength(1)
  expect(complained).toMatch(words)
  expect([code, said]).toEqual([1, ''])
})

test('a product whose clock never answers is given up and leaves nothing open', async () => {
  const { server, port } = await listening()
  await new Promise((resolve) => server.close(resolve))
  await expect(
    openProduct({
      port,
      folder: path.join(folder, 'never'),
      functionRoot: await withClock('never-clock', 'exports.main = () => new Promise(() => {})'),
      isTimersOn: false,
      patience: { callMs: 50, overallMs: 60_000, failures: 2 },
    }),
  ).rejects.toThrow(
    'the clock failed 2 times in a row while the demonstration was brought up to date: no answer for',
  )
  await expect(fetch(`http://127.0.0.1:${port}/console`)).rejects.toThrow()
})

test('a port is a whole number that leaves room for the next one', () => {
  expect(readPort(undefined, 5180)).toBe(5180)
  expect(readPort('0', 5180)).toBe(0)
  expect(readPort('65534', 5180)).toBe(65_534)
  for (const given of ['65535', '-1', '1.5', 'x', '1e3', ' 1'])
    expect(() => readPort(given, 5180)).toThrow('PORT must be')
})
