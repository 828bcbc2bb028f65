/** A picture on this device: a file in the browser, a temporary path in WeChat. */
export type LocalFile = Blob | string

/** What a function answered, and between which instants of this device's clock. */
export interface Called {
  readonly answer: unknown
  readonly askedAt: number
  readonly answeredAt: number
}

/**
 * The cloud as the client sees it. Both calls reject when the network or the platform fails; a refusal of the
 * product is an ordinary answer.
 */
export interface Cloud {
  readonly callFunction: (name: string, payload: object) => Promise<Called>
  /** Answers the file's id; `onProgress` hears the share sent, 0 to 1. */
  readonly uploadFile: (
    cloudPath: string,
    file: LocalFile,
    onProgress: (share: number) => void,
  ) => Promise<string>
}
