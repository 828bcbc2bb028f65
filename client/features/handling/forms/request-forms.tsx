import { View } from '@tarojs/components'
import type { DeclineReason } from '../../../../cloudfunctions/contexts/report/rules/reasons'
import { chinaDaysBetween, startOfChinaDate } from '../../../../cloudfunctions/ground/instant'
import { Card } from '../../../components/card'
import { FormRow } from '../../../components/form-row'
import { SwitchRow } from '../../../components/rows'
import { dateText, instantText } from '../../../components/time-text'
import { serverNow } from '../../../services/server-time'
import { useQuery } from '../../../services/use-query'
import { useRulesOf } from '../../../services/use-rules'
import { causeWord } from '../../../words/red-face-cause'
import { extensionsText } from '../../../words/rules'
import { choicesOf, declineWords } from '../../../words/work'
import { type Matter, type WaitsFor, waitChoices } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { ChoiceField, DateField, endOfDay, WordsField } from './fields'

/** 不予受理, which the level above has to agree to. */
export function DeclineForm(props: FormProps) {
  const form = useActForm(
    'decline',
    props,
    { reason: '不予受理的原因', note: '给上级的说明' },
    { reason: undefined as DeclineReason | undefined, note: '' },
  )
  const { reason, note } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, reason, note }}>
      <ChoiceField
        row={form.row('reason')}
        hint="上级同意后，居民和大家都看得到原因，可以申诉。"
        choices={choicesOf(declineWords)}
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
      />
    </ActForm>
  )
}

/** 申请挂账 */
export function SuspendForm(props: FormProps) {
  const { suspendable } = props.matter
  const form = useActForm(
    'suspend',
    props,
    { reason: '为什么现在办不了', plan: '打算怎么办', untilAt: '挂到哪一天', isSeasonal: '等什么' },
    {
      reason: '',
      plan: '',
      on: undefined as string | undefined,
      waitsFor: undefined as WaitsFor | undefined,
    },
  )
  const { reason, plan, on } = form.draft
  const choices = waitChoices(props.matter)
  const chosenWait = choices.find(({ value }) => value === form.draft.waitsFor) ?? choices[0]
  const waitsFor = chosenWait?.value
  const isSeasonal = waitsFor === 'thaw'
  const lastOn = suspendable?.putOffUntilOn ?? undefined
  const mostDays =
    isSeasonal && lastOn ? chinaDaysBetween(serverNow(), startOfChinaDate(lastOn)) : suspendable?.ordinaryDays
  return (
    <ActForm form={form} input={{ ...form.on, reason, plan, untilAt: endOfDay(on), isSeasonal }}>
      {lastOn && (
        <ChoiceField
          row={form.row('isSeasonal')}
          choices={choices}
          value={waitsFor}
          onChange={(chosen) => form.change({ waitsFor: chosen })}
          layout="rows"
          name="waits-for"
        />
      )}
      <WordsField
        row={form.row('reason')}
        value={reason}
        onChange={(words) => form.change({ reason: words })}
        audience="everyone-later"
      />
      <WordsField
        row={form.row('plan')}
        value={plan}
        onChange={(words) => form.change({ plan: words })}
        audience="everyone-later"
        placeholder="资金、时间、谁来办"
        name="plan"
      />
      <DateField
        row={form.row('untilAt')}
        value={on}
        onChange={(day) => form.change({ on: day })}
        hint="过了这一天自动恢复办理"
        mostDays={mostDays}
        beginsOn={isSeasonal ? lastOn : undefined}
      />
    </ActForm>
  )
}

/** 申请延期 */
export function ExtendForm(props: FormProps) {
  const form = useActForm(
    'extend',
    props,
    { reason: '为什么要延期', resolveDueAt: '延到哪一天' },
    { reason: '', on: undefined as string | undefined },
  )
  const rules = useRulesOf(props.matter)
  const { reason, on } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, reason, resolveDueAt: endOfDay(on) }}>
      <WordsField
        row={form.row('reason')}
        value={reason}
        onChange={(words) => form.change({ reason: words })}
        audience="everyone-later"
      />
      <DateField
        row={form.row('resolveDueAt')}
        value={on}
        onChange={(day) => form.change({ on: day })}
        hint={`现在的时限是${dateText(props.matter.resolveDueAt, serverNow())}；${extensionsText(rules)}`}
      />
    </ActForm>
  )
}

type Cause = NonNullable<Matter['redFace']>['causes'][number]

/** Causes of a unit in which the reader sits, or of one it acts for since that has ended, each disputed once (F3, A4). */
const disputable = (causes: readonly Cause[], unitNames: readonly string[]): readonly Cause[] =>
  causes.filter(
    ({ isStruck, wasAppealed, unitNames: theirs, heirName }) =>
      !isStruck &&
      !wasAppealed &&
      (heirName === undefined ? theirs : [heirName]).some((name) => unitNames.includes(name)),
  )

/** 对“红脸”申诉: which causes, and why they are wrong. */
export function AppealRedFaceForm(props: FormProps) {
  const { matter } = props
  const form = useActForm(
    'appeal-red-face',
    props,
    { reason: '申诉理由', causeNos: '对哪几条申诉' },
    { reason: '', nos: undefined as readonly number[] | undefined },
  )
  const { query } = useQuery('me.get', {})
  const own = query.state === 'ready' ? query.value.memberships.map(({ unitName }) => unitName) : []
  const causes = disputable(matter.redFace?.causes ?? [], own)
  const { reason, nos } = form.draft
  // What was written is about the causes that stood there then: those that have come since are chosen or left out.
  const isChosen = ({ no }: Cause) => nos?.includes(no) ?? true
  const chosen = causes.filter(isChosen)
  const chosenNos = chosen.map(({ no }) => no)
  const isNothingChosen = causes.length > 0 && chosen.length === 0
  return (
    <ActForm form={form} input={{ ...form.on, reason, causeNos: chosenNos }} isBlocked={isNothingChosen}>
      <Card>
        <FormRow
          {...form.row('causeNos')}
          error={isNothingChosen ? '请至少选一条' : form.row('causeNos').error}
          hint="每一条只能申诉一次。居民的评价，要上级到现场看过、听居民说过才能撤。"
        >
          {causes.map((told) => {
            const { no, cause, at, isPublic } = told
            return (
              <View key={no}>
                <SwitchRow
                  name={`cause-${no}`}
                  title={causeWord(cause).label}
                  hint={`${instantText(at, serverNow())}，${isPublic ? '已经公开' : '还没公开'}`}
                  isOn={isChosen(told)}
                  onChange={(isOn) =>
                    form.change({ nos: isOn ? [...chosenNos, no] : chosenNos.filter((one) => one !== no) })
                  }
                />
              </View>
            )
          })}
        </FormRow>
      </Card>
      <WordsField
        row={form.row('reason')}
        value={reason}
        // Before it is known which causes are theirs none has been chosen or left out.
        onChange={(words) => form.change({ reason: words, ...(causes.length > 0 ? { nos: chosenNos } : {}) })}
        audience="parties"
      />
    </ActForm>
  )
}
