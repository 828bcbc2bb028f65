import { chinaDateOn, startOfChinaDate } from '../../../ground/instant'
import type { RedFaceEntries } from '../ports'
import { redFaceWeight } from '../rules/red-face'

interface WeighPorts {
  readonly redFaceEntries: Pick<RedFaceEntries, 'weighedBefore' | 'reweigh'>
}

const batch = 100

/**
 * Gives the public entries the weight of today; says how many. Once a day, and for everybody of one day the same: a
 * page read slowly misses nothing (F4).
 */
export const weighAnew =
  ({ redFaceEntries }: WeighPorts) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly reweighed: number }> => {
    const staleAt = startOfChinaDate(chinaDateOn(now))
    let reweighed = 0
    for (
      let entries = await redFaceEntries.weighedBefore(staleAt, batch);
      entries.length > 0 && mayGoOn();
    ) {
      for (const entry of entries) {
        const weight = redFaceWeight(
          { since: entry.noticedAt, until: entry.heldUntilAt, isCleared: false },
          entry.supporterCount,
          now,
        )
        await redFaceEntries.reweigh(entry.id, entry.reportRev, weight, now)
        reweighed += 1
      }
      if (entries.length < batch) break
      entries = await redFaceEntries.weighedBefore(staleAt, batch)
    }
    return { reweighed }
  }
