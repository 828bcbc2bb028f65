import { View } from '@tarojs/components'
import { useState } from 'react'
import { scanCode } from '../services/scan-code'
import { BigButton } from './big-button'
import { FormRow, TextBox } from './form-row'
import './code-entry.css'

interface CodeEntryProps {
  readonly scanLabel: string
  /** What is typed where nothing can be scanned. */
  readonly label: string
  readonly placeholder: string
  /** Why the last one was not taken. */
  readonly trouble: string | undefined
  readonly isBusy: boolean
  /** What was scanned or typed, as it was. */
  readonly onCode: (text: string) => void
}

/** A code that somebody holds out: scanned where there is a camera for codes, typed everywhere. */
export function CodeEntry(props: CodeEntryProps) {
  const { scanLabel, label, placeholder, trouble, isBusy, onCode } = props
  const [typed, setTyped] = useState('')

  const scan = async (): Promise<void> => {
    const result = await scanCode?.()
    if (result !== undefined) onCode(result)
  }

  return (
    <View className="code-entry">
      {scanCode && (
        <View data-test="scan-code">
          <BigButton label={scanLabel} icon="camera" isBusy={isBusy} onPress={() => void scan()} />
        </View>
      )}
      <FormRow label={label} error={trouble}>
        <View data-test="typed-code">
          <TextBox value={typed} onChange={setTyped} placeholder={placeholder} isSingleLine />
        </View>
      </FormRow>
      <View data-test="send-code">
        <BigButton
          label="下一步"
          tone={scanCode ? 'secondary' : 'primary'}
          isBusy={isBusy}
          onPress={() => onCode(typed)}
        />
      </View>
    </View>
  )
}
