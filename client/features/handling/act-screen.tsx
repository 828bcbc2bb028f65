import { Picker, View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import {
  type ContactChannel,
  contactChannelLabels,
  type DeclineReason,
  declineReasonLabels,
  type ReturnReason,
  returnReasonLabels,
} from '../../../cloudfunctions/domain/report/commands'
import type { Remedy } from '../../../cloudfunctions/domain/report/report'
import { BeforeAfter } from '../../components/before-after'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { type Choice, ChoiceChips } from '../../components/choice-chips'
import { ErrorState } from '../../components/empty-state'
import { FormRow, TextBox } from '../../components/form-row'
import { PhotoPicker } from '../../components/photo-picker'
import {
  isSendingPhotos,
  keepablePhotos,
  type PickedPhoto,
  sentPhotoIds,
} from '../../components/picked-photo'
import { Notice, SwitchRow } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { dateText } from '../../components/time-text'
import type { Trouble } from '../../services/api'
import { useDraft } from '../../services/drafts'
import { goBack } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import { actionWords, type Matter, requestLabels, type StaffAction, type Targets } from './words'
import './act-screen.css'

/** The most characters the server takes for a note, and for a public summary. */
const maxNote = 300
const maxSummary = 60
const dayMs = 86_400_000

/** Everything any of the forms can hold; each action sends its part. */
interface Draft {
  readonly note: string
  readonly plan: string
  readonly summary: string | undefined
  readonly channel: ContactChannel | undefined
  readonly returnReason: ReturnReason | undefined
  readonly declineReason: DeclineReason | undefined
  readonly targetId: string | undefined
  readonly remedy: Remedy | undefined
  readonly isPublic: boolean
  readonly isGranted: 'yes' | 'no' | undefined
  /** `YYYY-MM-DD`, Chinese calendar. */
  readonly on: string | undefined
  readonly before: readonly PickedPhoto[]
  readonly after: readonly PickedPhoto[]
}

const emptyDraft: Draft = {
  note: '',
  plan: '',
  summary: undefined,
  channel: undefined,
  returnReason: undefined,
  declineReason: undefined,
  targetId: undefined,
  remedy: undefined,
  isPublic: true,
  isGranted: undefined,
  on: undefined,
  before: [],
  after: [],
}

type Field =
  | 'summary'
  | 'channel'
  | 'returnReason'
  | 'declineReason'
  | 'partner'
  | 'branch'
  | 'mergeTarget'
  | 'isGranted'
  | 'note'
  | 'optionalNote'
  | 'plan'
  | 'date'
  | 'before'
  | 'after'
  | 'photos'
  | 'remedy'
  | 'isPublic'
  | 'compare'

/** Which questions each form asks, in their order. */
const fields: Readonly<Record<StaffAction, readonly Field[]>> = {
  accept: ['summary'],
  contact: ['channel', 'optionalNote'],
  dispatch: ['partner', 'note'],
  resolve: ['before', 'after', 'remedy', 'note'],
  check: ['compare', 'optionalNote'],
  'claim-fixed': ['before', 'after', 'remedy', 'note'],
  progress: ['note', 'photos', 'isPublic'],
  rework: ['compare', 'note'],
  'send-back': ['note'],
  'take-over': [],
  route: ['branch', 'optionalNote'],
  decide: ['isGranted', 'optionalNote'],
  transfer: ['branch', 'note'],
  return: ['returnReason', 'optionalNote'],
  decline: ['declineReason', 'note'],
  merge: ['mergeTarget'],
  suspend: ['note', 'plan', 'date'],
  extend: ['note', 'date'],
  resume: ['optionalNote'],
  'declare-red-face': ['note'],
  'appeal-red-face': ['note'],
  'verify-red-face': ['photos', 'note'],
}

const choicesOf = <V extends string>(labels: Readonly<Record<V, string>>): readonly Choice<V>[] =>
  (Object.entries(labels) as [V, string][]).map(([value, label]) => ({ value, label }))

/** The end of a Chinese day as an instant. */
const endOfDay = (on: string | undefined): number | undefined =>
  on === undefined ? undefined : Date.parse(`${on}T00:00:00+08:00`) + dayMs - 1000

const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)

