import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

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
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Starts the product as `npm start` does, in a process of its own, and waits until it serves. */
export const startProduct = async (folder: string): Promise<RunningProduct> => {
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
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    moveClock: async (ms) => {
      await post(`${url}/local/move-clock`, { ms })
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
