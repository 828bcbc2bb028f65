/** What the browser keeps for the product, as Taro keeps it there: nothing of Taro has come when it is first read. */
export const deviceStorage = {
  read: (name: string): unknown => {
    try {
      return (JSON.parse(localStorage.getItem(name) ?? 'null') as { readonly data?: unknown } | null)?.data
    } catch {
      return undefined
    }
  },
  /** Rejects on a device that is full. */
  write: async (name: string, data: unknown): Promise<void> =>
    localStorage.setItem(name, JSON.stringify({ data })),
  /** `services/storage.ts` puts something else in its place where the browser keeps nothing. */
  isLasting: (): boolean => localStorage instanceof Storage,
  forget: (name: string): void => localStorage.removeItem(name),
}
