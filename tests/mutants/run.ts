import { readOptions } from '../../config/command-line'
import { readMutants, tryMutants } from './mutants'

/** So many of them, spread evenly over all. */
const sampleOf = <T>(all: readonly T[], count: number): readonly T[] =>
  count >= all.length ? all : all.filter((_one, place) => (place * count) % all.length < count)

/** `npm run test:mutants [-- --only NAME] [-- --sample 10]`: the last line says how many were noticed. */
const main = async (): Promise<void> => {
  const { only, sample } = readOptions(
    `usage: npm run test:mutants [-- --only NAME] [--sample 10]
one-line changes of rules and use cases: the tests must notice; the last line says how many were noticed`,
    { only: { type: 'string' }, sample: { type: 'string' } },
  )
  const all = await readMutants()
  const named = only === undefined ? all : all.filter(({ name }) => name.includes(only))
  if (named.length === 0) throw new Error(`no mutant is called ${only}`)
  const count = sample === undefined ? named.length : Number(sample)
  if (!Number.isSafeInteger(count) || count < 1) throw new Error('--sample takes a whole number')
  const outcomes = await tryMutants(sampleOf(named, count), {
    onOutcome: ({ mutant, isKilled, by, seconds }) =>
      process.stdout.write(
        `${isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.name} (${seconds} s)${by ? ` by ${by}` : ''}\n`,
      ),
  })
  const survivors = outcomes.filter(({ isKilled }) => !isKilled)
  for (const { mutant } of survivors) process.stdout.write(`survived: ${mutant.name}: ${mutant.harm}\n`)
  const [mutants, survived] = [outcomes.length, survivors.length]
  process.stdout.write(`${JSON.stringify({ mutants, killed: mutants - survived, survived })}\n`)
  // A few cannot be told from the product as it is, or are not worth a test: the README names them.
  if (survived * 20 > mutants) process.exitCode = 1
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
})
