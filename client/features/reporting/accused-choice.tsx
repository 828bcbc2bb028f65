import { View } from '@tarojs/components'
import { useState } from 'react'
import { bannerOf, townshipOf } from '../../../cloudfunctions/ground/unit-path'
import { ChoiceChips } from '../../components/choice-chips'
import { FormRow } from '../../components/form-row'
import { StepwiseChoice } from '../../components/stepwise-choice'
import { useQuery } from '../../services/use-query'
import { levelLabels } from '../../words/unit'
import { useUnitSteps } from '../../words/use-unit-steps'
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
/** One of those below the township or the banner: which one is asked next. */
const another = 'another'

/** Whom a complaint is about: this branch, a level above it or another unit; it goes above whoever it is (H4). */
export function AccusedChoice({ place, value, onChange }: AccusedChoiceProps) {
  const { query: preview } = useQuery('place.preview', {
    categoryId: 'about-branch',
    ...(place.point ? { point: place.point } : {}),
    ...(place.namedUnitId ? { namedUnitId: place.namedUnitId } : {}),
  })
  const placed = preview.state === 'ready' ? preview.value : undefined
  const { query } = useQuery(
    'unit.get',
    placed ? { unitId: (placed.accused ?? { id: placed.unitId }).id } : undefined,
  )
  const [isAnother, setIsAnother] = useState(false)
  const around = query.state === 'ready' ? query.value.unit.path : []
  const levels = [townshipOf(around), bannerOf(around)]
  const startUnitId = levels.find((id) => id !== null) ?? undefined
  const isOther = isAnother || (value !== null && !levels.includes(value))
  const steps = useUnitSteps(isOther ? startUnitId : undefined, value ?? undefined)
  if (!placed || query.state !== 'ready') return null
  const { unit, parents } = query.value
  const above = [...parents, unit].filter(({ id }) => levels.includes(id)).reverse()
  const usual =
    placed.accused === undefined
      ? { value: theBranch, label: '说不清是谁', hint: '由上级先弄清楚' }
      : { value: theBranch, label: '本支部', hint: placed.accused.name }
  const choices = [
    usual,
    ...above.map(({ id, name }) => ({
      value: id,
      label: id === townshipOf(unit.path) ? levelLabels.township : levelLabels.banner,
      hint: name,
    })),
    ...(startUnitId === undefined
      ? []
      : [{ value: another, label: '别的单位', hint: '别的支部、社区党委、专门支部、临时党组织' }]),
  ]
  return (
    <View className="accused-choice">
      <FormRow label="反映的是哪一级" hint="交给它的上一级，它自己看不到。">
        <ChoiceChips
          choices={choices}
          value={isOther ? another : (value ?? theBranch)}
          onChange={(chosen) => {
            setIsAnother(chosen === another)
            onChange(chosen === theBranch || chosen === another ? null : chosen)
          }}
          layout="rows"
          name="accused"
        />
      </FormRow>
      {isOther && steps && (
        <FormRow
          label="是哪个单位"
          hint={value === null ? `还没选：不选就按“${usual.label}”交。` : undefined}
        >
          <StepwiseChoice {...steps} value={value ?? undefined} onChange={onChange} name="accused-unit" />
        </FormRow>
      )}
    </View>
  )
}
