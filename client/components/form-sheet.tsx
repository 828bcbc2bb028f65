import { View } from '@tarojs/components'
import type { ComponentProps, ReactNode } from 'react'
import { BigButton, ButtonPair } from './big-button'
import { FormFoot } from './form-foot'
import { WrittenElsewhere } from './in-draft-slot'
import { Sheet } from './sheet'
import './form-sheet.css'

interface FormSheetProps extends Pick<ComponentProps<typeof FormFoot>, 'clash' | 'trouble'> {
  readonly title: string
  readonly onClose: () => void
  /** Another window holds the same, begun and not sent. */
  readonly isBesideAnother?: boolean
  /** The button that sends it, `name` for tests; absent while there is nothing to send. */
  readonly send?: ComponentProps<typeof BigButton> & { readonly name: string }
  /** For what cannot be taken back: the button that leaves everything as it is. */
  readonly keep?: string | undefined
  readonly children: ReactNode
}

/** A sheet with a form in it: its questions, and at its foot the button that sends it. */
export function FormSheet(props: FormSheetProps) {
  const { title, onClose, isBesideAnother, clash, trouble, send, keep, children } = props
  return (
    <Sheet
      isOpen
      title={title}
      onClose={onClose}
      action={
        send && (
          <FormFoot clash={clash} onLook={onClose} trouble={trouble}>
            <SendButtons send={send} keep={keep} onKeep={onClose} />
          </FormFoot>
        )
      }
    >
      <View className="form-sheet">
        {isBesideAnother && <WrittenElsewhere />}
        {children}
      </View>
    </Sheet>
  )
}

interface SendButtonsProps {
  readonly send: NonNullable<FormSheetProps['send']>
  readonly keep: string | undefined
  readonly onKeep: () => void
}

function SendButtons({ send: { name, ...button }, keep, onKeep }: SendButtonsProps) {
  const send = (
    <View data-test={name}>
      <BigButton {...button} />
    </View>
  )
  if (!keep) return send
  return (
    <ButtonPair>
      <View data-test="keep-report">
        <BigButton label={keep} tone="secondary" onPress={onKeep} />
      </View>
      {send}
    </ButtonPair>
  )
}
