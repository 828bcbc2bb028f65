import { reportNumberAt } from '../../cloudfunctions/contexts/report/rules/report-number'

/** Is it a number as it is given, not misheard or mistyped? Whether a report has it is another question. */
export const isReportNumber = (text: string): boolean =>
  /^[1-9]\d{9}$/.test(text) && reportNumberAt(Number(text.slice(0, -1)) - 100_000_000) === text
