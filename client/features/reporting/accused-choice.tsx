import { View } from '@tarojs/components'
import { bannerOf, townshipOf } from '../../../cloudfunctions/ground/unit-path'
import { ChoiceChips } from '../../components/choice-chips'
import { FormRow } from '../../components/form-row'
import { useQuery } from '../../services/use-query'
import { levelLabels } from '../../words/unit'
import type { Submission } from './draft'
import './accused-choice.css'

interface AccusedChoiceProps {
  readonly place: Submission['place']
  /** Null: the branch of the place. */
  readonly value: string | null
  readonly onChange: (unitId: string | null) => void
}

/** The branch of the place is whom a complaint is about unless another is named. */
const theBranch = 'branch'

/** Whom a complaint is about: this branch, or a level above it; it goes above whoever it is (H4). */
export function AccusedChoice({ place, value, onChange }: AccusedChoiceProps) {
  const { query: preview } = useQuery('place.preview', {
    ...(place.point ? { point: place.point } : {}),
    ...(place.namedUnitId ? { namedUnitId: place.namedUnitId } : {}),
  })
  const placed = preview.state === 'ready' ? preview.value : undefined
  const { query } = useQuery('unit.get', placed ? { unitId: placed.unitId } : undefined)
  if (!placed || query.state !== 'ready') return null
  const { unit, parents } = query.value
  const above = [...parents, unit]
    .filter(({ id }) => id === townshipOf(unit.path) || id === bannerOf(unit.path))
    .reverse()
  const choices = [
    placed.branchName === null
      ? { value: theBranch, label: '说不清是谁', hint: '由上级先弄清楚' }
      : { value: theBranch, label: '本支部', hint: placed.branchName },
    ...above.map(({ id, name }) => ({
      value: id,
      label: id === townshipOf(unit.path) ? levelLabels.township : levelLabels.banner,
      hint: name,
    })),
  ]
  return (
    <View className="accused-choice">
      <FormRow label="反映的是哪一级" hint="交给它的上一级，它自己看不到。">
        <ChoiceChips
          choices={choices}
          value={value ?? theBranch}
          onChange={(chosen) => onChange(chosen === theBranch ? null : chosen)}
          layout="rows"
          name="accused"
        />
      </FormRow>
    </View>
  )
}
