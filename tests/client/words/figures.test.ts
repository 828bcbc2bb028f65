import { figuresAsOf } from '../../../client/words/figures'
import { minuteMs } from '../../../cloudfunctions/ground/instant'

const now = Date.parse('2026-03-02T10:00:00+08:00')

describe('as of when figures are', () => {
  it('is said where they are older than the clock needs to count', () => {
    expect(figuresAsOf(now - minuteMs, now)).toBeUndefined()
    expect(figuresAsOf(now - 2 * minuteMs, now)).toBeUndefined()
    expect(figuresAsOf(now - 20 * minuteMs, now)).toBe('件数截至今天 9:40')
  })

  it('is that they are not whole, while reports are being counted for the first time', () => {
    expect(figuresAsOf(null, now)).toBe('正在统计，件数还不全')
  })
})