/** What the form sends beside report, revision and command id. The server says what is missing. */
const inputOf = (action: StaffAction, draft: Draft, matter: Matter): object => {
  const { note } = draft
  const evidence = {
    note,
    before: sentPhotoIds(draft.before),
    after: sentPhotoIds(draft.after),
    remedy: draft.remedy,
  }
  switch (action) {
    case 'accept':
      return { publicSummary: draft.summary ?? matter.publicSummary }
    case 'contact':
      return { channel: draft.channel, note }
    case 'dispatch':
    case 'transfer':
    case 'route':
      return { toUnitId: draft.targetId ?? '', note }
    case 'resolve':
    case 'claim-fixed':
      return evidence
    case 'progress':
      return { note, photos: sentPhotoIds(draft.after), isPublic: draft.isPublic }
    case 'verify-red-face':
      return { note, photos: sentPhotoIds(draft.after) }
    case 'return':
      return { reason: draft.returnReason, note }
    case 'decline':
      return { reason: draft.declineReason, note }
    case 'merge':
      return { parentReportId: draft.targetId ?? '' }
    case 'suspend':
      return { reason: note, plan: draft.plan, untilAt: endOfDay(draft.on) ?? 0 }
    case 'extend':
      return { reason: note, resolveDueAt: endOfDay(draft.on) ?? 0 }
    case 'appeal-red-face':
      return { reason: note }
    case 'decide':
      return {
        request: matter.pendingRequest?.kind,
        isGranted: draft.isGranted === undefined ? undefined : draft.isGranted === 'yes',
        note,
      }
    case 'take-over':
      return {}
    default:
      return { note }
  }
}

interface ActScreenProps {
  readonly reportId: string
  readonly action: StaffAction
  readonly frame: (body: ReactNode, action?: ReactNode) => ReactNode
}

/** The form of one action; what was typed stays until it has been sent. */
export function ActScreen({ reportId, action, frame }: ActScreenProps) {
  const report = useQuery('report.get', { reportId })
  const needsTargets = fields[action].some((field) => ['partner', 'branch', 'mergeTarget'].includes(field))
  const targets = useQuery('unit.targets', needsTargets ? { reportId } : undefined)
  const { draft, change, drop } = useDraft<Draft>(`act:${reportId}:${action}`, emptyDraft, (kept) => ({
    ...kept,
    before: keepablePhotos(kept.before),
    after: keepablePhotos(kept.after),
  }))
  const words = actionWords[action]
  const { run, isBusy, error } = useCommand(words.command)
  const [isStale, setIsStale] = useState(false)

  const { query } = report
  if (query.state === 'loading') return frame(<Skeleton shape="page" />)
  if (query.state === 'failed')
    return frame(<ErrorState message={query.error.message} onRetry={report.retry} />)
  const matter = query.value
  const isSending = isSendingPhotos(draft.before) || isSendingPhotos(draft.after)

  const send = async () => {
    setIsStale(false)
    const outcome = await run({ reportId, rev: matter.rev, ...inputOf(action, draft, matter) } as never)
    if (outcome.ok) {
      drop()
      toast(`${words.label}：好了`)
      goBack()
    } else if (outcome.error.code === 'stale-rev') {
      setIsStale(true)
      await report.reload()
    }
  }

  const trouble = isStale
    ? '这件诉求刚刚有了新进展，已经取来最新的。您填的还在，请再按一次。'
    : error?.message

  return frame(
    <View className="act-screen">
      <Notice tone="plain" icon="info">
        {words.hint}
      </Notice>
      {action === 'decide' && matter.pendingRequest && (
        <Notice
          tone="waiting"
          icon="hourglass"
          title={`${matter.pendingRequest.byUnitName}：${requestLabels[matter.pendingRequest.kind]}`}
        >
          {[matter.pendingRequest.reason, matter.pendingRequest.detail].filter(Boolean).join('。')}
        </Notice>
      )}
      {fields[action].map((field) => (
        <Card key={field}>
          <Question
            field={field}
            draft={draft}
            change={change}
            matter={matter}
            targets={targets.query.state === 'ready' ? targets.query.value : undefined}
            action={action}
            error={isStale ? undefined : error}
          />
        </Card>
      ))}
    </View>,
    <View data-test="send-action">
      {trouble && (
        <View className="act-screen__trouble" role="alert" data-test="act-error">
          {trouble}
        </View>
      )}
      <BigButton
        label={words.send}
        icon={words.icon}
        isBusy={isBusy}
        isDisabled={isSending}
        hint={isSending ? '照片还在上传' : undefined}
        onPress={send}
      />
    </View>,
  )
}

