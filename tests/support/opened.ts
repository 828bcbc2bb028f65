type Close = () => unknown

/** Of the tests of one file; the last one opened is closed first. */
const open = new Set<Close>()
let isOver = false

/**
 * Registers how to close what has just been opened, and answers a function that closes it, once. Whatever a set-up
 * has opened before it failed or was cut off is closed when the file's tests are over: a server, browser or process
 * that stays keeps the whole run from ending.
 */
export const opened = (close: Close): (() => Promise<void>) => {
  let closing: Promise<void> | undefined
  const closeOnce = (): Promise<void> => {
    open.delete(closeOnce)
    closing ??= Promise.resolve().then(async () => {
      await close()
    })
    return closing
  }
  open.add(closeOnce)
  // A set-up that was cut off goes on behind the tests: what it still opens is closed at once.
  if (isOver) void closeOnce().catch(() => undefined)
  return closeOnce
}

/** Closes all that is still open; throws what the first failure was when all have had their turn. */
export const closeOpened = async (): Promise<void> => {
  isOver = true
  const failures: unknown[] = []
  for (const close of [...open].reverse())
    await Promise.resolve(close()).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
