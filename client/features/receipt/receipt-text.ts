import { decode } from '../../services/page-address'
import type { Receipt } from '../../services/receipt'

/** Number and code in the address that WeChat has read from a slip; undefined where it is none. */
export const receiptIn = (scanned: string): Receipt | undefined => {
  const address = decode(scanned)
  const named = (name: string): string | undefined => new RegExp(`[?&]${name}=([^&#]+)`).exec(address)?.[1]
  const number = named('number')
  const code = named('code')
  return number !== undefined && code !== undefined ? { number, code } : undefined
}
