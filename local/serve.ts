/** Reads PORT; the next port must be valid too, as the mini-program's host takes it. */
export const readPort = (given: string | undefined, otherwise: number): number => {
  if (given === undefined || given === '') return otherwise
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65_534)
    throw new Error(`PORT must be a whole number from 0 to 65534, not ${given}`)
  return port
}

/**
 * Starts, or ends the process with exit code 1 after one line that says why. It exits explicitly: handles that are open
 * by then would keep a process alive that serves nothing.
 */
export const serveOrExit = (start: () => Promise<void>): void => {
  start().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${reason.trim().replaceAll(/\s*\n\s*/g, '; ')}\n`, () => process.exit(1))
  })
}
