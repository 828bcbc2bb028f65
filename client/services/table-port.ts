import type { LocalFile } from './cloud-port'

/** A file of a table that somebody chose on this device. */
export interface ChosenTable {
  readonly file: LocalFile
  /** What it is called there, with its ending. */
  readonly name: string
  readonly bytes: number
}

/** None chosen is no file and no fault. */
export type TableChoice =
  | { readonly ok: true; readonly table: ChosenTable | undefined }
  | { readonly ok: false; readonly message: string }
