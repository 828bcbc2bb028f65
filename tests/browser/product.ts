import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { layDemonstration } from '../support/demonstration'
import { opened } from '../support/opened'
import { runClockToItsEnd } from '../support/time'

const root = path.join(__dirname, '../..')

export interface RunningProduct {
  readonly url: string
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>
  readonly moveClock: (ms: number) => Promise<void>
}

const post = async (url: string, body: object): Promise<unknown> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (answer.ok) return JSON.parse(text)
  const code = /"code":"(\w+)"/.exec(text)?.[1]
  throw Object.assign(new Error(`${url}: HTTP ${answer.status} ${text}`), { code })
}

/**
 * Starts the product as `npm start` does, in a process of its own, and waits until it serves. A new folder gets the
 * demonstration.
 */
export const startProduct = async (folder: string): Promise<RunningProduct> => {
  const known = await readdir(folder).catch(() => [])
  if (known.length === 0) await layDemonstration(folder)
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(root, 'local/start.ts')],
    {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const exited = once(child, 'exit')
  const kill = opened(async () => {
    child.kill('SIGKILL')
    await exited
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const ready = /^ready (\S+)$/m.exec(output)?.[1]
      if (ready) resolve(ready)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void exited.then(() => reject(new Error(`the product ended before it served:\n${output}`)))
  })
  return {
    url,
    kill,
    moveClock: async (ms) => {
      await post(`${url}/local/step-clock`, { ms })
      const clock = { functionName: 'clock', triggerName: 'every-minute' }
      await runClockToItsEnd(async () => (await post(`${url}/local/run-timer`, clock)) as { value: unknown })
    },
  }
}

/** What a client of the cloud does without a browser: signs in as somebody of the demonstration and calls. */
export const signInAs = async (url: string, customUserId: string) => {
  const { ticket } = (await post(`${url}/local/ticket`, { customUserId })) as { ticket: string }
  const session = (await post(`${url}/auth/v1/signin/custom`, { ticket })) as { access_token: string }
  return async <T>(action: string, input: object): Promise<T> => {
    const answer = await fetch(`${url}/v1/functions/api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${session.access_token}` },
      body: JSON.stringify({ action, input }),
    })
    return (await answer.json()) as T
  }
}
