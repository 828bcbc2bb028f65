import { View } from '@tarojs/components'
import { aria } from './aria'
import type { Choice } from './choice-chips'
import { useFormRow } from './form-row-context'
import { Icon } from './icon'
import { Pressable } from './pressable'
import './choice-chips.css'

interface ChooseManyProps<V extends string> {
  readonly choices: readonly Choice<V>[]
  readonly values: readonly V[]
  readonly onChange: (values: readonly V[]) => void
  /** What is chosen here; with a choice's value it names that choice for tests. */
  readonly name: string
}

/** As many out of a few as one likes. A chosen one carries a tick, not only a colour. */
export function ChooseMany<V extends string>({ choices, values, onChange, name }: ChooseManyProps<V>) {
  const row = useFormRow()
  return (
    <View className="choice-chips choice-chips--wrap" {...aria({ role: 'group', label: row?.label })}>
      {choices.map(({ value, label }) => {
        const isChosen = values.includes(value)
        return (
          <Pressable
            key={value}
            className={`choice-chips__chip ${isChosen ? 'choice-chips__chip--chosen' : ''}`}
            role="checkbox"
            isChosen={isChosen}
            name={`${name}-${value}`}
            onPress={() => onChange(isChosen ? values.filter((one) => one !== value) : [...values, value])}
          >
            <View className="choice-chips__label">{label}</View>
            {isChosen && (
              <View className="choice-chips__tick">
                <Icon name="check" size={1} />
              </View>
            )}
          </Pressable>
        )
      })}
    </View>
  )
}
