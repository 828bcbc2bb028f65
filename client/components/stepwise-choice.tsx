import { View } from '@tarojs/components'
import { LinkText } from './card'
import type { Choice } from './choice-chips'
import { ChoiceRows } from './choice-rows'
import './stepwise-choice.css'

interface StepwiseChoiceProps {
  /** Where one stands, which may be chosen itself, and what lies directly below. */
  readonly choices: readonly Choice<string>[]
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly name: string
  /** The ways on from here: to what lies below the one that is chosen, and back up. */
  readonly ways: readonly { readonly label: string; readonly onPress: () => void }[]
}

/** One out of many that lie below one another: a few at a time. */
export function StepwiseChoice({ ways, ...chips }: StepwiseChoiceProps) {
  return (
    <View className="stepwise-choice">
      {/* Somewhere else the search begins anew. */}
      <ChoiceRows key={chips.choices[0]?.value} {...chips} />
      <View className="stepwise-choice__ways">
        {ways.map(({ label, onPress }) => (
          <LinkText key={label} label={label} onPress={onPress} />
        ))}
      </View>
    </View>
  )
}
