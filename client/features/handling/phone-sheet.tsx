import { View } from '@tarojs/components'
import { useState } from 'react'
import { FormSheet } from '../../components/form-sheet'
import { ringUp } from '../../services/phone'
import { useCommand } from '../../services/use-command'
import { onReport } from '../../words/use-step'
import type { Matter } from './words'

interface PhoneSheetProps {
  readonly matter: Matter
  /** How a call is recorded from where the sheet was opened: looking at the number is none. */
  readonly afterwards: string
  readonly onClose: () => void
}

/** Shows the resident's number after saying that the look is logged and shown to the resident. */
export function PhoneSheet({ matter, afterwards, onClose }: PhoneSheetProps) {
  const { run, isBusy, error } = useCommand('report.revealPhone')
  const [phone, setPhone] = useState<string>()

  const reveal = async () => {
    const outcome = await run(onReport(matter))
    if (!outcome.ok) return
    setPhone(outcome.value.phone)
  }

  return (
    <FormSheet
      title={phone ? '居民的电话' : '看居民的电话'}
      onClose={onClose}
      trouble={error?.message}
      send={
        phone
          ? { name: 'ring-up', label: `拨打 ${phone}`, icon: 'phone', onPress: () => ringUp(phone) }
          : { name: 'reveal-phone', label: '看电话', icon: 'eye', isBusy, onPress: () => void reveal() }
      }
    >
      {phone ? (
        <View>{afterwards}</View>
      ) : (
        <View>每看一次都会记下来，居民也看得到是哪个单位看的。只用来办这件事。</View>
      )}
    </FormSheet>
  )
}
