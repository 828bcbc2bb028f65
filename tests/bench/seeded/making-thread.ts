import { parentPort, workerData } from 'node:worker_threads'
import { type Making, openMaking } from './make'

const make = openMaking(workerData as Making)

parentPort?.on('message', async ({ from, to }: { readonly from: number; readonly to: number }) => {
  const made = await make(from, to)
  parentPort?.postMessage(
    made,
    made.runs.map(({ bytes }) => bytes.buffer as ArrayBuffer),
  )
})
