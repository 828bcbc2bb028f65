import { dateText, instantText, remainingText } from '../../../client/components/time-text'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const beijing = (text: string) => Date.parse(`${text}+08:00`)

describe('a stretch of time is said as one says it', () => {
  test.each([
    [20_000, '不到1分钟'],
    [5 * minute, '5分钟'],
    [3 * hour + 20 * minute, '3小时20分'],
    [4 * hour, '4小时'],
    [2 * day + 3 * hour + 59 * minute, '2天3小时'],
    [2 * day + 40 * minute, '2天'],
    [12 * day + 5 * hour, '12天'],
  ])('%d ms is %s', (durationMs, text) => {
    expect(remainingText(durationMs)).toBe(text)
  })
})

describe('an instant is said by the wall clock in Beijing', () => {
  const now = beijing('2026-11-23T10:00')

  test.each([
    ['2026-11-23T09:05', '今天 9:05'],
    ['2026-11-22T23:59', '昨天 23:59'],
    ['2026-11-24T00:01', '明天 0:01'],
    ['2026-12-01T18:30', '12月1日（周二）18:30'],
    ['2027-02-10T18:30', '2027年2月10日（周三）18:30'],
    ['2026-06-03T09:20', '6月3日 9:20'],
    ['2025-06-03T09:20', '2025年6月3日'],
  ])('%s is %s', (at, text) => {
    expect(instantText(beijing(at), now)).toBe(text)
  })

  test('a day to come is said with its day of the week, and one that is near by its name', () => {
    expect(dateText(beijing('2026-11-23T23:00'), now)).toBe('今天')
    expect(dateText(beijing('2026-11-24T00:00'), now)).toBe('明天')
    expect(dateText(beijing('2026-11-25T00:00'), now)).toBe('11月25日（周三）')
  })

  test('a date of this year goes without the year', () => {
    expect(dateText(beijing('2026-01-02T00:10'), now)).toBe('1月2日')
    expect(dateText(beijing('2025-12-31T23:50'), now)).toBe('2025年12月31日')
  })
})
