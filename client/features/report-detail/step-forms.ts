import { isConfidential } from '../../../cloudfunctions/contexts/report/rules/confidential'
import type { RequestKind } from '../../../cloudfunctions/contexts/report/rules/request'
import type { InputOf } from '../../../cloudfunctions/contract/contract'
import { dateText } from '../../components/time-text'
import type { Rules } from '../../services/use-rules'
import { answerableText, holderOf, whoReadsText } from '../../words/answerable'
import { sendAppealLabel } from '../../words/both-sides'
import { alsoMetText, othersIn } from '../../words/households'
import { residentSteps } from '../../words/resident-steps'
import { unansweredText } from '../../words/rules'
import { sentences } from '../../words/sentences'
import { lastSeqOfKind } from '../../words/trace-lines'
import { contactedWords } from '../../words/verdict'
import type { StepForm } from './step-sheet'
import type { ReportDetail } from './words'

/** 补充 */
export const addForm = (report: ReportDetail): StepForm<'report.add'> => ({
  action: 'report.add',
  title: residentSteps['add-to'].label,
  send: '发给办理的人',
  words: {
    label: '还想说什么',
    placeholder: '比如：昨天又有老人摔了一跤',
    empty: '请写几句话或拍张照片',
  },
  photosLabel: '照片',
  takesPhotosAlone: true,
  notice: whoReadsText(report),
  input: (on, words, photos) => ({ ...on, words, photos }),
})

/** 回答询问; the question stands above. */
export const answerForm = (report: ReportDetail): StepForm<'report.answer'> => ({
  action: 'report.answer',
  about: Math.max(0, ...report.questions.map(({ no }) => no)),
  title: residentSteps.answer.label,
  send: '回答',
  words: { label: '您的回答', placeholder: '用平常话写', empty: '请写一句回答' },
  photosLabel: '照片',
  notice: whoReadsText(report),
  input: (on, words, photos) => ({ ...on, words, photos }),
})

/** 没人联系我 */
export const denyContactForm = (report: ReportDetail): StepForm<'report.denyContact'> => ({
  action: 'report.denyContact',
  title: '没人联系过您吗？',
  send: residentSteps['deny-contact'].label,
  keep: contactedWords.yes.text,
  lead: `记的是联系过您。您说没有，就不算联系，${holderOf(report)}要再联系您。`,
  input: (on) => on,
})

/** 又坏了: the matter goes back to whoever had it. */
export const reopenForm = ({ resolution }: ReportDetail): StepForm<'report.reopen'> => ({
  action: 'report.reopen',
  about: resolution?.at,
  title: residentSteps.reopen.label,
  send: residentSteps.reopen.hint,
  words: {
    label: '现在是什么样子',
    placeholder: '比如：铺的砂又被水冲走了',
    empty: '请写一句，现在是什么样子',
  },
  photosLabel: '拍一张现在的',
  notice: '时限接着原来的算，不会重来。重新办理多了，就要上红脸榜。',
  input: (on, reason, photos) => ({ ...on, reason, photos }),
})

/** 申诉: the level above looks again, at a decline or at a closing. */
export const appealForm = (
  { status, timeline }: ReportDetail,
  rules: Rules | undefined,
): StepForm<'report.appeal'> => ({
  action: 'report.appeal',
  about: lastSeqOfKind(timeline, status === 'declined' ? 'declined' : 'closed'),
  title: '向上一级申诉',
  send: sendAppealLabel,
  words:
    status === 'declined'
      ? {
          label: '为什么应该受理',
          placeholder: '把没考虑到的写清楚',
          empty: '请写一句，为什么应该受理',
        }
      : {
          label: '为什么不该结案',
          placeholder: '比如：我家门口这一段没修',
          empty: '请写一句，为什么不该结案',
        },
  notice:
    status === 'declined'
      ? `由同意不受理的上一级来看，支持您的话，就得受理。${unansweredText(rules)}。`
      : `由上一级来看，核查过这件事的单位不能自己裁定。支持您的话，就退回重新办。${unansweredText(rules)}。`,
  input: (on, reason) => ({ ...on, reason }),
})

