import { Image, View } from '@tarojs/components'
import { Icon, type IconName } from './icon'
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
}

/** One out of a few. The chosen one carries a tick, not only a colour. */
export function ChoiceChips<V extends string>(props: ChoiceChipsProps<V>) {
  const { choices, value, onChange, layout = 'wrap', name } = props
  return (
    <View className={`choice-chips choice-chips--${layout}`} role="radiogroup">
      {choices.map((choice) => {
        const isChosen = choice.value === value
        return (
          <View
            key={choice.value}
            className={`choice-chips__chip ${isChosen ? 'choice-chips__chip--chosen' : ''}`}
            role="radio"
            aria-checked={isChosen}
            data-test={name && `${name}-${choice.value}`}
            onClick={() => onChange(choice.value)}
          >
            {choice.icon && <Icon name={choice.icon} size={layout === 'columns' ? 1.7 : 1.3} />}
            <View className="choice-chips__words">
              <View className="choice-chips__label">{choice.label}</View>
              {choice.hint && <View className="choice-chips__hint">{choice.hint}</View>}
            </View>
            {choice.pictureUrl && (
              <Image className="choice-chips__picture" src={choice.pictureUrl} mode="aspectFill" lazyLoad />
            )}
            {isChosen && (
              <View className="choice-chips__tick">
                <Icon name="check" size={1} />
              </View>
            )}
          </View>
        )
      })}
    </View>
  )
}
