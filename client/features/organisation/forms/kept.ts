import type { Unit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import type { KeptUnit } from '../../../words/unit-change'

/** A unit as the rules of the tree know it. */
export const asUnit = ({ id, name, areaName, kind, level, parentId, path, endsAt }: KeptUnit): Unit => ({
  id,
  name,
  areaName,
  kind,
  level,
  parentId,
  path,
  ...(endsAt === null ? {} : { endsAt }),
})

/** The unit above the one above, whose subordinates are the likeliest neighbours. */
export const parentOfParent = ({ path }: Pick<KeptUnit, 'path'>): string | null =>
  path[path.length - 3] ?? null
