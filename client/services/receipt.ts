/** What is printed on a receipt: with it, and without an account, one follows its one matter. */
export interface Receipt {
  readonly number: string
  readonly code: string
}

interface Held {
  readonly receipt: Receipt & {
    /** What this device is called where it prints receipts. */
    readonly device?: string | undefined
  }
  /** Its matter, and the one with which that is handled; none before it has been opened. */
  readonly reportIds: readonly string[]
}

let held: Held | undefined

/** While a page of it is there calls about its matter show it. It is kept nowhere. */
export const holdReceipt = (receipt: Held['receipt'], reportIds: readonly string[]): void => {
  held = { receipt, reportIds }
}

export const letGoOfReceipt = (): void => {
  held = undefined
}

/** Whether this matter is followed by a receipt now. */
export const isByReceipt = (reportId: string): boolean => held?.reportIds.includes(reportId) ?? false

/** What goes with a call beside its input, where it is about the matter of the receipt that is held. */
export const shownWith = (action: string, input: object): { readonly receipt?: object } => {
  if (!held) return {}
  const isAbout = 'reportId' in input && isByReceipt(String(input.reportId))
  if (action !== 'report.ofReceipt' && (!isAbout || action === 'page.open')) return {}
  return { receipt: held.receipt }
}
