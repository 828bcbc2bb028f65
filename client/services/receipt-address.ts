import { routes } from '../routes'
import { decode, writeParams } from './page-address'
import type { Receipt } from './receipt'

/** What a camera reads on a slip. Number and code stand behind the `#`: no server is sent them, and none writes them down. */
export const receiptAddress = (origin: string, { number, code }: Receipt): string =>
  `${origin}?receipt#/${routes.receipt}?${writeParams({ number, code: code.replace(' ', '') })}`

/** Number and code in what was read; undefined where it is none. */
export const receiptIn = (scanned: string): Receipt | undefined => {
  const address = decode(scanned)
  const named = (name: string): string | undefined => new RegExp(`[?&]${name}=([^&#]+)`).exec(address)?.[1]
  const number = named('number')
  const code = named('code')
  return number !== undefined && code !== undefined ? { number, code } : undefined
}
