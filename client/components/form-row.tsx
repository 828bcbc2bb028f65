import { Input, type InputProps, Textarea, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { countText } from '../../cloudfunctions/domain/text/typed-text'
import { Icon } from './icon'
import './form-row.css'

interface FormRowProps {
  readonly label: string
  readonly hint?: string
  /** Why it cannot be sent like this. */
  readonly error?: string
  readonly isOptional?: boolean
  readonly children: ReactNode
}

/** One question of a form. */
export function FormRow({ label, hint, error, isOptional = false, children }: FormRowProps) {
  return (
    <View className={`form-row ${error ? 'form-row--wrong' : ''}`}>
      <View className="form-row__label">
        {label}
        {isOptional && <View className="form-row__optional">可不填</View>}
      </View>
      {hint && <View className="form-row__hint">{hint}</View>}
      <View className="form-row__field">{children}</View>
      {error && (
        <View className="form-row__error" role="alert">
          <Icon name="circle-alert" size={1.1} />
          <View>{error}</View>
        </View>
      )}
    </View>
  )
}

interface TextBoxProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  /** The most characters the server takes, counted as it counts; more may be typed, and the counter says how many are too many. */
  readonly max?: number
  readonly isSingleLine?: boolean
  readonly kind?: 'text' | 'phone'
}

/** WeChat would cut off what is over the limit without a word; typed text is never thrown away here. */
const unlimited = -1

/** Keys for a telephone number. In a browser a field of the type `number` would empty itself of `138-0013-8000`. */
const phoneKeys: Pick<InputProps, 'type' | 'nativeProps'> =
  process.env.TARO_ENV === 'weapp' ? { type: 'number' } : { type: 'text', nativeProps: { inputMode: 'tel' } }

/** Where one types. */
export function TextBox(props: TextBoxProps) {
  const { value, onChange, placeholder = '', max, isSingleLine = false, kind = 'text' } = props
  const length = max === undefined ? 0 : countText(value)
  const isTooLong = max !== undefined && length > max
  const isNearLimit = max !== undefined && length > max * 0.7

  return (
    <View className={`text-box ${isTooLong ? 'text-box--wrong' : ''}`}>
      {isSingleLine ? (
        <Input
          className="text-box__input"
          value={value}
          {...(kind === 'phone' ? phoneKeys : { type: 'text' })}
          placeholder={placeholder}
          placeholderClass="text-box__placeholder"
          maxlength={unlimited}
          onInput={(event) => onChange(event.detail.value)}
        />
      ) : (
        <Textarea
          className="text-box__area"
          value={value}
          placeholder={placeholder}
          placeholderClass="text-box__placeholder"
          maxlength={unlimited}
          autoHeight
          onInput={(event) => onChange(event.detail.value)}
        />
      )}
      {isNearLimit && (
        <View className="text-box__count">
          {isTooLong ? `多了${length - max}个字` : `还能写${max - length}个字`}
        </View>
      )}
    </View>
  )
}
