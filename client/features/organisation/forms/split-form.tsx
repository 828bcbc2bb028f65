import { View } from '@tarojs/components'
import { useState } from 'react'
import { mostName } from '../../../../cloudfunctions/contexts/organisation/rules/tree'
import { mostParts } from '../../../../cloudfunctions/contexts/organisation/rules/unit-deeds'
import { cleanText } from '../../../../cloudfunctions/ground/text/clean-text'
import { countText } from '../../../../cloudfunctions/ground/text/typed-text'
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
  /** One a line. */
  readonly names: string
  /** The place of the part that takes over; null: the unit stays. */
  readonly heir: number | null
}

const stays = 'stays'

/** 拆分: further units beside it; it stays, or one of them takes over. */
export function SplitForm(props: DeedFormProps) {
  const { unit, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<SplitDraft>(slot.name, {
    ...fromNow,
    names: '',
    heir: null,
  })
  const { send, isBusy, problems, clash, trouble } = useDeed(
    'unit.split',
    props,
    { ...unitFieldLabels, parts: '分出的单位' },
    intentions,
  )
  const [isTried, setTried] = useState(false)
  const parts = draft.names
    .split('\n')
    .map(cleanText)
    .filter((name) => name !== '')
  const none =
    parts.length === 0
      ? '请写分出的单位叫什么'
      : parts.length > mostParts
        ? `一次最多拆出${mostParts}个`
        : parts.some((name) => countText(name) > mostName)
          ? `名称最多${mostName}个字`
          : undefined
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
        hint="一行写一个。"
        {...((isTried && none) || problems.parts ? { error: none ?? problems.parts ?? '' } : {})}
      >
        <View data-test="split-names">
          <TextBox
            value={draft.names}
            onChange={(names) => change({ names })}
            placeholder={'东街第一党支部\n东街第二党支部'}
          />
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
