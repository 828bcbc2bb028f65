import { newCommandId } from './command-id'
import { keptValue } from './kept-value'

const kept = keptValue(
  () => 'receipt-printer',
  // WeChat answers an empty text where nothing is kept.
  (value): value is string => typeof value === 'string' && value !== '',
)

/** What this device is called where receipts are printed; undefined where it has printed none. */
export const printerName = (): string | undefined => kept.read()

/** The same, which it gets with its first: what is said by a receipt through it is known (Q5). */
export const nameOfPrinter = (): string => {
  const known = printerName()
  if (known !== undefined) return known
  const name = newCommandId()
  kept.keep(name)
  return name
}
