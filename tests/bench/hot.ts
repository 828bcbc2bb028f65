import { rm } from 'node:fs/promises'
import path from 'node:path'
import { bundleFunctions } from '../../config/bundle-functions'
import { readOptions } from '../../config/command-line'
import { measureHotMatters } from './hot-matter'

const values = readOptions(
  `usage: npm run bench:hot [-- --supporters 1,1000,48000] [--runs 15]
what a report of thousands of supporters costs beside a report of one, through the functions: calls, bytes and time of
each action, whether all are told once and all who tap at once are counted; the last line is the report`,
  {
    supporters: { type: 'string', default: '1,1000,48000' },
    runs: { type: 'string', default: '15' },
  },
)

/** Within the project, so that native libraries are found. */
const functionRoot = path.join(__dirname, `../../dist/functions-under-bench-${process.pid}`)

const run = async (): Promise<void> => {
  await bundleFunctions(functionRoot)
  process.env.FUNCTION_ROOT = functionRoot
  const sizes = values.supporters.split(',').map(Number)
  const report = await measureHotMatters(sizes, { runs: Number(values.runs) })
  console.info(JSON.stringify(report))
}

run()
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
  .finally(() => rm(functionRoot, { recursive: true, force: true }))
