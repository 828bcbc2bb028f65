import type { KeptBucket, Limits } from '../../../cloudfunctions/contexts/limits/ports'

/** Buckets as the database keeps them, and how often it was asked; answers come later, as they do from a database. */
export const openKeptBuckets = () => {
  const buckets = new Map<string, KeptBucket>()
  let calls = 0
  const answered = async <T>(value: () => T): Promise<T> => {
    calls += 1
    await Promise.resolve()
    const answer = value()
    await Promise.resolve()
    return answer
  }
  const limits: Limits = {
    read: (id) => answered(() => buckets.get(id)),
    begin: (id, bucket) =>
      answered(() => {
        if (buckets.has(id)) return false
        buckets.set(id, bucket)
        return true
      }),
    beginAnew: (id, bucket, now) =>
      answered(() => {
        const found = buckets.get(id)
        if (!found || found.fullAt > now) return false
        buckets.set(id, bucket)
        return true
      }),
    take: (id, { after, until, byMs, command }) =>
      answered(() => {
        const found = buckets.get(id)
        if (!found || found.fullAt <= after || found.fullAt > until) return false
        const commands = command === undefined ? found.commands : [...found.commands, command]
        buckets.set(id, { fullAt: found.fullAt + byMs, commands })
        return true
      }),
    dropFull: (now, most) =>
      answered(() => {
        const full = [...buckets].filter(([, { fullAt }]) => fullAt <= now).slice(0, most)
        for (const [id] of full) buckets.delete(id)
        return full.length
      }),
  }
  return { limits, buckets, calls: () => calls }
}
