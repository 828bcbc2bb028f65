import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'

const root = path.join(__dirname, '../..')

/** What a part of the work says of each history; the next seed is its answer. */
export type Played<T> = { readonly played: T } | { readonly failed: string }

/** In the process that plays: plays the histories it is told, one at a time. */
export const playAsTold = <T>(play: (seed: number) => Promise<T>): void => {
  process.on('message', (seed: number) => {
    play(seed)
      .then((played) => process.send?.({ played } satisfies Played<T>))
      .catch((error: unknown) =>
        process.send?.({ failed: `history ${seed}: ${String((error as Error).stack)}` } satisfies Played<T>),
      )
  })
}

/** Plays histories in as many processes as the machine has processors; each is told one seed after the other. */
export const playInProcesses = async <T>(
  /** The file whose process plays (`playAsTold`). */
  player: string,
  {
    histories,
    firstSeed,
    jobs = availableParallelism(),
  }: { readonly histories: number; readonly firstSeed: number; readonly jobs?: number },
  onPlayed: (played: T) => void,
): Promise<void> => {
  const outfile = path.join(root, 'dist/checks', `${path.basename(player, '.ts')}-${process.pid}.cjs`)
  // Bundled, it starts at once and runs twice as fast as through a loader.
  await build({
    entryPoints: [player],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  let next = 0
  let played = 0
  const failures: string[] = []
  const work = async (): Promise<void> => {
    // Without the loader of the process that tells it: it is plain JavaScript.
    const child: ChildProcess = fork(outfile, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const giveNext = (): void => {
      if (next >= histories || failures.length > 0) child.disconnect()
      else {
        child.send(firstSeed + next)
        next += 1
      }
    }
    child.on('message', (message: Played<T>) => {
      if ('failed' in message) failures.push(message.failed)
      else {
        played += 1
        onPlayed(message.played)
      }
      giveNext()
    })
    giveNext()
    await once(child, 'exit')
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, histories)) }, work))
  if (failures.length > 0) throw new Error(failures.join('\n'))
  if (played !== histories) throw new Error(`only ${played} of ${histories} histories were played`)
}
