import type { Reports } from '../ports'
import { type ReportNumber, reportNumberAt, reportNumberCount } from '../rules/report-number'

/** So many an instance keeps at once: of so many submissions one waits for the database to give numbers. */
export const numbersAtOnce = 16

/** The more numbers are taken, the fewer are free together: half as many are tried each time, and one at last. */
const atOnce = (tries: number): number => Math.max(1, numbersAtOnce >> tries)

/** With one number in ten taken, so many tries fail once in 10 to the 17. */
const mostTries = 20

interface Numbering {
  readonly reports: Pick<Reports, 'keepNumbers'>
  /** A whole number from 0 up to but not including the limit, each as likely as any other, from the environment's source for secrets. */
  readonly draw: (limit: number) => number
}

/**
 * Numbers for new reports that no other report has or will have, each drawn by itself: two that an instance gives one
 * after the other have nothing in common. What is kept for a report that is not written after all, or by an instance
 * that ends, stays unused: there are nine hundred million.
 */
export const numberReports = ({ reports, draw }: Numbering): (() => Promise<ReportNumber>) => {
  const kept: ReportNumber[] = []

  const keepSome = async (): Promise<ReportNumber> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const places = Array.from({ length: atOnce(tries) }, () => draw(reportNumberCount))
      const [own, ...others] = new Set(places.map(reportNumberAt))
      if (own === undefined || !(await reports.keepNumbers([own, ...others]))) continue
      kept.push(...others)
      return own
    }
    throw new Error(`no free numbers in ${mostTries} tries`)
  }

  return async () => kept.pop() ?? keepSome()
}
