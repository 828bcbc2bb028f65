import { among, readOptions } from '../../config/command-line'
import { closeOpened } from '../support/opened'
import { overBudget } from './budgets'
import type { Counts } from './hand'
import { type JourneyName, journeys } from './journeys'
import { type Build, builds, prepareGround } from './play'

const names = Object.keys(journeys) as JourneyName[]

/**
 * `npm run journeys`: the last line is the report. Figures of H5 stand under the journey's name, those of the
 * mini-program beside them under `weapp`.
 */
const { only, build } = readOptions(
  `usage: npm run journeys [-- --only NAME,…] [--build h5|weapp]
plays counted journeys by tapping from home, on H5 and in the mini-program, each on fresh demonstration data;
needs npm run build:functions, build:h5:local and build:weapp before.
journeys: ${names.join(' ')}`,
  { only: { type: 'string' }, build: { type: 'string' } },
)

type Row = Partial<Counts> & { readonly weapp?: Counts }

const main = async (): Promise<void> => {
  const chosen = among(names, only, 'journey')
  const chosenBuilds = among(builds, build, 'build')
  const report: Partial<Record<JourneyName, Row>> = {}
  const ground = await prepareGround()
  const playOne = async (name: JourneyName, one: Build): Promise<Row> => {
    try {
      const counts = await ground.play(name, one)
      const over = overBudget(name, one, counts)
      if (over) console.error(over)
      if (over) process.exitCode = 1
      console.info(`${name} ${one}: ${JSON.stringify(counts)}`)
      return one === 'weapp' ? { weapp: counts } : counts
    } catch (error) {
      // The others are still worth knowing.
      process.exitCode = 1
      console.error(
        `${name} in ${one} did not come to its end: ${error instanceof Error ? error.message : error}`,
      )
      return {}
    }
  }
  for (const name of chosen)
    for (const one of chosenBuilds) report[name] = { ...report[name], ...(await playOne(name, one)) }
  await closeOpened()
  console.info(JSON.stringify(report))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
