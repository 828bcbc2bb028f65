import { rm } from 'node:fs/promises'
import path from 'node:path'
import { minuteMs } from '../../../cloudfunctions/ground/instant'
import { bundleFunctions } from '../../../config/bundle-functions'
import { readOptions } from '../../../config/command-line'
import { standingClock } from '../standing-clock'
import { playDeployed } from './deployed'
import { searchDump } from './dump'
import { openFunctionWorld } from './function-world'
import { askAround, probeAround } from './hidden-point'
import { playMany } from './many'
import { observers } from './reading'
import type { Difference } from './swapped'
import { searchWords } from './words'

/**
 * `npm run check:confidentiality -- --histories 2000`: can anybody tell from anything the product answers who has
 * reported? The last line is the report; `--functions` says how many histories also go through the bundled functions.
 */
const values = readOptions(
  `usage: npm run check:confidentiality [-- --histories 2000] [--functions 50] [--seed 1] [--jobs NUMBER]
whether who reported changes anything that others read; the last line is the report`,
  {
    histories: { type: 'string', default: '2000' },
    functions: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string' },
  },
)

const show = (differences: readonly Difference[]): void => {
  for (const { seed, question, person, action, input, one, other } of differences.slice(0, 5)) {
    const who = person ?? 'anybody'
    console.error(
      `history ${seed} (${question}): ${who} is answered differently to ${action} ${JSON.stringify(input)}`,
    )
    console.error(`  ${JSON.stringify(one)?.slice(0, 2000)}\n  ${JSON.stringify(other)?.slice(0, 2000)}`)
  }
}

/** The history of a seed through the functions is a shorter one: each call takes a process’s time. */
const deployedLength = 18

interface PlayedDeployed {
  readonly reads: number
  readonly differences: readonly Difference[]
  readonly words: Awaited<ReturnType<typeof searchWords>>
}

/** The first histories once more, through the bundled functions, and every word that somebody may not read. */
const playFunctions = async (histories: number, firstSeed: number): Promise<PlayedDeployed> => {
  const functionRoot = path.join(__dirname, '../../../dist', `functions-under-check-${process.pid}`)
  await bundleFunctions(functionRoot, { banner: { js: standingClock(minuteMs) } })
  let reads = 0
  const differences: Difference[] = []
  try {
    for (let count = 0; count < histories; count += 1) {
      const played = await playDeployed(functionRoot, firstSeed + count, deployedLength)
      reads += played.readings
      differences.push(...played.differences)
      if ((count + 1) % 10 === 0) console.error(`${count + 1} histories through the functions`)
    }
    const world = await openFunctionWorld(functionRoot)
    const words = await searchWords(world).finally(world.close)
    return { reads, differences, words }
  } finally {
    await rm(functionRoot, { recursive: true, force: true })
  }
}

const check = async () => {
  const firstSeed = Number(values.seed)
  // The functions are processes of their own: they are played beside the histories, of which each job plays some.
  const [many, deployed] = await Promise.all([
    playMany(
      {
        histories: Number(values.histories),
        firstSeed,
        ...(values.jobs === undefined ? {} : { jobs: Number(values.jobs) }),
      },
      (played) => {
        if (played % 100 === 0) console.error(`${played} histories`)
      },
    ),
    playFunctions(Number(values.functions), firstSeed),
  ])
  show(many.differences)
  show(deployed.differences)
  const dump = await searchDump()
  const around = await askAround()
  const probed = await probeAround()
  const { words } = deployed
  for (const { field, reader, how } of words.wrong)
    console.error(how === 'read' ? `${reader} reads ${field}` : `nobody of those who may reads ${field}`)
  return {
    histories: many.histories,
    observers: observers.length,
    reads: many.reads + deployed.reads,
    differences: many.differences.length + deployed.differences.length,
    throughFunctions: Number(values.functions),
    eventKinds: many.kinds.size,
    accountsTried: dump.accounts,
    named: dump.named,
    linked: dump.linked.length,
    questions: around.questions,
    probes: probed.probes,
    betterThanRounded: around.betterThanRounded + probed.betterThanRounded,
    texts: words.fields,
    misread: words.wrong.length,
  }
}

check()
  .then((report) => {
    console.info(JSON.stringify(report))
    const { differences, named, linked, betterThanRounded, misread } = report
    if (differences + named + linked + betterThanRounded + misread > 0) process.exitCode = 1
  })
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
