import { type ChildProcess, spawn } from 'node:child_process'

export interface StepOutcome {
  readonly hasFailed: boolean
  /** It was ended because it did not end by itself. */
  readonly isTooLong: boolean
}

export interface StepOptions {
  readonly cwd: string
  readonly isQuiet: boolean
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
  { cwd, isQuiet, mostMs }: StepOptions,
): Promise<StepOutcome> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'],
      env: process.env,
      // A group of its own, so that all of it can be ended together.
      detached: !isWindows,
      shell: isWindows,
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
      killAll(child)
      resolve({ hasFailed: hasFailed || isTooLong, isTooLong })
    }
    child.once('error', () => finish(true))
    child.once('exit', (code) => finish(code !== 0))
  })
