import { chinaDateOn } from '../../../ground/instant'
import type { DutyDone } from '../../../journal/duties'
import type { Drift, KeptFigures } from '../ports'

interface Recounted extends DutyDone {
  /** What did not agree, by the last recount and by the one under way. */
  readonly figuresDrifted: readonly Drift[]
}

interface WatchPorts {
  readonly figures: Pick<KeptFigures, 'recountAlarm' | 'saveRecountAlarm' | 'saveRecountProgress'>
  readonly check: (now: number, mayGoOn: () => boolean) => Promise<Recounted>
}

/** As many as anybody reads in a log; the others are put right as well. */
const mostTold = 50

/**
 * What a recount finds is told by each run of the clock until a recount finds nothing: whichever of its pieces found it,
 * and however many runs it takes. One that has found something is followed by another at once, so that what has been put
 * right is known to be, and is told no longer.
 */
export const watchRecount =
  ({ figures, check }: WatchPorts) =>
  async (now: number, mayGoOn: () => boolean): Promise<Recounted> => {
    const { told, found } = await figures.recountAlarm()
    const { figuresDrifted, isComplete = true } = await check(now, mayGoOn)
    const all = [...found, ...figuresDrifted].slice(0, mostTold)
    if (!isComplete) {
      if (figuresDrifted.length > 0) await figures.saveRecountAlarm({ told, found: all })
      return { figuresDrifted: [...told, ...all], isComplete }
    }
    // First of all: an alarm without the recount that ends it would be taken for one that has ended.
    if (all.length > 0)
      await figures.saveRecountProgress({ on: chinaDateOn(now), part: 'sections', cursor: null })
    if (all.length > 0 || told.length > 0) await figures.saveRecountAlarm({ told: all, found: [] })
    return { figuresDrifted: all, isComplete, isWatched: all.length > 0 }
  }
