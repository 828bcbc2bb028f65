import type { LocalFile } from './cloud-port'

/** A picture the resident chose on this device. */
export interface ChosenPhoto {
  readonly file: LocalFile
  readonly previewUrl: string
}

/** `barred`: camera and album are not open to this app here, until their owner says so in the settings. */
export type PhotoChoice =
  | { readonly ok: true; readonly photos: readonly ChosenPhoto[] }
  | { readonly ok: false; readonly why: 'barred' | 'failed' }

export type ShrunkPhoto =
  | { readonly ok: true; readonly file: LocalFile }
  | { readonly ok: false; readonly message: string }

/** Pictures that this device keeps until they have been sent, beyond the page and the app. */
export interface KeptPhotos {
  /** False where the device has no room or does not allow it. */
  readonly keep: (key: string, file: LocalFile) => Promise<boolean>
  readonly recall: (key: string) => Promise<ChosenPhoto | undefined>
  readonly forget: (key: string) => Promise<void>
}
