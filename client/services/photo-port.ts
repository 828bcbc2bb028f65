import type { LocalFile } from './cloud-port'

/** A picture the resident chose on this device. */
export interface ChosenPhoto {
  readonly file: LocalFile
  readonly previewUrl: string
}

export type ShrunkPhoto =
  | { readonly ok: true; readonly file: LocalFile }
  | { readonly ok: false; readonly message: string }
