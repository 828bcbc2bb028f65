import type { Keyed } from '../../../ground/keyed'
import type { Limits } from '../../limits/ports'
import { readerName } from '../../limits/shared/limit-calls'
import { tokenTaker } from '../../limits/shared/take-tokens'
import { uploadedKilobytes } from '../contract'

interface Metered {
  readonly accountId: string
  readonly whose: keyof typeof uploadedKilobytes
  readonly bytes: number
  readonly now: number
  /** What is metered once, however often it is asked for. */
  readonly use?: string
}

/** Takes bytes of photos from those that an account may have stored: null when they are taken, else when they may be. */
export const meterPhotos = (ports: { readonly keyed: Keyed; readonly limits: Limits }) => {
  const { take } = tokenTaker(ports.limits)
  return ({ accountId, whose, bytes, now, use }: Metered): Promise<number | null> => {
    const bucket = uploadedKilobytes[whose]
    const name = readerName(ports.keyed, { accountId, network: '' })
    const amount = Math.min(Math.ceil(bytes / 1024), bucket.burst)
    const command = use === undefined ? undefined : ports.keyed(`photo-bytes|${use}`).slice(0, 16)
    return take({ id: `photo.bytes:${name}:${whose}`, bucket, amount, command }, now)
  }
}
