import { View } from '@tarojs/components'
import { useFormRow } from './form-row-context'
import { Icon, type IconName } from './icon'
import { OneOf } from './one-of'
import { Picture } from './picture'
import { Pressable } from './pressable'
import './choice-chips.css'

export interface Choice<V extends string> {
  readonly value: V
  readonly label: string
  readonly hint?: string
  readonly icon?: IconName
  /** What it looks like, where that tells one from another. */
  readonly pictureUrl?: string | null
}

interface ChoiceChipsProps<V extends string> {
  readonly choices: readonly Choice<V>[]
  readonly value: V | undefined
  readonly onChange: (value: V) => void
  /** `rows`: one under the other with their hints; `columns`: side by side in equal parts. */
  readonly layout?: 'wrap' | 'rows' | 'columns'
  /** What is chosen here; with a choice's value it names that choice for tests. */
  readonly name?: string
  /** The question outside a `FormRow`. */
  readonly label?: string
  /** The choices go away with the answer: then none of them can be walked over with the arrows. */
  readonly stepAside?: boolean
}

/** One out of a few. The chosen one carries a tick, not only a colour. */
export function ChoiceChips<V extends string>(props: ChoiceChipsProps<V>) {
  const { choices, value, onChange, layout = 'wrap', name, stepAside = false } = props
  const row = useFormRow()
  // Before one is chosen, Tab reaches the first.
  const reached = choices.some((choice) => choice.value === value) ? value : choices[0]?.value
  return (
    <OneOf
      className={`choice-chips choice-chips--${layout}`}
      kind={stepAside ? 'group' : 'radiogroup'}
      label={props.label ?? row?.label}
    >
      {choices.map((choice) => {
        const isChosen = choice.value === value
        return (
          <Pressable
            key={choice.value}
            className={`choice-chips__chip ${isChosen ? 'choice-chips__chip--chosen' : ''}`}
            role={stepAside ? 'button' : 'radio'}
            isChosen={isChosen}
            isPassedOver={!stepAside && choice.value !== reached}
            name={name && `${name}-${choice.value}`}
            onPress={() => onChange(choice.value)}
          >
            {choice.icon && <Icon name={choice.icon} size={layout === 'columns' ? 1.7 : 1.3} />}
            <View className="choice-chips__words">
              <View className="choice-chips__label">{choice.label}</View>
              {choice.hint && <View className="choice-chips__hint">{choice.hint}</View>}
            </View>
            {choice.pictureUrl && (
              <Picture className="choice-chips__picture" url={choice.pictureUrl} alt="" isLazy />
            )}
            {isChosen && (
              <View className="choice-chips__tick">
                <Icon name="check" size={1} />
              </View>
            )}
          </Pressable>
        )
      })}
    </OneOf>
  )
}