interface QuestionProps {
  readonly field: Field
  readonly draft: Draft
  readonly change: (part: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void
  readonly matter: Matter
  readonly targets: Targets | undefined
  readonly action: StaffAction
  readonly error: Trouble | undefined
}

const noteLabels: Readonly<Partial<Record<StaffAction, string>>> = {
  contact: '对居民说的话',
  dispatch: '要办什么',
  progress: '办到哪一步了',
  'claim-fixed': '怎么办的',
  resolve: '怎么办的',
  rework: '哪里没办好',
  'send-back': '为什么办不了',
  transfer: '为什么转',
  decline: '向居民解释',
  suspend: '为什么现在办不了',
  extend: '为什么要延期',
  'declare-red-face': '为什么群众不满意',
  'appeal-red-face': '申诉理由',
  'verify-red-face': '现场看到的情况',
}

/** The reason is picked from a list there, and what is written beside it is something else. */
const isReasonChosen = (action: StaffAction): boolean =>
  fields[action].some((field) => field === 'returnReason' || field === 'declineReason')

/** `2026-11-30` as one says it. */
const dayWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

function Question({ field, draft, change, matter, targets, action, error }: QuestionProps) {
  const wrongField = (error?.details as { field?: string } | undefined)?.field
  const wrong = (name: string) => (error && wrongField === name ? error.message : undefined)
  const photos =
    (name: 'before' | 'after') => (update: (before: readonly PickedPhoto[]) => readonly PickedPhoto[]) =>
      change((kept) => ({ [name]: update(kept[name]) }))

  switch (field) {
    case 'summary':
      return (
        <FormRow
          label="公开摘要"
          hint="人人都能看到。写清什么地方、什么事，不写居民是谁。"
          error={wrong('publicSummary')}
        >
          <TextBox
            value={draft.summary ?? matter.publicSummary}
            onChange={(summary) => change({ summary })}
            max={maxSummary}
          />
        </FormRow>
      )
    case 'channel':
      return (
        <FormRow label="怎么联系的" error={wrong('channel')}>
          <ChoiceChips
            choices={choicesOf(contactChannelLabels)}
            value={draft.channel}
            onChange={(channel) => change({ channel })}
            layout="columns"
            name="channel"
          />
        </FormRow>
      )
    case 'returnReason':
      return (
        <FormRow label="退回原因" error={wrong('reason')}>
          <ChoiceChips
            choices={choicesOf(returnReasonLabels)}
            value={draft.returnReason}
            onChange={(returnReason) => change({ returnReason })}
            layout="rows"
            name="reason"
          />
        </FormRow>
      )
    case 'declineReason':
      return (
        <FormRow label="不予受理的原因" error={wrong('reason')}>
          <ChoiceChips
            choices={choicesOf(declineReasonLabels)}
            value={draft.declineReason}
            onChange={(declineReason) => change({ declineReason })}
            layout="rows"
            name="reason"
          />
        </FormRow>
      )
    case 'partner':
      return (
        <FormRow label="派给谁" hint="与本社区结对的共建单位" error={wrong('toUnitId')}>
          <Choose
            choices={targets?.partners.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.targetId}
            onChange={(targetId) => change({ targetId })}
            nothing="本社区还没有共建单位，请自办或请上级协调。"
          />
        </FormRow>
      )
    case 'branch':
      return (
        <FormRow label={action === 'route' ? '由谁负责' : '转给谁'} error={wrong('toUnitId')}>
          <Choose
            choices={targets?.branches.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.targetId}
            onChange={(targetId) => change({ targetId })}
            nothing="没有可以转的支部。"
          />
        </FormRow>
      )
    case 'mergeTarget':
      return (
        <FormRow label="并到哪一件" hint="本支部更早的同类诉求" error={wrong('parentReportId')}>
          <Choose
            choices={targets?.mergeTargets.map((card) => ({
              value: card.id,
              label: card.title,
              hint: [dateText(card.submittedAt, serverNow()), card.placeWords].filter(Boolean).join(' · '),
            }))}
            value={draft.targetId}
            onChange={(targetId) => change({ targetId })}
            nothing="没有更早的同类诉求。"
          />
        </FormRow>
      )
    case 'isGranted':
      return (
        <FormRow label="审批意见" error={wrong('isGranted')}>
          <ChoiceChips
            choices={[
              { value: 'yes', label: '同意' },
              { value: 'no', label: '不同意' },
            ]}
            value={draft.isGranted}
            onChange={(isGranted) => change({ isGranted })}
            layout="columns"
            name="granted"
          />
        </FormRow>
      )
    case 'note':
    case 'optionalNote':
      return (
        <FormRow
          label={noteLabels[action] ?? '说明'}
          isOptional={field === 'optionalNote'}
          error={wrong('note') ?? (isReasonChosen(action) ? undefined : wrong('reason'))}
        >
          <View data-test="note">
            <TextBox
              value={draft.note}
              onChange={(note) => change({ note })}
              max={maxNote}
              placeholder="用平常话写"
            />
          </View>
        </FormRow>
      )
    case 'plan':
      return (
        <FormRow label="计划怎么办" hint="资金、时间、谁来办。对外公开。" error={wrong('plan')}>
          <View data-test="plan">
            <TextBox value={draft.plan} onChange={(plan) => change({ plan })} max={maxNote} />
          </View>
        </FormRow>
      )
    case 'date':
      return (
        <FormRow
          label={action === 'suspend' ? '挂到哪一天' : '延到哪一天'}
          hint={
            action === 'suspend' ? '最长九十天' : `现在的时限是${dateText(matter.resolveDueAt, serverNow())}`
          }
          error={wrong('untilAt') ?? wrong('resolveDueAt')}
        >
          <Picker
            mode="date"
            value={draft.on ?? ''}
            start={dayOf(serverNow() + dayMs)}
            onChange={(event) => change({ on: event.detail.value })}
          >
            <View
              className={`act-screen__date ${draft.on ? '' : 'act-screen__date--open'}`}
              data-test="pick-date"
            >
              {draft.on ? dayWords(draft.on) : '点这里选日期'}
            </View>
          </Picker>
        </FormRow>
      )
    case 'before':
      return (
        <FormRow label="办理前的照片" isOptional error={wrong('before')}>
          <View data-test="photos-before">
            <PhotoPicker photos={draft.before} onChange={photos('before')} />
          </View>
        </FormRow>
      )
    case 'after':
      return (
        <FormRow
          label="办理后的照片"
          hint="照片会公开，请勿拍到人脸、车牌。"
          error={wrong('after') ?? (error?.code === 'evidence-required' ? error.message : undefined)}
        >
          <View data-test="photos-after">
            <PhotoPicker photos={draft.after} onChange={photos('after')} />
          </View>
        </FormRow>
      )
    case 'photos':
      return (
        <FormRow
          label="照片"
          isOptional={action === 'progress'}
          hint="照片会公开，请勿拍到人脸、车牌。"
          error={wrong('photos')}
        >
          <View data-test="photos-after">
            <PhotoPicker photos={draft.after} onChange={photos('after')} />
          </View>
        </FormRow>
      )
    case 'remedy':
      return (
        <FormRow label="办到什么程度" error={wrong('remedy')}>
          <ChoiceChips
            choices={[
              { value: 'lasting', label: '根治', hint: '一次办到位' },
              { value: 'temporary', label: '临时处置', hint: '先管一阵子' },
            ]}
            value={draft.remedy}
            onChange={(remedy) => change({ remedy })}
            layout="columns"
            name="remedy"
          />
        </FormRow>
      )
    case 'isPublic':
      return (
        <SwitchRow
          icon="eye"
          title="向社会公开"
          hint="关上就只有居民和办理单位看得到"
          isOn={draft.isPublic}
          onChange={(isPublic) => change({ isPublic })}
        />
      )
    case 'compare':
      return matter.fixClaim ? (
        <FormRow label={`${matter.fixClaim.unitName}报的`} hint={matter.fixClaim.note}>
          <BeforeAfter before={matter.fixClaim.before} after={matter.fixClaim.after} />
        </FormRow>
      ) : null
  }
}

interface ChooseProps {
  readonly choices: readonly Choice<string>[] | undefined
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly nothing: string
}

function Choose({ choices, value, onChange, nothing }: ChooseProps) {
  if (!choices) return <Skeleton count={1} />
  if (choices.length === 0) return <View>{nothing}</View>
  return <ChoiceChips choices={choices} value={value} onChange={onChange} layout="rows" name="target" />
}
