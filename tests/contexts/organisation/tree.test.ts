import fc from 'fast-check'
import { levelUnder, whyNoHeir, whyNotUnder } from '../../../cloudfunctions/contexts/organisation/rules/tree'
import { type Unit, unitKinds, unitLevels } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { banner, branch, housingBureau, mondayAt, otherBranch, township } from '../../support/builders'

test.each([
  ['committee', 'committee', 'banner', 'township'],
  ['branch', 'committee', 'township', 'village'],
  ['community-committee', 'committee', 'township', 'village'],
  ['branch', 'community-committee', 'village', 'village'],
  ['partner', 'committee', 'banner', 'banner'],
  ['department', 'committee', 'township', 'township'],
  ['cooperative', 'branch', 'village', 'village'],
  ['temporary', 'committee', 'township', 'township'],
  ['branch', 'committee', 'region', undefined],
  ['branch', 'branch', 'village', undefined],
  ['committee', 'community-committee', 'village', undefined],
  ['committee', 'partner', 'banner', undefined],
] as const)('a %s below a %s of a %s is of the level %s', (kind, above, level, expected) => {
  expect(levelUnder(kind, { kind: above, level })).toBe(expected)
})

test('two units never have each a place below the other, so that no moves make a circle', () => {
  const places = fc.record({ kind: fc.constantFrom(...unitKinds), level: fc.constantFrom(...unitLevels) })
  fc.assert(
    fc.property(places, places, (one, other) => {
      const isBelow = levelUnder(one.kind, other) === one.level
      const isAbove = levelUnder(other.kind, one) === other.level
      expect(isBelow && isAbove).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

const ended: Unit = { ...township, id: '150221199', path: [...banner.path, '150221199'], endsAt: mondayAt }

test.each<[string, Unit, Unit | undefined, string | undefined]>([
  ['below another township', branch, { ...ended, endsAt: undefined as never }, undefined],
  ['below itself', township, township, 'unit-in-itself'],
  ['below what lies below it', township, branch, 'unit-in-itself'],
  ['below one that ends', branch, ended, 'unit-ended'],
  ['a level too high', branch, banner, 'wrong-level'],
  ['below nobody', branch, undefined, 'unknown-unit'],
])('a unit does not move %s', (_where, unit, above, code) => {
  const there = above?.endsAt === undefined && above ? (({ endsAt: _endsAt, ...rest }) => rest)(above) : above
  expect(whyNotUnder(unit, there)?.code).toBe(code)
})

test.each<[string, Unit, Unit | undefined, string | undefined]>([
  ['a neighbour', branch, otherBranch, undefined],
  ['one below it', township, branch, 'unit-in-itself'],
  ['one of another level', branch, housingBureau, 'wrong-level'],
  ['one that ends', township, ended, 'unit-ended'],
  ['nobody', branch, undefined, 'unknown-unit'],
])('who takes over is %s', (_who, unit, heir, code) => {
  expect(whyNoHeir(unit, heir)?.code).toBe(code)
})
