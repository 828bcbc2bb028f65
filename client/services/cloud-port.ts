/** A picture on this device: a file in the browser, a temporary path in WeChat. */
export type LocalFile = Blob | string

/**
 * The cloud as the client sees it. Both calls reject when the network or the platform fails; a refusal of the
 * product is an ordinary answer.
 */
export interface Cloud {
  readonly callFunction: (name: string, payload: object) => Promise<unknown>
  /** Answers the file's id; `onProgress` hears the share sent, 0 to 1. */
  readonly uploadFile: (
    cloudPath: string,
    file: LocalFile,
    onProgress: (share: number) => void,
  ) => Promise<string>
}
