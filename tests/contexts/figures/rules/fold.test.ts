import * as fc from 'fast-check'
import {
  foldedUp,
  isSame,
  knownCounts,
  type Section,
  totalOf,
} from '../../../../cloudfunctions/contexts/figures/rules/fold'
import { allBelow } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  accusingFigure,
  areaLists,
  type CountedList,
  ownLists,
} from '../../../../cloudfunctions/contexts/report/rules/lies-in'

const counts = <L extends string>(lists: readonly L[]) =>
  fc.dictionary(fc.constantFrom(...lists), fc.integer({ min: 1, max: 9 })) as fc.Arbitrary<
    Partial<Record<L, number>>
  >
const accusingOf = <L extends CountedList>(lists: readonly L[]) =>
  lists.map((list) => accusingFigure('u7', list))
const section: fc.Arbitrary<Section> = fc.record({
  own: counts([...ownLists, ...areaLists, ...accusingOf([...ownLists, ...areaLists])]),
  below: counts([...areaLists, ...accusingOf(areaLists)]),
})

describe('what is folded up', () => {
  test('what lies in the area of a unit lies in that of the unit above, and what is the unit’s own does not', () => {
    const above = {
      own: { open: 1 },
      below: foldedUp([{ own: { open: 2, waiting: 2 }, below: { open: 3 } }]),
    }
    expect(totalOf(above)).toEqual({ open: 6 })
    const accused = foldedUp([{ own: { 'u7!open': 2, 'u7!waiting': 2 }, below: {} }])
    expect(accused).toEqual({ 'u7!open': 2 })
  })

  test('is the same in whichever order the children come, and in however many levels', () => {
    fc.assert(
      fc.property(fc.array(section), fc.nat(5), (children, split) => {
        expect(foldedUp([...children].reverse())).toEqual(foldedUp(children))
        const halves = [children.slice(0, split), children.slice(split)].map(
          (some): Section => ({ own: {}, below: foldedUp(some) }),
        )
        expect(foldedUp(halves)).toEqual(foldedUp(children))
      }),
    )
  })
})

describe('H4: what somebody may know of', () => {
  test('is without complaints what everybody may know of', () => {
    expect(knownCounts({ own: { open: 2 }, below: {} }, null)).toMatchObject({ open: 2 })
  })

  test('holds a complaint, but not to those with a seat in the unit it accuses', () => {
    const section: Section = { own: { 'u7!open': 2, open: 1 }, below: { 'u7!open': 1, 'u8!open': 1 } }
    const everybodys = { own: { open: 4 }, below: {} }
    expect(knownCounts(everybodys, { unitId: 'u1', sections: [section], seatsIn: [] }).open).toBe(9)
    expect(knownCounts(everybodys, { unitId: 'u1', sections: [section], seatsIn: ['u7'] }).open).toBe(6)
    expect(knownCounts(everybodys, { unitId: 'u1', sections: [section], seatsIn: ['u7', 'u8'] }).open).toBe(5)
  })

  test('holds one that names nobody, but not to those with a seat below whoever has it', () => {
    const section: Section = { own: {}, below: { [`${allBelow('u3')}!open`]: 2 } }
    const openTo = (...seatsIn: string[]) =>
      knownCounts({ own: {}, below: {} }, { unitId: 'u1', sections: [section], seatsIn }).open ?? 0
    expect([openTo(), openTo('u3', 'u7'), openTo('u7', allBelow('u3')), openTo(allBelow('u1'))]).toEqual([
      2, 2, 0, 2,
    ])
  })

  test('counted before it said whom it accuses, it may be about everybody below the unit whose figures these are', () => {
    const section: Section = { own: { open: 1 }, below: {} }
    const openTo = (...seatsIn: string[]) =>
      knownCounts({ own: {}, below: {} }, { unitId: 'u1', sections: [section], seatsIn }).open ?? 0
    expect([openTo(), openTo(allBelow('u2')), openTo(allBelow('u1'))]).toEqual([1, 1, 0])
  })

  test('is never less than nothing, while a report has been counted out of a list and not yet into it', () => {
    expect(knownCounts({ own: { open: -1 }, below: {} }, null).open).toBe(0)
  })
})

test('means that are added up in another order are the same sum, and one answer more is not', () => {
  const shares = [0.1, 0.2, 0.7, 1 / 3, 5 / 6]
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0)
  const [forward, backward] = [sum(shares), sum([...shares].reverse())]
  expect(forward).not.toBe(backward)
  expect(isSame({ solvedSum: forward }, { solvedSum: backward })).toBe(true)
  expect(isSame({ solvedSum: forward }, { solvedSum: forward + 1 / 100 })).toBe(false)
})
