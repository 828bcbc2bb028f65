import { parentPort, workerData } from 'node:worker_threads'
import { fromText } from '../ground/codec'
import { PlatformFailure } from '../ground/failure'
import type { LongReadsOptions, ThreadMessage } from './long-reads'
import { openQueries, plainView, type ReadJob, type ReadResult } from './queries'
import { describeCollections, openReading } from './store'

const { folder, collections, unindexedQueries } = workerData as LongReadsOptions
const reading = openReading(folder)
const say = (message: ThreadMessage): void => parentPort?.postMessage(message)

/** The collections are looked up for each job: fields may have come to hold lists since the last one. */
const answer = (job: ReadJob): ReadResult =>
  reading.atOnce(() =>
    openQueries({
      collections: describeCollections(reading.read, collections),
      unindexedQueries,
      warn: (text) => say({ kind: 'warning', text }),
    }).run(plainView(reading.read), job),
  )

parentPort?.on('message', ({ id, text }: { readonly id: number; readonly text: string }) => {
  try {
    say({ kind: 'done', id, result: answer(fromText(text) as unknown as ReadJob) })
  } catch (error) {
    const isRefusal = error instanceof PlatformFailure
    const message = error instanceof Error ? error.message : String(error)
    say({ kind: 'failed', id, message, ...(isRefusal ? { code: error.code } : {}) })
  }
})
