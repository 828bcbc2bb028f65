'use strict'
// Runs one function in one worker thread, one invocation at a time, as the platform runs an instance.
const { parentPort, workerData } = require('node:worker_threads')

// Replaces Date: the function's present is the machine's time plus the cloud's offset.
const RealDate = Date
let offsetMs = workerData.offsetMs
function MovedDate(...parts) {
  if (!new.target) return new RealDate(RealDate.now() + offsetMs).toString()
  return Reflect.construct(RealDate, parts.length > 0 ? parts : [RealDate.now() + offsetMs], new.target)
}
MovedDate.prototype = RealDate.prototype
MovedDate.now = () => RealDate.now() + offsetMs
MovedDate.parse = RealDate.parse
MovedDate.UTC = RealDate.UTC
RealDate.prototype.constructor = MovedDate
globalThis.Date = MovedDate

for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
  console[level] = (...parts) => {
    const text = parts
      .map((part) => (typeof part === 'string' ? part : require('node:util').inspect(part)))
      .join(' ')
    parentPort.postMessage({ kind: 'log', level, text })
  }
}

// resourceLimits cap the V8 heap only; external memory, like buffers, is polled here against the baseline of an empty
// instance.
const outside = () => {
  const { external, arrayBuffers } = process.memoryUsage()
  return Math.max(external, arrayBuffers)
}
const outsideAtStart = outside()
const watchMemory = () => {
  if (outside() - outsideAtStart <= workerData.mostBytes) return
  parentPort.postMessage({ kind: 'memory' })
  process.exit(1)
}
setInterval(watchMemory, 50).unref()

let handler
const load = () => {
  handler ??= require(workerData.file)[workerData.exportName]
  if (typeof handler !== 'function') throw new Error(`${workerData.file} exports no ${workerData.exportName}`)
  return handler
}

// The environment of one caller must not leak to the next one.
let ownKeys = []
const takeOn = (environment) => {
  for (const key of ownKeys) delete process.env[key]
  ownKeys = Object.keys(environment)
  for (const key of ownKeys) process.env[key] = environment[key]
}

parentPort.on('message', async ({ id, event, context, environment, offsetMs: present }) => {
  offsetMs = present
  takeOn(environment)
  try {
    const value = await load()(event, context)
    watchMemory()
    parentPort.postMessage({ kind: 'done', id, result: value === undefined ? 'null' : JSON.stringify(value) })
  } catch (error) {
    parentPort.postMessage({
      kind: 'failed',
      id,
      message: error?.stack ? String(error.stack) : String(error),
    })
  }
})
