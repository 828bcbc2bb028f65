import { View } from '@tarojs/components'
import { useState } from 'react'
import { FormSheet } from '../../components/form-sheet'
import { ringUp } from '../../services/phone'
import { onReport, useStep } from '../../words/use-step'
import type { Matter } from './words'

interface PhoneSheetProps {
  readonly matter: Matter
  readonly reload: () => Promise<void>
  /** How a call is recorded from where the sheet was opened: looking at the number is none. */
  readonly afterwards: string
  readonly onClose: () => void
}

/** A look is never answered from memory: where it is not known whether one was taken, the next press is another. */
const lookAgain = '没有取到号码，再看一次（看一次记一次）'

/** Shows the resident's number after saying that the look is logged and shown to the resident. */
export function PhoneSheet({ matter, reload, afterwards, onClose }: PhoneSheetProps) {
  const { step, isBusy, clash, message, isStale } = useStep('report.revealPhone', matter.timeline, reload)
  const [phone, setPhone] = useState<string>()

  const reveal = async () => {
    const outcome = await step(onReport(matter))
    if (!outcome.ok) return
    setPhone(outcome.value.phone)
  }

  return (
    <FormSheet
      title={phone ? '居民的电话' : '看居民的电话'}
      onClose={onClose}
      clash={isStale ? undefined : clash}
      trouble={isStale ? lookAgain : message}
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
