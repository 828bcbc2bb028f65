import type tcb from '@cloudbase/node-sdk'

/** What a job asks of the database. */
export interface Asked {
  /** Each call as `database.getDocument reports`, in the order of sending. */
  readonly calls: readonly string[]
  /** How often one waits for an answer before anything more can be asked: calls sent together are one round. */
  readonly rounds: number
}

interface Requester {
  send: (api: string, data: { readonly collectionName?: string }, options?: unknown) => Promise<unknown>
}

/** After so many turns of the event loop in which nothing was sent, what runs waits for an answer. */
const quietTurns = 50

const quiet = async (isStill: () => boolean): Promise<boolean> => {
  for (let turn = 0; turn < quietTurns; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    if (!isStill()) return false
  }
  return true
}

/**
 * Counts what the functions of this process ask of the database. A call is held until whatever was sent before it is
 * answered and nothing more is being sent, so that the count depends on what waits for what and not on the machine's
 * speed.
 */
export const watchDatabase = (app: ReturnType<typeof tcb.init>) => {
  // Every collection, query and transaction of the SDK sends through one class.
  const { reqClass } = app.database().constructor as unknown as {
    readonly reqClass: { prototype: Requester }
  }
  const requester = reqClass.prototype
  const { send } = requester

  let calls: string[] | undefined
  let rounds = 0
  let inFlight = 0
  let held: (() => void)[] = []

  const release = async (): Promise<void> => {
    const count = held.length
    if (count === 0 || inFlight > 0) return
    if (!(await quiet(() => held.length === count && inFlight === 0))) return
    const together = held
    held = []
    inFlight = together.length
    rounds += 1
    for (const go of together) go()
  }

  requester.send = async function (this: Requester, api, data, options) {
    if (!calls) return send.call(this, api, data, options)
    calls.push(`${api} ${data.collectionName ?? ''}`.trim())
    await new Promise<void>((resolve) => {
      held.push(resolve)
      void release()
    })
    try {
      return await send.call(this, api, data, options)
    } finally {
      inFlight -= 1
      void release()
    }
  }

  return {
    /** What one job asks; jobs are watched one after the other. */
    during: async (job: () => Promise<unknown>): Promise<Asked> => {
      if (calls) throw new Error('another job is being watched')
      calls = []
      rounds = 0
      try {
        await job()
        return { calls, rounds }
      } finally {
        calls = undefined
      }
    },
    /** The SDK sends as before. */
    stop: (): void => {
      requester.send = send
    },
  }
}
