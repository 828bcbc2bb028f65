import { View } from '@tarojs/components'
import { useState } from 'react'
import {
  type ContactChannel,
  contactChannelLabels,
  contactChannels,
} from '../../../../cloudfunctions/contexts/report/rules/contact'
import { Card } from '../../../components/card'
import { ListRow } from '../../../components/rows'
import { PhoneSheet } from '../phone-sheet'
import type { Matter } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { ChoiceField, WordsField } from './fields'

/** A call counts only when the number was looked at through the product before (C1). */
const hasSeenPhone = ({ timeline, branch }: Matter): boolean =>
  timeline.some(({ kind, unitName }) => kind === 'phone-revealed' && unitName === branch.name)

const channelHints: Readonly<Record<ContactChannel, string>> = {
  phone: '打通以后再记',
  message: '居民看到了才算',
  visit: '到家里或现场见过',
}

/** 联系居民: how, and what was said. */
export function ContactForm(props: FormProps) {
  const { matter, reload } = props
  const form = useActForm(
    'contact',
    props,
    { channel: '怎么联系的', note: '对居民说的话' },
    { channel: undefined as ContactChannel | undefined, note: '' },
  )
  const [isPhoneOpen, setPhoneOpen] = useState(false)
  const { channel, note } = form.draft
  const mayRing = matter.hasPhone && hasSeenPhone(matter)
  const offered = contactChannels.filter((one) => one !== 'phone' || mayRing)
  return (
    <ActForm form={form} input={{ ...form.on, channel, note }}>
      {matter.actions.includes('reveal-phone') && (
        <Card>
          <View data-test="see-phone">
            <ListRow
              icon="phone"
              title="查看电话"
              hint={mayRing ? '看一次记一次' : '先看电话、打通，才能记“打电话”'}
              onPress={() => setPhoneOpen(true)}
            />
          </View>
        </Card>
      )}
      <ChoiceField
        row={form.row('channel')}
        choices={offered.map((value) => ({
          value,
          label: contactChannelLabels[value],
          hint: channelHints[value],
        }))}
        value={channel}
        onChange={(chosen) => form.change({ channel: chosen })}
        layout="rows"
        name="channel"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="reporter"
        isOptional={channel === 'phone'}
      />
      {isPhoneOpen && (
        <PhoneSheet
          matter={matter}
          onClose={() => setPhoneOpen(false)}
          onRevealed={() => {
            form.change({ channel: 'phone' })
            void reload()
          }}
        />
      )}
    </ActForm>
  )
}
