// The package's data file alone: its code also carries lunar tables, which are 25 KB and no deadline needs.
import chineseDays from 'chinese-days/dist/chinese-days.json'

/** The days off and make-up days of every year that the State Council had announced when the package was made. */
export const packagedDays = {
  source: 'https://github.com/vsme/chinese-days',
  holidays: Object.keys(chineseDays.holidays),
  makeUpDays: Object.keys(chineseDays.workdays),
}
