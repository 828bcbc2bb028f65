import { newCommandId } from './command-id'
import { keptValue } from './kept-value'

/** What is printed on a receipt: with it, and without an account, one follows its one matter. */
export interface Receipt {
  readonly number: string
  readonly code: string
}

interface Held {
  readonly receipt: Receipt
  /** Its matter, and the one with which that is handled; none before it has been opened. */
  readonly reportIds: readonly string[]
}

let held: Held | undefined

/** While a page of it is there calls about its matter show it. It is kept nowhere. */
export const holdReceipt = (receipt: Receipt, reportIds: readonly string[]): void => {
  held = { receipt, reportIds }
}

export const letGoOfReceipt = (): void => {
  held = undefined
}

/** Whether this matter is followed by a receipt now. */
export const isByReceipt = (reportId: string): boolean => held?.reportIds.includes(reportId) ?? false

const printerDevice = keptValue(
  () => 'receipt-printer',
  // WeChat answers an empty text where nothing is kept.
  (kept): kept is string => typeof kept === 'string' && kept !== '',
)

/** What this device is called where receipts are printed: what is said by one through it is known (Q5). */
export const nameOfPrinter = (): string => {
  const known = printerDevice.read()
  if (known !== undefined) return known
  const name = newCommandId()
  printerDevice.keep(name)
  return name
}

/** What goes with a call beside its input, where it is about the matter of the receipt that is held. */
export const shownWith = (action: string, input: object): { readonly receipt?: object } => {
  if (!held) return {}
  const isAbout = 'reportId' in input && isByReceipt(String(input.reportId))
  if (action !== 'report.ofReceipt' && (!isAbout || action === 'page.open')) return {}
  const device = printerDevice.read()
  return { receipt: { ...held.receipt, ...(device === undefined ? {} : { device }) } }
}