/** 对现场核实的申诉 */
export const appealLookForm = ({ timeline }: ReportDetail): StepForm<'report.appealLook'> => ({
  action: 'report.appealLook',
  about: lastSeqOfKind(timeline, 'looked'),
  title: residentSteps['appeal-look'].label,
  send: sendAppealLabel,
  words: {
    label: '现场核实哪里不对',
    placeholder: '比如：来看的是前半段，后半段没修',
    empty: '请写一句，哪里不对',
  },
  notice: '由来核实的上一级再看，只能申诉一次。',
  input: (on, reason) => ({ ...on, reason }),
})

/** 说明: a unit disputes what this resident said. */
export const sayToAppealForm = ({ requests }: ReportDetail): StepForm<'report.sayToAppeal'> => ({
  action: 'report.sayToAppeal',
  about: requests.find(({ kind }) => kind === 'appeal-red-face')?.no,
  title: `${answerableText}不同意您的评价`,
  send: '说给上级',
  lead: '它申请撤销您的评价。上级要到现场看，也要听您说。',
  words: {
    label: '您怎么看',
    placeholder: '比如：砂铺了，下雨还是过不去',
    empty: '请写一句您怎么看',
  },
  photosLabel: '照片',
  notice: '只有办理和裁定的人看得到。不说也行，时间到了上级照样裁定。',
  input: (on, words, photos) => ({ ...on, words, photos }),
})

/** 对撤销评价的申诉 */
export const appealStruckForm = (
  { timeline }: ReportDetail,
  rules: Rules | undefined,
): StepForm<'report.appealStruck'> => ({
  action: 'report.appealStruck',
  about: lastSeqOfKind(timeline, 'red-face-struck'),
  title: residentSteps['appeal-struck'].label,
  send: sendAppealLabel,
  words: {
    label: '为什么不该撤',
    placeholder: '比如：来看的那天没下雨',
    empty: '请写一句，为什么不该撤',
  },
  notice: `由撤销的上一级来看，只能申诉一次。支持您的话，您的评价恢复，马上上榜。${unansweredText(rules)}。`,
  input: (on, reason) => ({ ...on, reason }),
})

/** 挂账的原因已消除 */
export const reasonGoneForm = ({ timeline }: ReportDetail): StepForm<'report.sayReasonGone'> => ({
  action: 'report.sayReasonGone',
  about: lastSeqOfKind(timeline, 'suspended'),
  title: residentSteps['say-reason-gone'].label,
  send: '告诉上一级',
  words: {
    label: '现在是什么情况',
    placeholder: '比如：地已经化冻了，能施工了',
    empty: '请写一句现在的情况',
  },
  notice: '由上一级来定。同意了就接着办，时限接着走。',
  input: (on, reason) => ({ ...on, reason }),
})

/** 不是同一件事: said once, and for good. */
export const unmergeForm: StepForm<'report.unmerge'> = {
  action: 'report.unmerge',
  title: `${residentSteps.unmerge.label}吗？`,
  send: '不是，拆开单独办',
  keep: '是同一件',
  lead: '拆开以后您这一件单独办，时限照原来的算；没有您的话，以后不会再并到那一件。',
  input: (on) => on,
}

export type AgreedKind = InputOf<'report.agree'>['request']

const agreed: Readonly<Record<AgreedKind, string>> = {
  reclassify: '您同意改类别吗？',
  relocate: '您同意改地点吗？',
  extend: '您同意再延期吗？',
  merge: '还是同一件事吗？',
}

const ifAgreed: Readonly<Record<AgreedKind, string>> = {
  reclassify: '上报人都同意就改；您不同意就不用点，由上一级来定。',
  relocate: '上报人都同意就改；您不同意就不用点，由上一级来定。',
  extend: '延期的次数用完了，上报人都同意，才能再延。',
  merge: '只有您说了算：您说是，就一起办，以后还能拆开；您不说，就照样单独办。',
}

