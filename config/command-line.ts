import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values']

/** Options of a command: `--help` says what it does and ends it, one that is unknown ends it with one line. */
export const readOptions = <T extends Options>(usage: string, options: T): Values<T> => {
  try {
    const withHelp = { ...options, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ options: withHelp as Options })
    if (!values.help) return values as Values<T>
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    console.error(`${why}; --help says what there is`)
    process.exit(1)
  }
  console.info(usage)
  process.exit(0)
}

/** What an option names, parted by commas: all without it; a name that there is not ends the command with one line. */
export const among = <T extends string>(
  all: readonly T[],
  asked: string | undefined,
  what: string,
): readonly T[] => {
  const chosen = asked?.split(',') ?? all
  const unknown = chosen.find((one) => !all.some((known) => known === one))
  if (unknown === undefined) return all.filter((one) => chosen.includes(one))
  console.error(`${unknown} is no ${what}: ${all.join(', ')}`)
  process.exit(1)
}
