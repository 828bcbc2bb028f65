import { View } from '@tarojs/components'
import { useState } from 'react'
import { takesTwoPersons } from '../../../cloudfunctions/contexts/people/rules/roles-of-unit'
import type { CommandAction, OutputOf } from '../../../cloudfunctions/contract/contract'
import { chinaDateOn, chinaMinuteOfDay } from '../../../cloudfunctions/ground/instant'
import { ChoiceChips } from '../../components/choice-chips'
import { ChoiceRows } from '../../components/choice-rows'
import { DayField, dayBegins, dayEnds } from '../../components/day-field'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { Notice } from '../../components/rows'
import type { CommandInput } from '../../services/api'
import type { Intentions } from '../../services/command-id'
import { draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { roleLabels } from '../../words/roles'
import { termText } from '../../words/term'
import { Leaving } from './leaving'
import { actionWords, personText, type Seat, twoPersonsText } from './words'
import './people.css'

/** Who was invited by a hand-over, with the code that is answered once. */
export interface Invited {
  readonly invitationId: string
  readonly code: string
}

export interface SeatFormProps {
  readonly seat: Seat
  /** Others of the unit who can take it over. */
  readonly colleagues: readonly Seat[]
  /** It is done; a hand-over may have invited somebody. */
  readonly onDone: (invited?: Invited) => void
  /** Somebody else was quicker: it is fetched anew. */
  readonly onMoved: () => void
  readonly onClose: () => void
}

type SeatCommand = Extract<
  CommandAction,
  'people.end' | 'people.changeDates' | 'people.undo' | 'people.handOver'
>

/** One act on a seat as it was read: of two who change it at once the second is told, and sees what it has become. */
const useSeatCommand = <A extends SeatCommand>(
  action: A,
  { seat, onMoved }: SeatFormProps,
  onSent: (answer: OutputOf<A>) => void,
  intentions?: Intentions,
) => {
  const { run, isBusy, error } = useCommand(action, { intentions })
  const send = async (input: Omit<CommandInput<A>, 'seatId' | 'rev'>): Promise<void> => {
    // Sound: the three parts of it together are the input.
    const outcome = await run({ ...input, seatId: seat.id, rev: seat.rev } as unknown as CommandInput<A>)
    if (outcome.ok) onSent(outcome.value)
    else if (outcome.error.code === 'stale-rev') onMoved()
  }
  return { send, isBusy, trouble: error?.message }
}

/** A day, or what is meant without one. */
type Other = 'now' | 'open'
const otherLabels: Readonly<Record<Other, string>> = { now: '现在', open: '没有期限' }

interface WhenFieldProps<K extends Other> {
  readonly label: string
  readonly name: string
  readonly other: K
  readonly dayLabel: string
  readonly dayHint?: string
  readonly when: K | 'day'
  readonly on: string
  readonly onWhen: (when: K | 'day') => void
  readonly onDay: (on: string) => void
}

/** At once or without an end, else a day. */
function WhenField<K extends Other>(props: WhenFieldProps<K>) {
  const { label, name, other, dayLabel, dayHint, when, on, onWhen, onDay } = props
  return (
    <>
      <FormRow label={label}>
        <ChoiceChips<K | 'day'>
          choices={[
            { value: other, label: otherLabels[other] },
            { value: 'day', label: '选日子' },
          ]}
          value={when}
          onChange={onWhen}
          layout="columns"
          name={name}
        />
      </FormRow>
      {when === 'day' && (
        <DayField isAhead label={dayLabel} {...(dayHint && { hint: dayHint })} value={on} onChange={onDay} />
      )}
    </>
  )
}

const noDayText = '请选哪一天'

/** 离任: from then on it counts no more, at the next call. */
export function EndForm(props: SeatFormProps) {
  const { seat, onDone, onClose } = props
  const [when, setWhen] = useState<'now' | 'day'>('now')
  const [on, setOn] = useState('')
  const [missing, setMissing] = useState<string>()
  const { send, isBusy, trouble } = useSeatCommand('people.end', props, () => {
    toast('记下了')
    onDone()
  })
  const end = (): void => {
    const isOpen = when === 'day' && on === ''
    setMissing(isOpen ? noDayText : undefined)
    if (!isOpen) void send({ at: when === 'now' ? undefined : dayEnds(on) })
  }
  return (
    <FormSheet
      title={`${personText(seat)}离任`}
      onClose={onClose}
      trouble={missing ?? trouble}
      keep="先不了"
      send={{ name: 'send-end', label: '离任', icon: actionWords.end.icon, isBusy, onPress: end }}
    >
      <View className="people-form">
        <Leaving seat={seat} />
        <WhenField
          label="什么时候走"
          name="when"
          other="now"
          dayLabel="最后是哪天"
          when={when}
          on={on}
          onWhen={setWhen}
          onDay={setOn}
        />
        <Notice tone="plain" icon="info">
          {actionWords.end.hint}。做过的事还记在他名下。
        </Notice>
      </View>
    </FormSheet>
  )
}

/** 改任期: its first day only while that has not come. */
export function DatesForm(props: SeatFormProps) {
  const { seat, onDone, onClose } = props
  const { fromAt, untilAt, role, state } = seat
  const now = serverNow()
  const dayOf = (at: number | null): string => (at === null ? '' : chinaDateOn(at))
  const isToCome = state === 'to-come'
  const lastOf = untilAt === null ? null : chinaMinuteOfDay(untilAt) === 0 ? untilAt - 1 : untilAt
  const [fromOn, setFrom] = useState(dayOf(fromAt))
  const [kind, setKind] = useState<'open' | 'day'>(untilAt === null ? 'open' : 'day')
  const [untilOn, setUntil] = useState(dayOf(lastOf))
  const [missing, setMissing] = useState<string>()
  const { send, isBusy, trouble } = useSeatCommand('people.changeDates', props, () => {
    toast('任期改好了')
    onDone()
  })
  const change = (): void => {
    const isOpen = kind === 'day' && untilOn === ''
    setMissing(isOpen ? noDayText : undefined)
    if (isOpen) return
    void send({
      fromAt: isToCome && fromOn !== dayOf(fromAt) ? dayBegins(fromOn) : undefined,
      untilAt: kind === 'open' ? null : dayEnds(untilOn),
    })
  }
  return (
    <FormSheet
      title={`改${personText(seat)}的任期`}
      onClose={onClose}
      trouble={missing ?? trouble}
      send={{ name: 'send-dates', label: '改任期', icon: 'check', isBusy, onPress: change }}
    >
      <View className="people-form">
        <Notice tone="plain" icon="info">
          现在{termText(seat, now)}。
        </Notice>
        {isToCome && <DayField isAhead label="从哪天起" value={fromOn} onChange={setFrom} />}
        <WhenField
          label="到什么时候"
          name="until"
          other="open"
          dayLabel="最后是哪天"
          dayHint="这一天还算在内"
          when={kind}
          on={untilOn}
          onWhen={setKind}
          onDay={setUntil}
        />
        {takesTwoPersons(role) && (
          <Notice tone="waiting" icon="users">
            “{roleLabels[role]}”的任期在这里只能改短。要延长，请重新发邀请。
          </Notice>
        )}
      </View>
    </FormSheet>
  )
}

/** 撤回上一步, within the day. */
export function UndoForm(props: SeatFormProps) {
  const { seat, onDone, onClose } = props
  const { send, isBusy, trouble } = useSeatCommand('people.undo', props, () => {
    toast('撤回了')
    onDone()
  })
  return (
    <FormSheet
      title="撤回上一步"
      onClose={onClose}
      trouble={trouble}
      keep="先不了"
      send={{ name: 'send-undo', label: '撤回', icon: 'undo-2', isBusy, onPress: () => void send({}) }}
    >
      <View className="people-form">
        <Notice tone="waiting" icon="undo-2">
          {personText(seat)}的任期回到改之前。要是职务刚给，就到此为止。
        </Notice>
      </View>
    </FormSheet>
  )
}

const somebodyNew = 'new'

/** 交接: the old seat ends when the next begins, to whoever is there already or is invited. */
export function HandOverForm(props: SeatFormProps) {
  const { seat, colleagues, onDone, onClose } = props
  const { role } = seat
  const [to, setTo] = useState<string>(somebodyNew)
  const { draft, change, drop, intentions } = useDraft(draftName('hand-over', seat.id), { name: '' })
  const { name } = draft
  const [when, setWhen] = useState<'now' | 'day'>('now')
  const [on, setOn] = useState('')
  const [missing, setMissing] = useState<string>()
  const isOfTwo = takesTwoPersons(role)
  const { send, isBusy, trouble } = useSeatCommand(
    'people.handOver',
    props,
    (answer) => {
      drop()
      const { invitationId, code } = answer
      if (invitationId === null || code === null) {
        toast('交接好了')
        onDone()
        return
      }
      onDone({ invitationId, code })
    },
    intentions,
  )
  const handOver = (): void => {
    const lacks =
      to === somebodyNew && name.trim() === ''
        ? '请写新来的人的名字'
        : when === 'day' && on === ''
          ? noDayText
          : undefined
    setMissing(lacks)
    if (lacks) return
    const at = when === 'now' || on === chinaDateOn(serverNow()) ? undefined : dayBegins(on)
    void send(to === somebodyNew ? { at, name } : { at, toSeatId: to })
  }
  return (
    <FormSheet
      title={`${roleLabels[role]}交接`}
      onClose={onClose}
      trouble={missing ?? trouble}
      send={{ name: 'send-hand-over', label: '交接', icon: 'arrow-right-left', isBusy, onPress: handOver }}
    >
      <View className="people-form">
        <Leaving seat={seat} />
        {!isOfTwo && colleagues.length > 0 && (
          <FormRow label="交给谁">
            <ChoiceRows
              choices={[
                { value: somebodyNew, label: '新来的人', hint: '发邀请给他' },
                ...colleagues.map((one) => ({
                  value: one.id,
                  label: personText(one),
                  hint: roleLabels[one.role],
                })),
              ]}
              value={to}
              onChange={setTo}
              name="to"
            />
          </FormRow>
        )}
        {to === somebodyNew && (
          <FormRow label="新来的人叫什么" hint="同事平时怎么叫他">
            <View data-test="successor-name">
              <TextBox
                value={name}
                onChange={(typed) => change({ name: typed })}
                placeholder="比如：老云"
                isSingleLine
              />
            </View>
          </FormRow>
        )}
        <WhenField
          label="什么时候交"
          name="when"
          other="now"
          dayLabel="新来的人哪天上任"
          when={when}
          on={on}
          onWhen={setWhen}
          onDay={setOn}
        />
        {isOfTwo && (
          <Notice tone="waiting" icon="users">
            {twoPersonsText(role)}
          </Notice>
        )}
      </View>
    </FormSheet>
  )
}
