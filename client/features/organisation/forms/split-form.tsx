import { View } from '@tarojs/components'
import { useState } from 'react'
import { mostName } from '../../../../cloudfunctions/contexts/organisation/rules/tree'
import { mostParts } from '../../../../cloudfunctions/contexts/organisation/rules/unit-deeds'
import { cleanText } from '../../../../cloudfunctions/ground/text/clean-text'
import { BigButton } from '../../../components/big-button'
import { ChoiceChips } from '../../../components/choice-chips'
import { FormRow, TextBox } from '../../../components/form-row'
import { FormSheet } from '../../../components/form-sheet'
import { Notice } from '../../../components/rows'
import { useDraft } from '../../../services/drafts'
import { toast } from '../../../services/toast'
import { deedWords, unitFieldLabels } from '../../../words/unit-change'
import type { DeedFormProps } from '../deed-props'
import { useDeed } from '../use-deed'
import { type FromDraft, FromRow, fromAtOf, fromNow, fromTrouble } from './from-row'
import { noWayBack } from './no-way-back'
import './deed-forms.css'

interface SplitDraft extends FromDraft {
  readonly names: readonly string[]
  /** The place of the part that takes over; null: the unit stays. */
  readonly heir: number | null
}

const stays = 'stays'

/** 拆分: further units beside it; it stays, or one of them takes over. */
export function SplitForm(props: DeedFormProps) {
  const { unit, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<SplitDraft>(slot.name, {
    ...fromNow,
    names: [''],
    heir: null,
  })
  const { send, isBusy, problems, clash, trouble } = useDeed(
    'unit.split',
    props,
    { ...unitFieldLabels, parts: '分出的单位' },
    intentions,
  )
  const [isTried, setTried] = useState(false)
  const parts = draft.names.map(cleanText).filter((name) => name !== '')
  const none = parts.length === 0 ? '请写分出的单位叫什么' : undefined
  const missing = isTried ? (none ?? fromTrouble(draft)) : undefined
  const heir = draft.heir !== null && draft.heir < parts.length ? draft.heir : null

  const split = async (): Promise<void> => {
    setTried(true)
    if (none || fromTrouble(draft)) return
    const done = await send({
      unitId: unit.id,
      rev: unit.rev,
      parts: parts.map((name) => ({ name })),
      ...(heir === null ? {} : { heir }),
      fromAt: fromAtOf(draft).fromAt,
    })
    if (!done) return
    drop()
    toast(draft.isLater ? '记下了，到日子就拆' : '拆好了')
    onDone()
  }

  return (
    <FormSheet
      title={deedWords.split.label}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={missing ?? trouble}
      send={{ name: 'send-deed', label: deedWords.split.label, isBusy, onPress: () => void split() }}
    >
      <Notice tone="plain" icon="info">
        分出的单位和它并列，类别、上级都一样。{noWayBack(draft)}
      </Notice>
      <FormRow
        label="分出的单位叫什么"
        {...((isTried && none) || problems.parts ? { error: none ?? problems.parts ?? '' } : {})}
      >
        <View className="unit-pick" data-test="split-names">
          {draft.names.map((name, place) => (
            <TextBox
              // biome-ignore lint/suspicious/noArrayIndexKey: names are told by their places
              key={place}
              label={`第${place + 1}个单位的名称`}
              value={draft.names[place] ?? name}
              onChange={(typed) =>
                change((before) => ({ names: before.names.map((one, at) => (at === place ? typed : one)) }))
              }
              max={mostName}
              isSingleLine
            />
          ))}
          {draft.names.length < mostParts && (
            <BigButton
              label="再写一个"
              icon="plus"
              tone="quiet"
              onPress={() => change((before) => ({ names: [...before.names, ''] }))}
            />
          )}
        </View>
      </FormRow>
      <FormRow label={`${unit.name}怎么办`}>
        <ChoiceChips
          name="split-heir"
          layout="rows"
          choices={[
            { value: stays, label: '还在，照常办事' },
            ...parts.map((name, place) => ({ value: String(place), label: `撤销，由${name}接手` })),
          ]}
          value={heir === null ? stays : String(heir)}
          onChange={(chosen) => change({ heir: chosen === stays ? null : Number(chosen) })}
        />
      </FormRow>
      <FromRow value={draft.from} isLater={draft.isLater} onChange={change} />
    </FormSheet>
  )
}
