import type { CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import type { GridCell } from '../../../cloudfunctions/contexts/grid/rules/grid-cell'
import { toRoutedUnit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { routePlace } from '../../../cloudfunctions/contexts/routing/shared/route-place'
import { previewPlace } from '../../../cloudfunctions/contexts/routing/use-cases/preview-place'
import { movePoint, type Position } from '../../../cloudfunctions/ground/geometry'
import { banner, branch, mondayAt, temporaryUnit, township, units } from '../../support/builders'
import { somePorts } from '../../support/some-ports'

const point = { lng: 110.52, lat: 40.56 }
const corner = (east: number, north: number): Position => {
  const { lng, lat } = movePoint(point, east, north)
  return [lng, lat]
}
const rings = [[corner(-200, -200), corner(200, -200), corner(200, 200), corner(-200, 200)]]
const cell: GridCell = {
  id: 'cell',
  name: '第一网格',
  branchId: branch.id,
  rings,
  isGenerated: false,
  unit: toRoutedUnit(branch),
}

/** Ground of a branch, over which a temporary unit has been called together for everything. */
const ports = (isDrawn: boolean) =>
  somePorts({
    units: { lately: async (ids) => units.filter((unit) => ids.includes(unit.id)) },
    grid: {
      inTiles: async () => (isDrawn ? [cell] : []),
      groundNear: async () => toRoutedUnit(township),
      specialUnits: async () => [
        {
          id: 'temporary',
          kind: 'temporary',
          bannerId: banner.id,
          categoryIds: [],
          unit: toRoutedUnit(temporaryUnit),
          rings,
          activeFrom: mondayAt - 1,
          activeUntil: mondayAt + 1,
        },
      ],
    },
  })

const preview = async (categoryId: CategoryId, isDrawn = true) => {
  const session = { accountId: null, memberships: [], everyMembership: [], unitsAbove: [], now: mondayAt }
  const told = await previewPlace(ports(isDrawn))(session, { point, categoryId })
  if (!told.ok) throw new Error(told.error.code)
  return told.value
}

test('H4: whom a complaint is about unless another is named is who its submission takes, whoever answers here otherwise', async () => {
  const routed = await routePlace(ports(true))({ words: '', point }, 'about-branch', mondayAt)
  if (!routed.ok) throw new Error(routed.error.code)
  expect((await preview('ordinary')).unitId).toBe(temporaryUnit.id)
  expect(await preview('about-branch')).toMatchObject({
    accused: { id: routed.value.outcome.accused?.id, name: branch.name },
  })
})

test('H4: nobody is taken for the accused where nobody can tell, nor in what is no complaint', async () => {
  expect((await preview('about-branch', false)).accused).toBeUndefined()
  expect((await preview('ordinary')).accused).toBeUndefined()
})
