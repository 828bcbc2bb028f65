import { View } from '@tarojs/components'
import type { RequestKind } from '../../../../cloudfunctions/contexts/report/rules/request'
import { PhotoGrid } from '../../../components/photo-grid'
import { Notice } from '../../../components/rows'
import { stillOffered } from '../../../components/still-offered'
import { instantText } from '../../../components/time-text'
import { serverNow } from '../../../services/server-time'
import { requestLabel, requestTag } from '../../../words/request'
import { type Matter, rulableRequests } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { ChoiceField, TargetField, useUnitTargets, WordsField } from './fields'

type Request = Matter['requests'][number]

/** What comes of a yes. */
const ifGranted: Readonly<Record<RequestKind, string>> = {
  suspend: '同意：时限停下，到日子自动恢复，原因和计划公开。',
  extend: '同意：办结时限改到那一天。',
  resume: '同意：恢复办理，时限接着走。',
  decline: '同意：不予受理，居民可以申诉。不同意：责任单位就要受理。',
  'pass-on': '同意：交给下面这个单位，也可以改由别的单位办。不同意：还由原来的单位办。',
  reclassify: '同意：换成新类别的时限。',
  relocate: '同意：地点改过来，由管那里的单位办。',
  // The reporter's to answer.
  merge: '',
  look: '',
  'appeal-decline': '同意：责任单位必须受理，时限至少留三分之一。',
  'appeal-closing': '同意：退回重新办，时限至少留三分之一。',
  'appeal-red-face': '同意：这几条撤销。居民的评价，要先到现场看过、听居民说过。',
  'appeal-look': '同意：退回重新办，上榜原因马上公开。',
  'appeal-struck': '同意：居民的评价恢复，马上公开上榜。',
}

type Answer = 'yes' | 'no'

interface RuleDraft {
  /** The request that everything else is about; absent while nothing was touched. */
  readonly no: number | undefined
  readonly answer: Answer | undefined
  readonly note: string
  readonly targetId: string | undefined
}

const nothingYet: RuleDraft = { no: undefined, answer: undefined, note: '', targetId: undefined }

const theirs = 'as-asked'

/** 审批 */
export function RuleOnForm(props: FormProps) {
  const { matter } = props
  const requests = rulableRequests(matter)
  const form = useActForm(
    'rule-on',
    props,
    {
      request: '哪一项申请',
      requestNo: '哪一项申请',
      isGranted: '审批意见',
      note: '说明',
      toUnitId: '由谁办',
    },
    nothingYet,
    undefined,
    ({ no }) => no === undefined || requests.some((one) => one.no === no),
  )
  const { no, note, targetId } = form.draft
  const request = requests.find((one) => one.no === no) ?? requests[0]
  // What is said about one request is never said about another.
  const rule = (part: Partial<RuleDraft>) => form.change({ no: request?.no, ...part })
  const answers = [
    ...(request?.notYet ? [] : [{ value: 'yes' as const, label: '同意' }]),
    { value: 'no' as const, label: '不同意' },
  ]
  const answer = stillOffered<Answer>(answers, form.draft.answer)
  const isHandedOn = request?.kind === 'pass-on' && answer === 'yes'
  const wanted = targetId ?? theirs
  const targets = useUnitTargets(matter, wanted, {
    isAsked: isHandedOn,
    before: [{ value: theirs, label: '就按申请的办', hint: request?.detail ?? undefined }],
  })
  return (
    <ActForm
      form={form}
      input={{
        ...form.on,
        request: request?.kind,
        requestNo: request?.no,
        isGranted: answer === undefined ? undefined : answer === 'yes',
        note,
        toUnitId: targets.chosen === theirs ? undefined : targets.chosen,
      }}
      // Where it goes is seen before it is granted.
      isBlocked={
        isHandedOn && targets.chosen === undefined && (targets.query.state !== 'failed' || wanted !== theirs)
      }
    >
      {requests.length > 1 && (
        <ChoiceField
          row={form.row('request')}
          choices={requests.map((one) => ({
            value: String(one.no),
            label: requestLabel(one.kind),
            hint: one.byUnitName,
          }))}
          value={request && String(request.no)}
          onChange={(chosen) => form.change({ ...nothingYet, no: Number(chosen) })}
          layout="rows"
          name="request"
        />
      )}
      {request && <Asked request={request} />}
      <ChoiceField
        row={form.row('isGranted')}
        hint={request && ifGranted[request.kind]}
        choices={answers}
        value={answer}
        onChange={(chosen) => rule({ answer: chosen })}
        layout="columns"
        name="granted"
      />
      {isHandedOn && (
        <TargetField
          row={form.row('toUnitId')}
          targets={targets}
          onChange={(picked) => rule({ targetId: picked })}
          nothing=""
        />
      )}
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => rule({ note: words })}
        audience="parties"
        isOptional
      />
    </ActForm>
  )
}

/** Why only a no can be said now. */
const notYetText: Readonly<Record<NonNullable<Request['notYet']>, string>> = {
  'look-first': '现在只能不同意：还没到现场看过。',
  'hear-first': '现在只能不同意：还在等居民说。',
}

/** Whether whose verdict it is has spoken, and how long they are waited for. */
const heardText = ({ askedCount, saidCount, until }: NonNullable<Request['hearing']>, now: number): string =>
  saidCount >= askedCount
    ? `问了${askedCount}位居民，都说了。`
    : `问了${askedCount}位居民，${saidCount}位说了，等到${instantText(until, now)}。`

const ifUnanswered = ({ kind, isForReporterAlone }: Request): string => {
  if (isForReporterAlone) return kind === 'merge' ? '还没答复，就不并。' : '还没同意，就照旧办。'
  return kind === 'appeal-red-face' ? '还没裁定就算失效。' : '还没裁定就算成立。'
}

/** What is asked, by whom, and when it is taken out of these hands. */
export function Asked({ request }: { readonly request: Request }) {
  const now = serverNow()
  const { kind, byUnitName, reason, detail, movesUpAt, endsAt, isForReporterAlone, hearing, notYet } = request
  return (
    <View data-test={`request-${kind}`}>
      <Notice
        tone="waiting"
        icon="hourglass"
        title={
          // The rules ask for a look: it is nobody's request.
          kind === 'look'
            ? requestTag(kind)
            : `${byUnitName}：${isForReporterAlone ? requestTag(kind) : requestLabel(kind)}`
        }
      >
        {detail && <View>{detail}</View>}
        {reason && <View>理由：{reason}</View>}
        {hearing && <View>{heardText(hearing, now)}</View>}
        {hearing?.words.map(({ at, text, photos }) => (
          <View key={at}>
            <View>{text}</View>
            {photos.length > 0 && <PhotoGrid photos={photos} />}
          </View>
        ))}
        {notYet && <View data-test="not-yet">{notYetText[notYet]}</View>}
        <View>
          {isForReporterAlone
            ? '只等上报人一句话，上级也不能替他同意。'
            : `${instantText(movesUpAt, now)}还没审批，就到更上一级。`}
        </View>
        {endsAt !== null && (
          <View>
            {instantText(endsAt, now)}
            {ifUnanswered(request)}
          </View>
        )}
      </Notice>
    </View>
  )
}
