import { View } from '@tarojs/components'
import { Icon, type IconName } from './icon'
import { Pressable } from './pressable'
import './big-button.css'

interface BigButtonProps {
  readonly label: string
  /** Small print under the label: what will happen. */
  readonly hint?: string
  readonly icon?: IconName
  /** One `primary` a page. */
  readonly tone?: 'primary' | 'secondary' | 'quiet'
  readonly isBusy?: boolean
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

/** A button that a thumb in a glove finds. While busy it shows so and takes no second press. */
export function BigButton(props: BigButtonProps) {
  const { label, hint, icon, tone = 'primary', isBusy = false, isDisabled = false, onPress } = props
  const isOff = isDisabled || isBusy
  const classes = [
    'big-button',
    `big-button--${tone}`,
    isDisabled && 'big-button--off',
    isBusy && 'big-button--busy',
  ]

  return (
    <Pressable className={classes.filter(Boolean).join(' ')} isDisabled={isOff} onPress={onPress}>
      <View className="big-button__line">
        {icon && <Icon name={icon} />}
        <View>{isBusy ? `${label}…` : label}</View>
      </View>
      {hint && <View className="big-button__hint">{hint}</View>}
    </Pressable>
  )
}

interface ButtonPairProps {
  readonly children: React.ReactNode
}

/** Two buttons side by side, the more important one on the right, where the thumb is. */
export function ButtonPair({ children }: ButtonPairProps) {
  return <View className="button-pair">{children}</View>
}
