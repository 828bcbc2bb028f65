import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runStep } from '../../config/step'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'step-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (script: string, mostMs = 240_000) =>
  runStep(process.execPath, ['-e', script], { cwd: folder, output: 'errors', mostMs })

const isRunning = (id: number): boolean => {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

/** Starts something that never ends, puts down its id, and goes on with `then`. */
const leaving = (file: string, then: string): string => `
  const { spawn } = require('node:child_process')
  const { writeFileSync } = require('node:fs')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'inherit', 'inherit'] })
  writeFileSync(${JSON.stringify(file)}, String(child.pid))
  child.unref()
  ${then}`

const gone = async (file: string): Promise<void> => {
  const id = Number(await readFile(path.join(folder, file), 'utf8'))
  expect(id).toBeGreaterThan(0)
  while (isRunning(id)) await new Promise((resolve) => setTimeout(resolve, 10))
}

test('a step succeeds or fails by its exit code', async () => {
  expect(await run('process.exitCode = 0')).toEqual({ hasFailed: false, isTooLong: false })
  expect(await run('process.exitCode = 3')).toEqual({ hasFailed: true, isTooLong: false })
})

test('a step that cannot be started has failed', async () => {
  const options = { cwd: folder, output: 'errors', mostMs: 240_000 } as const
  expect(await runStep('/no/such/command', [], options)).toEqual({ hasFailed: true, isTooLong: false })
})

test('a step that does not end is ended with all that it has started, and has failed', async () => {
  // It may be cut off before it has started anything: then it gets more time.
  for (let mostMs = 500; ; mostMs *= 2) {
    expect(await run(leaving('hung', 'setInterval(() => {}, 1000)'), mostMs)).toEqual({
      hasFailed: true,
      isTooLong: true,
    })
    const hasStarted = await readFile(path.join(folder, 'hung'), 'utf8').catch(() => '')
    if (hasStarted !== '') break
  }
  await gone('hung')
})

test('what a step leaves running is ended with it', async () => {
  expect(await run(leaving('left', ''))).toEqual({ hasFailed: false, isTooLong: false })
  await gone('left')
})

test('what is held of a step is shown whole when it has ended, errors too, whatever it leaves running', async () => {
  const shown = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  const script = leaving('holding', "console.log('a'); console.error('b'); process.exitCode = 1")
  const options = { cwd: folder, output: 'held', mostMs: 240_000 } as const
  const outcome = await runStep(process.execPath, ['-e', script], options)
  const texts = shown.mock.calls.map(([text]) => String(text))
  shown.mockRestore()
  expect([outcome.hasFailed, ...texts]).toEqual([true, 'a\nb\n'])
  await gone('holding')
})
