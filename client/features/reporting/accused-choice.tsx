import { View } from '@tarojs/components'
import { useState } from 'react'
import { bannerOf, townshipOf } from '../../../cloudfunctions/ground/unit-path'
import { ChoiceChips } from '../../components/choice-chips'
import { FormRow } from '../../components/form-row'
import { Notice } from '../../components/rows'
import { StepwiseChoice } from '../../components/stepwise-choice'
import { isForLater, type Trouble } from '../../services/trouble'
import { useQuery } from '../../services/use-query'
import { levelLabels } from '../../words/unit'
import { useUnitSteps } from '../../words/use-unit-steps'
import { type Accused, placeAsked, type Submission } from './draft'
import { accusedUnknownText } from './words'
import './accused-choice.css'

/** One of those below the township or the banner: which one is asked next. */
const another = 'another'
/** Nobody answers for the place, and nobody is named. */
const nobody = 'nobody'

/**
 * Asks whom a complaint at this place is about; undefined asks nothing. `usual` is the answer that is marked beside the
 * question until another is chosen: there is none before the question can be drawn with its answers, except where the
 * place is nobody's and there is nothing to ask.
 */
export const useAccusedQuestion = (place: Submission['place'] | undefined) => {
  const { query: preview } = useQuery(
    'place.preview',
    place && {
      categoryId: 'about-branch',
      ...(place.point ? { point: place.point } : {}),
      ...(place.namedUnitId ? { namedUnitId: place.namedUnitId } : {}),
    },
  )
  const placed = preview.state === 'ready' ? preview.value : undefined
  const branch = placed?.accused
  const { query: around } = useQuery('unit.get', placed && { unitId: (branch ?? { id: placed.unitId }).id })
  const shown = placed && around.state === 'ready' ? { branch, ...around.value } : undefined
  const isSettled = shown !== undefined || (placed !== undefined && branch === undefined)
  const failed = [preview, around].find(({ state }) => state === 'failed')
  return {
    shown,
    usual: place && isSettled ? { of: placeAsked(place), unitId: branch?.id ?? null } : undefined,
    isNeeded: !isSettled,
    error: failed?.state === 'failed' ? failed.error : undefined,
  }
}

interface AccusedChoiceProps {
  readonly asking: ReturnType<typeof useAccusedQuestion>
  readonly value: Accused | undefined
  /** Undefined: another unit, and which one is asked next. */
  readonly onChange: (unitId: string | null | undefined) => void
}

/** Whom a complaint is about: this branch, a level above it or another unit; it goes above whoever it is (H4). */
export function AccusedChoice({ asking, value, onChange }: AccusedChoiceProps) {
  const { shown, usual, isNeeded, error } = asking
  if (shown && usual)
    return <AccusedAnswers shown={shown} usual={usual} value={value ?? usual} onChange={onChange} />
  return isNeeded ? <AccusedAwaited error={error} /> : null
}

/** Why it cannot be asked yet, and that it will be. */
function AccusedAwaited({ error }: { readonly error: Trouble | undefined }) {
  return (
    <View className="accused-choice" data-test="accused-awaited">
      <Notice tone="waiting" icon="hourglass">
        {error && !isForLater(error) ? error.message : accusedUnknownText}
      </Notice>
    </View>
  )
}

interface AccusedAnswersProps extends Pick<AccusedChoiceProps, 'onChange'> {
  readonly shown: NonNullable<AccusedChoiceProps['asking']['shown']>
  readonly usual: NonNullable<AccusedChoiceProps['asking']['usual']>
  readonly value: Accused
}

function AccusedAnswers({ shown, usual, value, onChange }: AccusedAnswersProps) {
  const { branch, unit, parents } = shown
  const levels = [townshipOf(unit.path), bannerOf(unit.path)]
  const startUnitId = levels.find((id) => id !== null) ?? undefined
  const { unitId } = value
  // Whoever looks among the others may pass over one of those that stand above.
  const [isAnother, setIsAnother] = useState(false)
  const isOther =
    isAnother ||
    unitId === undefined ||
    (unitId !== null && unitId !== usual.unitId && !levels.includes(unitId))
  const steps = useUnitSteps(isOther ? startUnitId : undefined, unitId ?? undefined)
  const first = usual.unitId ?? nobody
  const above = [...parents, unit].filter(({ id }) => levels.includes(id) && id !== first).reverse()
  const choices = [
    branch === undefined
      ? { value: first, label: '说不清是谁', hint: '由上级先弄清楚' }
      : { value: first, label: '本支部', hint: branch.name },
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
          value={isOther ? another : (unitId ?? nobody)}
          onChange={(chosen) => {
            setIsAnother(chosen === another)
            onChange(chosen === another ? undefined : chosen === nobody ? null : chosen)
          }}
          layout="rows"
          name="accused"
        />
      </FormRow>
      {isOther && steps && (
        <FormRow label="是哪个单位" hint={unitId === undefined ? '还没选。选了才能交。' : undefined}>
          <StepwiseChoice {...steps} value={unitId ?? undefined} onChange={onChange} name="accused-unit" />
        </FormRow>
      )}
    </View>
  )
}
