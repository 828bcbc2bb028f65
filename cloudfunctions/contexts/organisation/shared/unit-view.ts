import type { OutputOf } from '../contract'
import type { Unit } from '../rules/unit'

type UnitView = OutputOf<'unit.children'>['unit']

export const toUnitView = (unit: Unit): UnitView => ({
  id: unit.id,
  name: unit.name,
  areaName: unit.areaName,
  kind: unit.kind,
  level: unit.level,
  parentId: unit.parentId,
  path: [...unit.path],
  phone: unit.phone ?? null,
  address: unit.address ?? null,
})
