import type { ReportAction } from '../../cloudfunctions/contexts/report/contract'
import type { IconName } from '../components/icon'
import { answerableText } from './answerable'
import { askedHint, urgeLabel } from './both-sides'
import { goneQuestion, meTooLabel } from './households'
import type { StaffAction } from './staff-steps'

interface StepWords {
  readonly label: string
  readonly icon: IconName
  readonly hint: string
}

/** What a resident can do about a matter: all that staff do not, but what has no button there, and 催办, which is both's. */
export type ResidentAction =
  | Exclude<ReportAction, StaffAction | 'open-message' | 'reveal-phone' | 'reprint'>
  | 'urge'

/** Each by one name on buttons, in lists and over its form. */
export const residentSteps: Readonly<Record<ResidentAction, StepWords>> = {
  rate: { label: '评价', icon: 'star', hint: '修好了没有，您说了算' },
  'answer-red-face': { label: goneQuestion, icon: 'message-circle', hint: '您说一声' },
  'take-up': {
    label: '这就是我要说的',
    icon: 'send',
    hint: '住在附近的去上报，选好地点，点“这就是我要说的”',
  },
  support: { label: meTooLabel, icon: 'users', hint: '不用再报一遍，办到哪一步都会告诉您' },
  'say-to-appeal': {
    label: '对申诉说一句',
    icon: 'message-circle',
    hint: `${answerableText}不同意您的评价，上级要先听您的`,
  },
  answer: { label: '回答询问', icon: 'message-circle', hint: askedHint },
  agree: { label: '您同意吗', icon: 'message-circle', hint: '点开看清楚，再定' },
  'add-to': { label: '补充', icon: 'plus', hint: '再说几句，或者再拍张照片' },
  urge: { label: urgeLabel, icon: 'bell', hint: `提醒${answerableText}抓紧` },
  'deny-contact': { label: '没人联系我', icon: 'phone', hint: '记的是联系过您，其实没有' },
  'say-reason-gone': { label: '挂账的原因没有了', icon: 'history', hint: '请上一级看，能不能接着办' },
  unmerge: { label: '不是同一件事', icon: 'git-merge', hint: '拆开，单独办' },
  reopen: { label: '又坏了', icon: 'undo-2', hint: '退回去重新办' },
  appeal: { label: '不同意，申诉', icon: 'scale', hint: '由上一级来看' },
  'appeal-look': { label: '对现场核实申诉', icon: 'scale', hint: '上级看过说解决了，您不同意' },
  'appeal-struck': { label: '对撤销评价申诉', icon: 'scale', hint: '上级撤了您的评价，您不同意' },
  withdraw: { label: '撤回这件诉求', icon: 'undo-2', hint: '撤了就不能恢复' },
}
