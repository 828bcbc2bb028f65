import { type ChildProcess, spawn } from 'node:child_process'

export interface StepOutcome {
  readonly hasFailed: boolean
  /** It was ended because it did not end by itself. */
  readonly isTooLong: boolean
}

export interface StepOptions {
  readonly cwd: string
  /** `held` is shown whole when the step has ended, so that steps side by side can be told apart. */
  readonly output: 'shown' | 'errors' | 'held'
  /** After which it is ended with everything that it has started. */
  readonly mostMs: number
}

const isWindows = process.platform === 'win32'

/** The process with all that it has started: they are one group, or one tree. */
const killAll = (child: ChildProcess): void => {
  if (child.pid === undefined) return
  if (isWindows) {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}

/**
 * Runs one command to its end, or to the end of its time: what hangs fails, and the next one has its turn. Whatever the
 * command leaves running behind it is ended too.
 */
export const runStep = (
  command: string,
  args: readonly string[],
  { cwd, output, mostMs }: StepOptions,
): Promise<StepOutcome> =>
  new Promise((resolve) => {
    const kind = output === 'held' ? 'pipe' : 'inherit'
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', output === 'errors' ? 'ignore' : kind, kind],
      env: process.env,
      // A group of its own, so that all of it can be ended together.
      detached: !isWindows,
      shell: isWindows,
    })
    const held: Buffer[] = []
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        held.push(chunk)
      })
    let isTooLong = false
    const timer = setTimeout(() => {
      isTooLong = true
      killAll(child)
    }, mostMs)
    // In a process group of its own it does not get the signals that end this process.
    const endToo = (signal: NodeJS.Signals) => {
      killAll(child)
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    const signals = ['SIGINT', 'SIGTERM'] as const
    for (const signal of signals) process.on(signal, endToo)
    const finish = (hasFailed: boolean) => {
      clearTimeout(timer)
      for (const signal of signals) process.off(signal, endToo)
      process.stdout.write(Buffer.concat(held))
      resolve({ hasFailed: hasFailed || isTooLong, isTooLong })
    }
    child.once('error', () => finish(true))
    // What it left running would hold its output open: it is closed when they are gone and the last of it has come.
    child.once('exit', () => killAll(child))
    child.once('close', (code) => finish(code !== 0))
  })
