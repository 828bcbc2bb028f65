import { View } from '@tarojs/components'
import type { ReturnReason } from '../../../../cloudfunctions/contexts/report/rules/reasons'
import { Notice } from '../../../components/rows'
import { sentences } from '../../../words/sentences'
import { choicesOf, returnWords } from '../../../words/work'
import type { Matter } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { AccusedField, ChoiceField, TargetField, useUnitTargets, WordsField } from './fields'

/** What stays behind when it is handed on (A2), and how many hand-overs are still free (A5). */
export function WhatStays({ matter }: { readonly matter: Matter }) {
  const { staysWithUs, freePassesLeft } = matter
  return (
    <View data-test="what-stays">
      <Notice
        tone={staysWithUs ? 'alert' : 'waiting'}
        icon="hourglass"
        title={staysWithUs ? sentences.stays : undefined}
      >
        {freePassesLeft > 0
          ? `这件事还能直接转出${freePassesLeft}次，以后要上级决定。`
          : '转出的次数用完了，这一次由上级决定谁来办。'}
      </Notice>
    </View>
  )
}

/** 主动接办 */
export function TakeOverForm(props: FormProps) {
  const form = useActForm('take-over', props, {}, {})
  return (
    <ActForm form={form} input={form.on}>
      <WhatStays matter={props.matter} />
    </ActForm>
  )
}

/** 退回上级 */
export function ReturnForm(props: FormProps) {
  const form = useActForm(
    'return',
    props,
    { reason: '退回原因', note: '说明' },
    { reason: undefined as ReturnReason | undefined, note: '' },
  )
  const { reason, note } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, reason, note }}>
      <WhatStays matter={props.matter} />
      <ChoiceField
        row={form.row('reason')}
        choices={choicesOf(returnWords)}
        value={reason}
        onChange={(chosen) => form.change({ reason: chosen })}
        layout="rows"
        name="reason"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="colleagues"
        isOptional
      />
    </ActForm>
  )
}

/** 指定: who is to have it; of a complaint that names nobody whom it is about, which decides who has it (H4). */
export function RouteForm(props: FormProps) {
  const form = useActForm(
    'route',
    props,
    { toUnitId: '由谁负责', accusedUnitId: '反映的是哪个单位', note: '说明' },
    { targetId: undefined as string | undefined, accusedId: undefined as string | undefined, note: '' },
  )
  const { targetId, accusedId, note } = form.draft
  const targets = useUnitTargets(props.matter, targetId)
  const accusedWithin = targets.query.state === 'ready' ? targets.query.value.accusedWithin : null
  const isToBeNamed = accusedWithin !== null
  const chosen = isToBeNamed ? { accusedUnitId: accusedId } : { toUnitId: targets.chosen }
  return (
    <ActForm form={form} input={{ ...form.on, ...chosen, note }} isBlocked={!isToBeNamed && targets.isNone}>
      {isToBeNamed ? (
        <AccusedField
          row={form.row('accusedUnitId')}
          startUnitId={accusedWithin}
          value={accusedId}
          onChange={(unitId) => form.change({ accusedId: unitId })}
        />
      ) : (
        <TargetField
          row={form.row('toUnitId')}
          targets={targets}
          onChange={(unitId) => form.change({ targetId: unitId })}
          nothing="没有可以指定的单位。"
        />
      )}
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="colleagues"
        isOptional
      />
    </ActForm>
  )
}

type MoveAction = 'transfer' | 'reassign'

const moves = {
  transfer: { to: '转给谁', note: '为什么转', audience: 'colleagues', isOptional: false },
  reassign: { to: '改由谁办', note: '为什么改派', audience: 'everyone', isOptional: false },
} as const

/** 转办, 改派: to which branch, and why. */
export function MoveForm({ action, ...props }: FormProps & { readonly action: MoveAction }) {
  const words = moves[action]
  const form = useActForm<MoveAction, { readonly targetId: string | undefined; readonly note: string }>(
    action,
    props,
    { toUnitId: words.to, note: words.note },
    { targetId: undefined, note: '' },
  )
  const { targetId, note } = form.draft
  const targets = useUnitTargets(props.matter, targetId)
  return (
    <ActForm form={form} input={{ ...form.on, toUnitId: targets.chosen, note }} isBlocked={targets.isNone}>
      {action === 'transfer' && <WhatStays matter={props.matter} />}
      <TargetField
        row={form.row('toUnitId')}
        targets={targets}
        onChange={(chosen) => form.change({ targetId: chosen })}
        nothing="没有可以转的支部。"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(typed) => form.change({ note: typed })}
        audience={words.audience}
        isOptional={words.isOptional}
      />
    </ActForm>
  )
}
