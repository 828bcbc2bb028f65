import { View } from '@tarojs/components'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { aria } from './aria'
import { leavePlace } from './focus'
import './pressable.css'

interface PressableProps {
  readonly className: string
  /** `radio` and `tab` stand in a `OneOf`; a `checkbox` is ticked and cleared. */
  readonly role?: 'button' | 'radio' | 'tab' | 'checkbox'
  /** What it is called, where the words in it do not say so. */
  readonly label?: string
  /** Names it for tests. */
  readonly name?: string
  /** Of a button that opens and folds something. */
  readonly isExpanded?: boolean
  /** Of one out of several. */
  readonly isChosen?: boolean
  /** Reached with the arrows from another one, not with Tab. */
  readonly isPassedOver?: boolean
  /** It stays where it is and can be reached, says that it cannot be pressed, and does nothing. */
  readonly isDisabled?: boolean
  /** Without it, it is only what it shows. */
  readonly onPress: (() => void) | undefined
  readonly children?: ReactNode
}

const isWeb = process.env.TARO_ENV === 'h5'

/** Enter and the space bar press it, once however long they are held. */
const pressedBy = (press: () => void) => (event: KeyboardEvent) => {
  if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
  // The space bar would scroll the page.
  event.preventDefault()
  if (!event.repeat) press()
}

/**
 * Whatever can be pressed. Nothing else hears a press, so that everything that does is named, is reached and worked by
 * keyboard, and shows where the keyboard is.
 */
export function Pressable(props: PressableProps) {
  const { className, role = 'button', label, name, isChosen, isPassedOver, isDisabled, onPress } = props
  const element = useRef<HTMLElement>(null)
  useLayoutEffect(
    () => () => {
      if (isWeb && element.current) leavePlace(element.current)
    },
    [],
  )
  const test = name !== undefined && { 'data-test': name }
  if (!onPress) {
    return (
      <View key="still" className={className} {...test}>
        {props.children}
      </View>
    )
  }
  const press = isDisabled ? undefined : onPress
  return (
    <View
      key="pressable"
      className={`pressable ${className}`}
      hoverClass={isDisabled ? 'none' : 'pressable--pressed'}
      onClick={press}
      {...test}
      {...aria({
        role,
        label,
        disabled: isDisabled,
        expanded: props.isExpanded,
        checked: role === 'radio' || role === 'checkbox' ? isChosen : undefined,
        selected: role === 'tab' ? isChosen : undefined,
      })}
      {...(isWeb && {
        ref: element,
        tabIndex: isPassedOver ? -1 : 0,
        onKeyDown: press && pressedBy(press),
      })}
    >
      {props.children}
    </View>
  )
}

interface BackdropProps {
  readonly className: string
  readonly onPress: () => void
  readonly children?: ReactNode
}

/** What lies behind a sheet and closes it for a finger; the keyboard has Esc and the sheet's cross. */
export function Backdrop({ className, onPress, children }: BackdropProps) {
  return (
    <View className={className} onClick={onPress} catchMove>
      {children}
    </View>
  )
}
