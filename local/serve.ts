/** PORT, and one more for the phone beside it. */
export const readPort = (given: string | undefined, otherwise: number): number => {
  if (given === undefined || given === '') return otherwise
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65_534)
    throw new Error(`PORT must be a whole number from 0 to 65534, not ${given}`)
  return port
}

/**
 * A start that ends in one of two ways: it serves, or the process ends with exit code 1 after one line that says why.
 * What is open by then would otherwise keep a process alive that serves nobody.
 */
export const serveOrExit = (start: () => Promise<void>): void => {
  start().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${reason.trim().replaceAll(/\s*\n\s*/g, '; ')}\n`, () => process.exit(1))
  })
}
