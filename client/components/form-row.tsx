import { Input, Textarea, View } from '@tarojs/components'
import { type ReactNode, useId } from 'react'
import { countText } from '../../cloudfunctions/ground/text/typed-text'
import { aria } from './aria'
import { FormRowContext, useFormRow } from './form-row-context'
import { Icon } from './icon'
import './field.css'
import './form-row.css'

interface FormRowProps {
  readonly label: string
  readonly hint?: string
  /** Why it cannot be sent like this. */
  readonly error?: string
  readonly isOptional?: boolean
  readonly children: ReactNode
}

/** One question of a form: whoever hears the page hears with each of its fields what it belongs to. */
export function FormRow({ label, hint, error, isOptional = false, children }: FormRowProps) {
  const id = useId()
  const hintId = hint && `${id}hint`
  const errorId = error && `${id}error`
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined
  return (
    <View
      className={`form-row ${error ? 'form-row--wrong' : ''}`}
      {...aria({ role: 'group', label, describedby: describedBy })}
    >
      <View className="form-row__label">
        {label}
        {isOptional && <View className="form-row__optional">可不填</View>}
      </View>
      {hint && (
        <View id={hintId} className="form-row__hint">
          {hint}
        </View>
      )}
      <View className="form-row__field">
        <FormRowContext.Provider value={{ label, isWrong: Boolean(error), describedBy }}>
          {children}
        </FormRowContext.Provider>
      </View>
      {error && (
        <View id={errorId} className="form-row__error" {...aria({ role: 'alert' })}>
          <Icon name="circle-alert" size={1.1} />
          <View>{error}</View>
        </View>
      )}
    </View>
  )
}

interface TextBoxProps {
  /** What is typed here, where the row asks for more than this. */
  readonly label?: string
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

/** In the browser Taro puts the native field into an element of its own; ARIA attributes belong to the native one. */
const fieldProps = (said: Readonly<Record<string, string>>, kind: 'text' | 'phone') => {
  if (process.env.TARO_ENV === 'weapp')
    return { ...said, type: kind === 'phone' ? 'number' : 'text' } as const
  // A field of the type `number` would empty itself of `138-0013-8000`.
  return { type: 'text', nativeProps: kind === 'phone' ? { ...said, inputMode: 'tel' } : said } as const
}

/** Where one types. */
export function TextBox(props: TextBoxProps) {
  const { value, onChange, placeholder = '', max, isSingleLine = false, kind = 'text' } = props
  const length = max === undefined ? 0 : countText(value)
  const isTooLong = max !== undefined && length > max
  const isNearLimit = max !== undefined && length > max * 0.7
  const row = useFormRow()
  const { type, ...field } = fieldProps(
    aria({
      label: props.label ?? row?.label,
      invalid: isTooLong || (row?.isWrong ?? false),
      describedby: row?.describedBy,
    }),
    kind,
  )

  return (
    <View className={`text-box ${isTooLong ? 'text-box--wrong' : ''}`}>
      {isSingleLine ? (
        <Input
          className="field text-box__input"
          value={value}
          type={type}
          {...field}
          placeholder={placeholder}
          placeholderClass="field__placeholder"
          maxlength={unlimited}
          onInput={(event) => onChange(event.detail.value)}
        />
      ) : (
        <Textarea
          className="field text-box__area"
          value={value}
          {...field}
          placeholder={placeholder}
          placeholderClass="field__placeholder"
          maxlength={unlimited}
          autoHeight
          onInput={(event) => onChange(event.detail.value)}
        />
      )}
      {isNearLimit && (
        <View className="text-box__count" {...aria({ live: 'polite' })}>
          {isTooLong ? `多了${length - max}个字` : `还能写${max - length}个字`}
        </View>
      )}
    </View>
  )
}
