import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'

const functionRootOf = (processId: number | undefined): string =>
  path.join(__dirname, '../../../dist', `bench-functions-${processId}`)

const inside = async (measure: (functionRoot: string) => Promise<object>): Promise<void> => {
  console.info(JSON.stringify(await measure(functionRootOf(process.pid))))
  process.send?.('done', () => process.kill(process.pid, 'SIGKILL'))
}

const outside = async (file: string): Promise<void> => {
  const child = fork(file, process.argv.slice(2), { env: { ...process.env, BENCH_INSIDE: '1' } })
  let isDone = false
  child.on('message', () => {
    isDone = true
  })
  await once(child, 'exit')
  rmSync(functionRootOf(child.pid), { recursive: true, force: true })
  if (!isDone) process.exitCode = 1
}

/**
 * Measures in a process of its own, which is killed when all is said: what it has written stays in the logs of the
 * databases, which are thrown away, and the databases stay as they were made. Says what was measured in one JSON line.
 */
export const measureApart = (
  file: string,
  measure: (functionRoot: string) => Promise<object>,
): Promise<void> =>
  (process.env.BENCH_INSIDE ? inside(measure) : outside(file)).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
