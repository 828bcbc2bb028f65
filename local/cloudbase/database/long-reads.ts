import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { writeEjson } from '../ground/codec'
import type { CollectionConfig } from '../ground/config'
import { databaseFailure, PlatformFailure } from '../ground/failure'
import type { ReadJob, ReadResult } from './queries'

export interface LongReadsOptions {
  readonly folder: string
  readonly collections: readonly CollectionConfig[]
  readonly unindexedQueries: 'refuse' | 'warn'
}

export type ThreadMessage =
  | { readonly kind: 'done'; readonly id: number; readonly result: ReadResult }
  | { readonly kind: 'failed'; readonly id: number; readonly code?: string; readonly message: string }
  | { readonly kind: 'warning'; readonly text: string }

interface Asked {
  readonly resolve: (result: ReadResult) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  readonly asked: Map<number, Asked>
}

const mostThreads = 2
/** Sorting and grouping in memory end here, as they do on the platform, and not with this process. */
const mostMegabytes = 512

/** Threads that read while others write; each is started when it is first needed. */
export const openLongReads = (options: LongReadsOptions, warn: (text: string) => void) => {
  let threads: Thread[] = []
  let lastId = 0
  let isClosed = false

  const start = (): Thread => {
    const worker = new Worker(path.join(__dirname, 'long-reads-worker.cjs'), {
      workerData: options,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    })
    // It must not keep the process alive.
    worker.unref()
    const thread: Thread = { worker, asked: new Map() }
    const end = (error: Error): void => {
      threads = threads.filter((one) => one !== thread)
      for (const { reject } of thread.asked.values()) reject(error)
      thread.asked.clear()
    }
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'warning') return warn(message.text)
      const asked = thread.asked.get(message.id)
      thread.asked.delete(message.id)
      if (message.kind === 'done') asked?.resolve(message.result)
      else
        asked?.reject(
          message.code === undefined
            ? new Error(message.message)
            : new PlatformFailure(message.code, message.message),
        )
    })
    worker.on('error', (error: NodeJS.ErrnoException) =>
      end(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? databaseFailure(
              'the query needs more memory than it may have: let it begin with a narrower $match',
            )
          : error,
      ),
    )
    worker.on('exit', () => end(new PlatformFailure('SYS_ERR', 'the cloud is closing')))
    threads.push(thread)
    return thread
  }

  return {
    run: (job: ReadJob): Promise<ReadResult> =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new PlatformFailure('SYS_ERR', 'the cloud is closing'))
        const [free] = [...threads].sort((a, b) => a.asked.size - b.asked.size)
        const thread = free && (free.asked.size === 0 || threads.length >= mostThreads) ? free : start()
        lastId += 1
        thread.asked.set(lastId, { resolve, reject })
        thread.worker.postMessage({ id: lastId, text: writeEjson(job) })
      }),
    close: (): void => {
      isClosed = true
      for (const { worker } of threads) void worker.terminate()
    },
  }
}
