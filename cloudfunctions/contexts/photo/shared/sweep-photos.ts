import { dayMs } from '../../../ground/instant'
import { inPieces } from '../../../journal/in-pieces'
import type { Photos } from '../ports'

/** So long after a photo was taken in a draft on somebody's telephone may still send it. */
const keptUnusedMs = 90 * dayMs
/** A call that met it before it was given up may go on with it: it is over long before the files go. */
const keptGivenUpMs = dayMs
const givenUpAtOnce = 200
/** Each has two files. */
const removedAtOnce = 25

/**
 * Photos that were taken in and that nothing has shown for ninety days: given up first, which no draft comes back from,
 * and a day later removed, files and rows, as long as there is time.
 */
export const sweepPhotos =
  ({ photos }: { readonly photos: Pick<Photos, 'giveUp' | 'removeGivenUp'> }) =>
  async (now: number, mayGoOn: () => boolean) => {
    const removed = await inPieces(removedAtOnce, mayGoOn, (most) =>
      photos.removeGivenUp(now - keptGivenUpMs, most),
    )
    const givenUp = await inPieces(givenUpAtOnce, mayGoOn, (most) =>
      photos.giveUp(now - keptUnusedMs, now, most),
    )
    return {
      photosRemoved: removed.done,
      photosGivenUp: givenUp.done,
      isComplete: removed.isComplete && givenUp.isComplete,
    }
  }
