import path from 'node:path'
import { readOptions } from '../../../config/command-line'
import { playInProcesses } from '../in-processes'
import type { Difference, PlayedFigures } from './play'

/**
 * `npm run check:figures -- --histories 10000`: is every derived figure what the reports say, however often, late,
 * out of order and cut off it was derived? The last line is the report.
 */
const values = readOptions(
  `usage: npm run check:figures [-- --histories 10000] [--seed 1] [--jobs NUMBER]
whether every derived figure is what the reports say; the last line is the report`,
  {
    histories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string' },
  },
)

const check = async () => {
  let histories = 0
  let figures = 0
  const differences: Difference[] = []
  await playInProcesses<PlayedFigures>(
    path.join(__dirname, 'play-figures.ts'),
    {
      histories: Number(values.histories),
      firstSeed: Number(values.seed),
      ...(values.jobs === undefined ? {} : { jobs: Number(values.jobs) }),
    },
    (played) => {
      histories += 1
      figures += played.figures
      differences.push(...played.differences)
      if (histories % 500 === 0) console.error(`${histories} histories`)
    },
  )
  for (const one of differences.slice(0, 10)) console.error(JSON.stringify(one))
  return { histories, figures, differences: differences.length }
}

check().then(
  (report) => {
    console.info(JSON.stringify(report))
    if (report.differences > 0) process.exitCode = 1
  },
  (error: unknown) => {
    console.error(error)
    process.exitCode = 1
  },
)
