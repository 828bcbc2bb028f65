import { useState } from 'react'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { bannerOf } from '../../cloudfunctions/ground/unit-path'
import type { Choice } from '../components/choice-chips'
import { useQuery } from '../services/use-query'
import { kindLabels } from './unit'

type UnitView = OutputOf<'unit.children'>['unit']

const asChoice = ({ id, name, kind }: UnitView): Choice<string> => ({
  value: id,
  label: name,
  hint: kindLabels[kind],
})

/** Nothing lies below the squad that somebody has called together. */
const mayHaveBelow = ({ kind }: UnitView): boolean => kind !== 'temporary'

/**
 * Whom a complaint is about (H4): any unit from the banner down, temporary ones too, found a level at a time. `chosenId` is
 * what has been chosen; undefined while the units are being read.
 */
export const useUnitSteps = (startUnitId: string | undefined, chosenId: string | undefined) => {
  // Another place begins anew.
  const [open, setOpen] = useState<{ readonly from: string | undefined; readonly unitId: string }>()
  const unitId = open?.from === startUnitId ? open?.unitId : startUnitId
  const go = (to: string) => () => setOpen({ from: startUnitId, unitId: to })
  const { query } = useQuery('unit.children', unitId === undefined ? undefined : { unitId, isWhole: true })
  if (query.state !== 'ready') return undefined
  const { unit, rows } = query.value
  const chosen = rows.find(({ id }) => id === chosenId)
  const { parentId } = unit
  const isTop = parentId === null || unit.id === bannerOf(unit.path)
  return {
    choices: [unit, ...rows].map(asChoice),
    ways: [
      ...(chosen && mayHaveBelow(chosen)
        ? [{ label: `看${chosen.name}下面的单位`, onPress: go(chosen.id) }]
        : []),
      ...(isTop ? [] : [{ label: '看上一级的单位', onPress: go(parentId) }]),
    ],
  }
}
