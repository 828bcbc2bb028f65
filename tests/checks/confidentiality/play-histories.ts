import type { PlayedMessage } from './many'
import { playTwice } from './swapped'

/** Runs as a process of its own: plays the histories it is told, one at a time. */
process.on('message', ({ seed, length }: { readonly seed: number; readonly length: number }) => {
  playTwice(seed, length)
    .then((swapped) => process.send?.({ seed, swapped } satisfies PlayedMessage))
    .catch((error: unknown) =>
      process.send?.({ failed: `history ${seed}: ${String((error as Error).stack)}` }),
    )
})
