/** Whether this window was opened on a computer that everybody uses. */
export const publicKey = 'public-computer'

/** Where the browser keeps what it keeps: on a public computer no longer than the window is open. */
export const browserStore = (): Storage => {
  try {
    return sessionStorage.getItem(publicKey) === null ? localStorage : sessionStorage
  } catch {
    return localStorage
  }
}

/** What the browser keeps for the product, as Taro keeps it there: nothing of Taro has come when it is first read. */
export const deviceStorage = {
  read: (name: string): unknown => {
    try {
      return (JSON.parse(browserStore().getItem(name) ?? 'null') as { readonly data?: unknown } | null)?.data
    } catch {
      return undefined
    }
  },
  /** Rejects on a device that is full. */
  write: async (name: string, data: unknown): Promise<void> =>
    browserStore().setItem(name, JSON.stringify({ data })),
  /** `services/storage.ts` puts something else in its place where the browser keeps nothing. */
  isLasting: (): boolean => localStorage instanceof Storage,
  forget: (name: string): void => browserStore().removeItem(name),
}