/** What becomes of a complaint that its reporter lets become an ordinary matter (K9). */
const endComplaintForm = ({ detail, endsAt }: Asked, now: number): StepForm<'report.agree'> => ({
  action: 'report.agree',
  title: '不再按反映单位或干部的事办，您同意吗？',
  send: '同意改',
  keep: '不改',
  lead: [
    `${detail ?? ''}，按一般诉求办，不再保密。`,
    '被反映的单位会看到您写的话和照片；以前怎么办的、您的电话，它看不到。',
    '改了就改不回来。',
  ].join('\n'),
  notice: `不同意就点“不改”，照旧保密办，谁也不能替您同意。${
    endsAt === null ? '' : `${dateText(endsAt, now)}还没点，就不再问您。`
  }`,
  input: (on) => ({ ...on, request: 'reclassify' }),
})

/** What stands on the button, and beside what is asked. */
export const agreeLabels: Readonly<Record<AgreedKind, string>> = {
  reclassify: '改类别，您同意吗',
  relocate: '改地点，您同意吗',
  extend: '再延期，您同意吗',
  merge: '是同一件事吗，您说一声',
}

/** What needs every reporter's word. */
const isAgreedKind = (kind: RequestKind): kind is AgreedKind => Object.hasOwn(agreed, kind)

/** The kinds of request that wait for this reader's word. */
export const kindsToAgree = ({
  actions,
  requests,
}: Pick<ReportDetail, 'actions' | 'requests'>): readonly AgreedKind[] =>
  actions.includes('agree')
    ? requests
        .filter(({ mayAgree }) => mayAgree)
        .map(({ kind }) => kind)
        .filter(isAgreedKind)
    : []

type Asked = Pick<ReportDetail['requests'][number], 'detail' | 'endsAt'>

export const agreeForm = (
  kind: AgreedKind,
  report: Pick<ReportDetail, 'requests'>,
  now: number,
): StepForm<'report.agree'> => {
  const request = report.requests.find((one) => one.kind === kind)
  if (kind === 'reclassify' && request?.isForReporterAlone) return endComplaintForm(request, now)
  return {
    action: 'report.agree',
    title: agreed[kind],
    send: kind === 'merge' ? '是同一件' : '同意',
    keep: kind === 'merge' ? '不是' : '先不同意',
    lead: request?.detail ?? '',
    notice: ifAgreed[kind],
    input: (on) => ({ ...on, request: kind }),
  }
}

const leavingText = (report: ReportDetail): string => {
  if (othersIn(report) > 0) {
    return `${alsoMetText(report)}这件事。您撤回以后，由其中一户接着跟进，这件事接着办，您不再收到消息。`
  }
  return report.redFace !== null && report.redFace.state !== 'cleared'
    ? '这件事已列入红脸清单。您撤回以后，上级到现场看过才了结，您不再收到消息。'
    : '撤回以后就不办了，也不能恢复。马上又在同一处报，时限接着原来的算。'
}

/** 撤回: asked once more, because it cannot be taken back. */
export const withdrawForm = (report: ReportDetail): StepForm<'report.withdraw'> => ({
  action: 'report.withdraw',
  title: '要撤回这件诉求吗？',
  send: '撤回',
  keep: '不撤回',
  lead: leavingText(report),
  words: { label: '为什么撤回', placeholder: '比如：自己修好了' },
  input: (on, reason) => ({ ...on, reason }),
})

/** What comes of a verdict that is not content; a complaint never becomes public (H4). */
export const afterRating = (
  report: Pick<ReportDetail, 'categoryId'>,
  verdict: 'unsolved' | 'dissatisfied',
): string => {
  const known = isConfidential(report)
    ? '这件事保密，不上红脸榜，由更上一级督办'
    : '还要登上红脸榜，大家都看得到'
  return verdict === 'unsolved'
    ? `退回去重新办，时限接着原来的算，不会重来；${known}。办好了再问您。`
    : `您说不满意：${known}。改好了再问您。`
}

/** Stands where somebody of a unit concerned is about to judge (H3): one who works there, or did while it ran. */
export const oursNotice = ({ barredAnswers }: ReportDetail): string | undefined =>
  barredAnswers?.praise ? `您是有关单位的人：${sentences.ours}。` : undefined
