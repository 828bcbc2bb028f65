import fc from 'fast-check'
import {
  aboveHighest,
  bannerOf,
  depthOf,
  isBelowBanner,
  lowestAboveBoth,
  oneLevelUp,
  pathFromBanner,
  pathTo,
  pathToBanner,
  regionOf,
  townshipOf,
  unitOf,
  unitsAbove,
  villageOf,
} from '../../cloudfunctions/ground/unit-path'

const branch = ['15', '1502', '150221', '150221104', '150221104004', 'branch']

test('a path names the unit of each level, and none where it ends above', () => {
  const told = (path: readonly string[]) =>
    [regionOf, bannerOf, townshipOf, villageOf, unitOf, oneLevelUp].map((of) => of(path))
  expect(told(branch)).toEqual(['15', '150221', '150221104', '150221104004', 'branch', '150221104004'])
  expect(told(branch.slice(0, 3))).toEqual(['15', '150221', null, null, '150221', '1502'])
  expect(told(branch.slice(0, 2))).toEqual(['15', null, null, null, '1502', '15'])
  expect(told(['15'])).toEqual(['15', null, null, null, '15', null])
  expect(told([])).toEqual([null, null, null, null, null, null])
})

test('the way to the banner and the way from it make the whole path', () => {
  for (let length = 0; length <= branch.length; length += 1) {
    const path = branch.slice(0, length)
    const whole = length < 3 ? pathToBanner(path) : [...pathToBanner(path), ...pathFromBanner(path).slice(1)]
    expect(whole).toEqual(path)
    expect(isBelowBanner(path)).toBe(length > 3)
  }
})

test('who is above is on the way, in order, and not the unit itself', () => {
  expect([...unitsAbove(branch), unitOf(branch)]).toEqual(branch)
  for (const unitId of branch) {
    const way = pathTo(branch, unitId)
    expect(way && unitOf(way)).toBe(unitId)
    expect(way).toEqual(branch.slice(0, way?.length))
  }
  expect(pathTo(branch, '1501')).toBeUndefined()
})

test('the lowest above both lies above both and nothing below it does', () => {
  const ids = fc.constantFrom('a', 'b')
  const paths = fc
    .array(ids, { maxLength: 5 })
    // A unit's id says where it is: the same one never lies on two ways.
    .map((turns) => turns.map((_turn, at) => `15${turns.slice(0, at + 1).join('')}`))
    .map((below) => ['15', ...below])
  fc.assert(
    fc.property(paths, paths, (one, other) => {
      const common = unitsAbove(one).filter((id) => unitsAbove(other).includes(id))
      expect(lowestAboveBoth(one, other)).toBe(unitOf(common))
    }),
  )
})

test('above the highest of some units is the one over it, and over the region nobody', () => {
  expect(aboveHighest(branch, ['branch'])).toBe('150221104004')
  expect(aboveHighest(branch, ['branch', '150221', 'elsewhere'])).toBe('1502')
  expect(aboveHighest(branch, ['1502', '15'])).toBe('15')
  expect(aboveHighest(branch, ['elsewhere'])).toBeNull()
  expect(aboveHighest([], ['15'])).toBeNull()
})

test('the region lies one level down', () => {
  expect([depthOf(['15']), depthOf(branch)]).toEqual([1, branch.length])
})
