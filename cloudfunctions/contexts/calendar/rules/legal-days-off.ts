import { chinaDateOn, dayMs, startOfChinaDate, yearOf } from '../../../ground/instant'

/**
 * Dates (`MM-DD`) that follow moon and sun, by year: the first day of the lunar year, Qingming, Dragon Boat,
 * Mid-Autumn. A table and not a computation: see docs/decisions/0014.
 */
const movingDates: Readonly<Record<number, readonly [string, string, string, string]>> = {
  2020: ['01-25', '04-04', '06-25', '10-01'],
  2021: ['02-12', '04-04', '06-14', '09-21'],
  2022: ['02-01', '04-05', '06-03', '09-10'],
  2023: ['01-22', '04-05', '06-22', '09-29'],
  2024: ['02-10', '04-04', '06-10', '09-17'],
  2025: ['01-29', '04-04', '05-31', '10-06'],
  2026: ['02-17', '04-05', '06-19', '09-25'],
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
  2036: ['01-28', '04-04', '05-30', '10-04'],
  2037: ['02-15', '04-04', '06-18', '09-24'],
  2038: ['02-04', '04-05', '06-07', '09-13'],
  2039: ['01-24', '04-05', '05-27', '10-02'],
  2040: ['02-12', '04-04', '06-14', '09-20'],
  2041: ['02-01', '04-04', '06-03', '09-10'],
  2042: ['01-22', '04-04', '06-22', '09-28'],
  2043: ['02-10', '04-05', '06-11', '09-17'],
  2044: ['01-30', '04-04', '05-31', '10-05'],
  2045: ['02-17', '04-04', '06-19', '09-25'],
  2046: ['02-06', '04-04', '06-08', '09-15'],
  2047: ['01-26', '04-05', '05-29', '10-04'],
  2048: ['02-14', '04-04', '06-15', '09-22'],
  2049: ['02-02', '04-04', '06-04', '09-11'],
  2050: ['01-23', '04-04', '06-23', '09-30'],
  2051: ['02-11', '04-05', '06-13', '09-19'],
  2052: ['02-01', '04-04', '06-01', '09-07'],
  2053: ['02-19', '04-04', '06-20', '09-26'],
  2054: ['02-08', '04-04', '06-10', '09-16'],
  2055: ['01-28', '04-05', '05-30', '10-05'],
  2056: ['02-15', '04-04', '06-17', '09-24'],
  2057: ['02-04', '04-04', '06-06', '09-13'],
  2058: ['01-24', '04-04', '06-25', '10-02'],
  2059: ['02-12', '04-05', '06-14', '09-21'],
  2060: ['02-02', '04-04', '06-03', '09-09'],
}

/** The last year whose moving dates stand in the table. */
export const lastTabledYear = Math.max(...Object.keys(movingDates).map(Number))

/** From this year on New Year's Eve of the lunar year and 2 May are off too (国务院令第795号). */
export const firstYearOfThePresentLaw = 2025

const daysLater = (on: string, days: number): string => chinaDateOn(startOfChinaDate(on) + days * dayMs)

/**
 * The days of a year that the law itself gives off, in order (全国年节及纪念日放假办法, 国务院令第795号, in force
 * since 2025-01-01; before that 国务院令第644号): 1 January; lunar New Year's Eve and the first three days of the
 * lunar year; Qingming; 1 and 2 May; Dragon Boat; Mid-Autumn; 1 to 3 October. No notice is needed for them and
 * none can take them away. Of a year that the table of moving dates does not hold only the fixed days are known.
 */
export const legalDaysOff = (year: number): readonly string[] => {
  const isPresentLaw = year >= firstYearOfThePresentLaw
  const days = ['01-01', '05-01', ...(isPresentLaw ? ['05-02'] : []), '10-01', '10-02', '10-03'].map(
    (date) => `${year}-${date}`,
  )
  const moving = movingDates[year]
  if (moving) {
    const [lunarNewYear, qingming, dragonBoat, midAutumn] = moving
    const first = `${year}-${lunarNewYear}`
    if (isPresentLaw) days.push(daysLater(first, -1))
    days.push(first, daysLater(first, 1), daysLater(first, 2))
    days.push(`${year}-${qingming}`, `${year}-${dragonBoat}`, `${year}-${midAutumn}`)
  }
  return [...new Set(days)].sort()
}

const legalDaysByYear = new Map<number, ReadonlySet<string>>()

/** Whether the law itself gives this date (`YYYY-MM-DD`) off. */
export const isLegalDayOff = (on: string): boolean => {
  const year = yearOf(on)
  let days = legalDaysByYear.get(year)
  if (!days) {
    days = new Set(legalDaysOff(year))
    legalDaysByYear.set(year, days)
  }
  return days.has(on)
}
