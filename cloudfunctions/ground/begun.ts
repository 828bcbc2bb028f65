/** Work that is started before it is known whether its outcome will be asked for: a failure is told to whoever asks. */
export const begun = <T>(work: Promise<T>): Promise<T> => {
  work.catch(() => {})
  return work
}
