/**
 * What people say on the phone: 编号 260-411-7838, stored without its hyphens. Random, so that no gap and no order tells of
 * other matters; the last digit is a check digit by Damm (2004), which notices every single wrong digit and every two
 * neighbours exchanged, the slips people make. The first is no 0: a sheet of figures would drop it.
 */
export type ReportNumber = string

/** Damm's totally anti-symmetric quasigroup of order 10: the row is what came out so far, the column the next digit. */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

const checkOf = (digits: string): string => {
  let interim = '0'
  for (const digit of digits) interim = quasigroup[Number(interim)]?.[Number(digit)] ?? ''
  return interim
}

const firstPayload = 100_000_000

/** How many numbers there are: one is drawn from as many. */
export const reportNumberCount = 9 * firstPayload

/** The number that stands at a place, from 0, among all there are. */
export const reportNumberAt = (place: number): ReportNumber => {
  if (!Number.isInteger(place) || place < 0 || place >= reportNumberCount) {
    throw new RangeError(`no report number at ${place}`)
  }
  const payload = String(firstPayload + place)
  return `${payload}${checkOf(payload)}`
}

/** A number as it was given out, however it was said or typed; undefined where nothing of the kind can have been. */
export const readReportNumber = (typed: string): ReportNumber | undefined => {
  const digits = typed.normalize('NFKC').replace(/[\s\-–—]/gu, '')
  return /^[1-9]\d{9}$/.test(digits) && checkOf(digits) === '0' ? digits : undefined
}

/** As it is said and written: 260-411-7838. */
export const spokenNumber = (number: ReportNumber): string =>
  number.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3')

/** With what it is. */
export const numberText = (number: ReportNumber): string => `编号 ${spokenNumber(number)}`
