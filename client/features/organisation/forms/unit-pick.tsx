import { View } from '@tarojs/components'
import { ChoiceChips } from '../../../components/choice-chips'
import { SearchBox } from '../../../components/search-box'
import { useQuery } from '../../../services/use-query'
import { useSearch } from '../../../services/use-search'
import { kindIcons, kindLabels, levelLabels } from '../../../words/unit'
import type { KeptUnit } from '../../../words/unit-change'

const mostShown = 20

/** A unit that was chosen, as a draft keeps it. */
export interface PickedUnit {
  readonly id: string
  readonly name: string
}

interface UnitPickProps {
  readonly seatUnitId: string
  /** Those directly below it are offered before anything is typed. */
  readonly around: string | null
  /** Whether it can be chosen, by the rules that would refuse it. */
  readonly mayBe: (unit: KeptUnit) => boolean
  readonly picked: PickedUnit | null
  readonly onPick: (picked: PickedUnit) => void
  readonly name: string
}

/** Another unit of the area, found by its name. */
export function UnitPick({ seatUnitId, around, mayBe, picked, onPick, name }: UnitPickProps) {
  const { typed, setTyped, sought } = useSearch()

  const isSearch = sought !== ''
  const found = useQuery(
    'unit.search',
    isSearch ? { unitId: seatUnitId, name: sought, limit: mostShown } : undefined,
  )
  const near = useQuery(
    'unit.below',
    isSearch || around === null ? undefined : { unitId: around, limit: mostShown },
  )
  const { query } = isSearch ? found : near
  const rows = query.state === 'ready' ? query.value.rows.filter(mayBe) : []
  const choices = rows.map(({ id, name: label, kind, level }) => ({
    value: id,
    label,
    hint: `${kindLabels[kind]} · ${levelLabels[level]}`,
    icon: kindIcons[kind],
  }))
  // What is chosen is never out of sight.
  const isKept = picked !== null && !choices.some(({ value }) => value === picked.id)
  const shown = isKept ? [{ value: picked.id, label: picked.name }, ...choices] : choices
  const pick = (id: string): void => {
    const unit = rows.find((one) => one.id === id)
    if (unit) onPick({ id, name: unit.name })
  }
  const isNone = query.state === 'ready' && choices.length === 0
  return (
    <View className="unit-pick">
      <SearchBox label="按名字开头找" name={`${name}-search`} value={typed} onChange={setTyped} />
      <ChoiceChips choices={shown} value={picked?.id} onChange={pick} layout="rows" name={name} />
      {isNone && (
        <View className="unit-pick__none">
          {isSearch ? '没有这个开头、又能选的单位。已撤的和层级接不上的不列。' : '输入名字的开头来找。'}
        </View>
      )}
      {query.state === 'failed' && <View className="unit-pick__none">{query.error.message}</View>}
    </View>
  )
}
