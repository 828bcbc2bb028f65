import type { GridCell } from '../../../../cloudfunctions/contexts/grid/rules/grid-cell'
import { toRoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { route } from '../../../../cloudfunctions/contexts/routing/rules/route'
import { movePoint, type Point, type Ring } from '../../../../cloudfunctions/ground/geometry'
import { aCategory, branch, mondayAt, otherBranch, rules, township } from '../../../support/builders'

const here: Point = { lng: 110.52, lat: 40.56 }

/** Squares of some metres around places that lie so far east and north of here. */
const squares = (halfMetres: number, ...middles: readonly (readonly [number, number])[]): readonly Ring[] =>
  middles.map(([east, north]) =>
    (
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ] as const
    ).map(([x, y]) => {
      const { lng, lat } = movePoint(here, east + x * halfMetres, north + y * halfMetres)
      return [lng, lat] as const
    }),
  )

const cell = (id: string, unit: typeof branch, rings: readonly Ring[]): GridCell => ({
  id,
  name: id,
  branchId: unit.id,
  rings,
  isGenerated: true,
  unit: toRoutedUnit(unit),
})

const routed = (cells: readonly GridCell[], accuracyMetres: number) =>
  route({
    at: mondayAt,
    rules,
    place: { point: here, accuracyMetres, words: '' },
    category: aCategory('lane-repair'),
    cells,
    temporaryUnits: [],
    specialisedBranches: [],
    handSorter: toRoutedUnit(township),
    oneUpOf: () => toRoutedUnit(township),
  })

/** A place so many metres from here, at so many degrees from the east. */
const at = (metres: number, degrees: number): readonly [number, number] => [
  metres * Math.cos((degrees * Math.PI) / 180),
  metres * Math.sin((degrees * Math.PI) / 180),
]

describe('of what speaks equally for two', () => {
  test.each([[['cell-a', 'cell-b']], [['cell-b', 'cell-a']]])(
    'where drawn cells overlap the lowest id has the place, read as %p',
    (ids) => {
      const cells = ids.map((id) => cell(id, branch, squares(200, [0, 0])))
      expect(routed(cells, 15).decision).toMatchObject({ policy: 'cell', cellId: 'cell-a' })
    },
  )

  test('policy 4: of two branches that are equally likely it is the one the place lies in, though its likeliest cell is farther', () => {
    // Of the circle of 90 m three samples fall to each: they stand in rings at 20, 40, 60 and 80 m.
    const own = cell('cell-z1', branch, squares(3, [0, 0]))
    const ownFarther = cell('cell-z2', branch, squares(3, at(80, 0), at(80, 15)))
    const nearer = cell('cell-a', otherBranch, squares(3, at(60, 180), at(60, 200), at(60, 220)))
    const { decision, responsible } = routed([nearer, ownFarther, own], 90)
    expect(decision.policy).toBe('border')
    expect(responsible?.id).toBe(branch.id)
  })

  test('policy 4: and where it lies in neither, the nearer', () => {
    // Beyond the outermost samples of the circle, so that nothing but the distance tells them apart.
    const farther = cell('cell-a', otherBranch, squares(2, [98, 0]))
    const nearer = cell('cell-b', branch, squares(2, [-95, 0]))
    const { decision, responsible } = routed([farther, nearer], 100)
    expect(decision.policy).toBe('border')
    expect(responsible?.id).toBe(branch.id)
  })
})
