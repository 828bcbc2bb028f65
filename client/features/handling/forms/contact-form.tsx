import { View } from '@tarojs/components'
import { useState } from 'react'
import type { ContactChannel } from '../../../../cloudfunctions/contexts/report/rules/contact'
import { Card } from '../../../components/card'
import { ListRow } from '../../../components/rows'
import { stillOffered } from '../../../components/still-offered'
import { channelWords } from '../../../words/work'
import { PhoneSheet } from '../phone-sheet'
import { afterCall, channelChoices } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { ChoiceField, WordsField } from './fields'

/** 联系居民: how, and what was said. */
export function ContactForm(props: FormProps) {
  const { matter } = props
  const form = useActForm(
    'contact',
    props,
    { channel: '怎么联系的', note: '对居民说的话' },
    { channel: undefined as ContactChannel | undefined, note: '' },
  )
  const [isPhoneOpen, setPhoneOpen] = useState(false)
  const { note } = form.draft
  const offered = channelChoices(matter)
  const channel = stillOffered(offered, form.draft.channel)
  return (
    <ActForm form={form} input={{ ...form.on, channel, note }}>
      {matter.actions.includes('reveal-phone') && (
        <Card>
          <View data-test="see-phone">
            <ListRow
              icon="phone"
              title="查看电话"
              hint={
                matter.isPhoneRevealed
                  ? '看一次记一次'
                  : `先看电话、打通，才能记“${channelWords.phone.label}”`
              }
              onPress={() => setPhoneOpen(true)}
            />
          </View>
        </Card>
      )}
      <ChoiceField
        row={form.row('channel')}
        choices={offered}
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
          reload={props.reload}
          afterwards={afterCall.onForm}
          onClose={() => setPhoneOpen(false)}
        />
      )}
    </ActForm>
  )
}
