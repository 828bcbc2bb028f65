/** So many within a time, evenly spread over it. */
interface Rate {
  readonly most: number
  readonly withinMs: number
}

export const per = (most: number, withinMs: number): Rate => ({ most, withinMs })

/** `burst` may be taken at once; what was taken comes back evenly at `rate`, up to `burst` again and never above. */
export interface Bucket {
  readonly burst: number
  readonly rate: Rate
}

export const bucket = (burst: number, rate: Rate): Bucket => ({ burst, rate })

/**
 * How full a bucket is follows from one instant: when it will be full if nothing more is taken (`fullAt`). It only ever
 * moves on, so that a clock that goes back gives nothing back, and who remembers an earlier one is never too strict.
 */

/** Until one that was taken is back. Rounded up: a bucket never gives more than was promised. */
const intervalMs = ({ rate }: Bucket): number => Math.ceil(rate.withinMs / rate.most)

/** By how much `fullAt` moves when so many are taken. */
export const costMs = (bucket: Bucket, amount: number): number => amount * intervalMs(bucket)

/** The latest `fullAt` with which so many may be taken. */
export const latestFullAt = (bucket: Bucket, amount: number, now: number): number =>
  now + costMs(bucket, bucket.burst - amount)

/** From when on so many may be taken. */
export const takeableAt = (bucket: Bucket, amount: number, fullAt: number): number =>
  fullAt - costMs(bucket, bucket.burst - amount)
