/** Prints the page as its styles for paper show it; a mini-program has no printer. */
export const printPage: (() => void) | undefined =
  process.env.TARO_ENV === 'h5' ? () => window.print() : undefined
