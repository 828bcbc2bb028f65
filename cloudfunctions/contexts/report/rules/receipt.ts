import type { Keyed } from '../../../ground/keyed'
import { spokenCodeFrom } from '../../../ground/text/spoken-code'

/** 回执: by number and code whoever has no WeChat follows what a service centre filed for them. */
export interface Receipt {
  /** All that is kept of the code. */
  readonly codeDigest: string
  /** The key of whom it was filed for: whoever has their place since has no receipt. */
  readonly key: string
  /** The service centre that filed it. */
  readonly unitId: string
  /** How often it has been printed; each print has a code of its own and ends the one before. */
  readonly printNo: number
  /** Filed by one of the staff for their own family. */
  readonly isForFamily?: true
  /** What tells the devices that printed it from others, the latest last. */
  readonly devices: readonly string[]
}

/** Characters of the code: thirty bits, beside a number that is random too. */
export const receiptCodeLength = 6

/** No account of the platform is called so: whoever holds the receipt of this report. */
export const receiptAccount = (reportId: string): string => `receipt:${reportId}`

/** The code of the print that this command made: only who has the secret can work it out, and the same again. */
export const receiptCode = (keyed: Keyed, reportId: string, commandId: string): string =>
  spokenCodeFrom(keyed(`receipt code|${reportId}|${commandId}`), receiptCodeLength)

export const receiptDigest = (keyed: Keyed, reportId: string, code: string): string =>
  keyed(`receipt|${reportId}|${code}`).slice(0, 40)

/** The same device in another report is called otherwise. */
export const deviceDigest = (keyed: Keyed, reportId: string, device: string): string =>
  keyed(`receipt device|${reportId}|${device}`).slice(0, 24)

/** Whoever prints on more devices than that has the last of them kept. */
const mostDevices = 20

/** With one more device that has printed it, where one is named. */
export const withDevice = (devices: readonly string[], device: string | undefined): readonly string[] =>
  device === undefined ? devices : [...devices.filter((one) => one !== device), device].slice(-mostDevices)
