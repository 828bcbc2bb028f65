import * as fc from 'fast-check'
import { countAbove } from '../../cloudfunctions/ground/page'

describe('how many stand above the first rows of a list', () => {
  test('is as many as there are, whatever a figure says, where the rows are all', () => {
    expect(countAbove(3, { rows: [], nextCursor: null })).toBe(0)
    fc.assert(
      fc.property(fc.nat(9), fc.array(fc.nat()), (figure, rows) => {
        expect(countAbove(figure, { rows, nextCursor: null })).toBe(rows.length)
      }),
    )
  })

  test('is what the figure says where more follow, and never fewer than can be seen', () => {
    expect(countAbove(40, { rows: [1, 2], nextCursor: '2~b' })).toBe(40)
    expect(countAbove(1, { rows: [1, 2], nextCursor: '2~b' })).toBe(3)
  })
})
