import type { CommandAction, OutputOf } from '../../../cloudfunctions/contract/contract'
import type { ReportAction } from '../../../cloudfunctions/domain/access/authorise'
import type { ReportEventKind } from '../../../cloudfunctions/domain/report/report'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'

export type Matter = OutputOf<'report.get'>
export type Targets = OutputOf<'unit.targets'>

/** What staff can do; residents' own steps have their place on the resident's page. */
export type StaffAction = Exclude<
  ReportAction,
  'withdraw' | 'support' | 'rate' | 'reopen' | 'appeal' | 'answer-red-face' | 'reveal-phone'
>

export type StaffCommand = Exclude<
  CommandAction,
  | 'report.submit'
  | 'report.withdraw'
  | 'report.support'
  | 'report.rate'
  | 'report.reopen'
  | 'report.appeal'
  | 'redFace.answer'
  | 'report.revealPhone'
>

interface ActionWords {
  readonly command: StaffCommand
  readonly label: string
  readonly icon: IconName
  /** How it is done well, in one line. */
  readonly hint: string
  /** What the button of the form says. */
  readonly send: string
}

export const actionWords: Readonly<Record<StaffAction, ActionWords>> = {
  accept: {
    command: 'report.accept',
    label: '受理',
    icon: 'check',
    hint: '接下这件事，居民马上会收到通知。',
    send: '受理',
  },
  contact: {
    command: 'report.contact',
    label: '联系居民',
    icon: 'phone',
    hint: '先听居民怎么说。写下的话会发给居民。',
    send: '记下联系情况',
  },
  dispatch: {
    command: 'report.dispatch',
    label: '派给共建单位',
    icon: 'send',
    hint: '把活儿交给能办的单位，责任仍在支部。',
    send: '派单',
  },
  resolve: {
    command: 'report.resolve',
    label: '自办办结',
    icon: 'circle-check',
    hint: '支部自己动手办好的，拍下办理后的样子。',
    send: '办结，请居民评价',
  },
  check: {
    command: 'report.check',
    label: '核查通过',
    icon: 'badge-check',
    hint: '请到现场看一看。谁办理的不能由谁核查。',
    send: '核查通过，请居民评价',
  },
  'claim-fixed': {
    command: 'report.claimFixed',
    label: '报完成',
    icon: 'circle-check',
    hint: '拍下办理前后的样子，支部会到现场核查。',
    send: '报完成',
  },
  progress: {
    command: 'report.progress',
    label: '写进展',
    icon: 'pencil',
    hint: '办到哪一步了，让居民心里有数。',
    send: '发布进展',
  },
  rework: {
    command: 'report.rework',
    label: '不通过，返工',
    icon: 'undo-2',
    hint: '说清楚哪里没办好。第三次返工，上级督办。',
    send: '退回返工',
  },
  'send-back': {
    command: 'report.sendBack',
    label: '办不了，退回支部',
    icon: 'undo-2',
    hint: '说清楚为什么办不了，支部好另想办法。',
    send: '退回支部',
  },
  'take-over': {
    command: 'report.takeOver',
    label: '主动接办',
    icon: 'users',
    hint: '这里靠近你们的网格。接过来，时限不变。',
    send: '接过来办',
  },
  route: {
    command: 'report.route',
    label: '指定责任支部',
    icon: 'landmark',
    hint: '地点决定责任。指定后马上通知支部和居民。',
    send: '指定',
  },
  decide: {
    command: 'report.decide',
    label: '审批申请',
    icon: 'scale',
    hint: '同意或不同意，都会写进办理轨迹。',
    send: '提交审批',
  },
  transfer: {
    command: 'report.transfer',
    label: '转办',
    icon: 'arrow-right',
    hint: '转给别的支部，时限不变。受理以后转办要上级同意。',
    send: '转办',
  },
  return: {
    command: 'report.return',
    label: '退回上级',
    icon: 'undo-2',
    hint: '不归本支部的才退。第三次退回由上级指定，不能再退。',
    send: '退回',
  },
  decline: {
    command: 'report.decline',
    label: '不予受理',
    icon: 'ban',
    hint: '只有几种情况可以不受理，居民可以向上一级申诉。',
    send: '不予受理',
  },
  merge: {
    command: 'report.merge',
    label: '并案',
    icon: 'git-merge',
    hint: '同一处同一件事，并到更早的那一件，进展一并告诉居民。',
    send: '并案',
  },
  suspend: {
    command: 'report.suspend',
    label: '申请挂账',
    icon: 'circle-pause',
    hint: '现在办不了的，要有理由、有计划、有日期，上级同意，对外公开。',
    send: '提交申请',
  },
  extend: {
    command: 'report.extend',
    label: '申请延期',
    icon: 'clock',
    hint: '要多少时间、为什么，由上一级批。',
    send: '提交申请',
  },
  resume: {
    command: 'report.resume',
    label: '恢复办理',
    icon: 'refresh-cw',
    hint: '条件有了就接着办，剩下的时限继续走。',
    send: '恢复办理',
  },
  'declare-red-face': {
    command: 'redFace.declare',
    label: '列入红脸清单',
    icon: 'flag',
    hint: '群众最不满意的事，自己先列出来，从这里改起。',
    send: '列入红脸清单',
  },
  'appeal-red-face': {
    command: 'redFace.appeal',
    label: '对红脸条目申诉',
    icon: 'scale',
    hint: '申诉期间冻结，由上一级裁定。',
    send: '提交申诉',
  },
  'verify-red-face': {
    command: 'redFace.verify',
    label: '现场核实销号',
    icon: 'shield-check',
    hint: '居民七天没有回应的，上级到现场看过、拍照，才能销号。',
    send: '核实销号',
  },
}

export const isStaffAction = (action: string): action is StaffAction => Object.hasOwn(actionWords, action)

/** What comes first at each point; the rest waits under 更多操作. */
const firstChoices: readonly StaffAction[] = [
  'accept',
  'decide',
  'route',
  'check',
  'claim-fixed',
  'contact',
  'dispatch',
  'resolve',
  'resume',
  'take-over',
  'progress',
]

/** The allowed actions of a staff member: the one to offer first, and the others. */
export const chooseActions = (
  matter: Matter,
): { readonly first: StaffAction | undefined; readonly others: readonly StaffAction[] } => {
  const allowed = matter.actions.filter(isStaffAction)
  const isContacted = matter.contactedAt !== null
  const first = firstChoices.find(
    (action) => allowed.includes(action) && !(action === 'contact' && isContacted),
  )
  const order = Object.keys(actionWords)
  return {
    first,
    others: allowed.filter((action) => action !== first).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
  }
}

export const requestLabels: Readonly<Record<NonNullable<Matter['pendingRequest']>['kind'], string>> = {
  suspend: '申请挂账',
  extend: '申请延期',
  transfer: '申请转办',
  'appeal-decline': '居民申诉不予受理',
  'appeal-red-face': '支部申诉红脸条目',
}

type Sign = { readonly icon: IconName; readonly tone: Tone }

const signs: Readonly<Partial<Record<ReportEventKind, Sign>>> = {
  submitted: { icon: 'camera', tone: 'plain' },
  routed: { icon: 'map-pin', tone: 'plain' },
  accepted: { icon: 'check', tone: 'working' },
  contacted: { icon: 'phone', tone: 'working' },
  'phone-revealed': { icon: 'eye', tone: 'plain' },
  dispatched: { icon: 'send', tone: 'working' },
  'fix-claimed': { icon: 'hard-hat', tone: 'working' },
  progressed: { icon: 'pencil', tone: 'working' },
  resolved: { icon: 'circle-check', tone: 'done' },
  closed: { icon: 'badge-check', tone: 'done' },
  'red-face-cleared': { icon: 'badge-check', tone: 'done' },
  rated: { icon: 'star', tone: 'plain' },
  reopened: { icon: 'undo-2', tone: 'alert' },
  'rework-ordered': { icon: 'undo-2', tone: 'alert' },
  overdue: { icon: 'circle-alert', tone: 'alert' },
  'due-soon': { icon: 'hourglass', tone: 'waiting' },
  'red-face-noticed': { icon: 'flag', tone: 'alert' },
  'red-face-published': { icon: 'flag', tone: 'alert' },
  suspended: { icon: 'circle-pause', tone: 'waiting' },
  requested: { icon: 'hourglass', tone: 'waiting' },
  supported: { icon: 'users', tone: 'plain' },
}

export const eventSign = (kind: ReportEventKind): Sign => signs[kind] ?? { icon: 'circle', tone: 'plain' }

export const solvedLabels = { yes: '解决了', partly: '部分解决', no: '没解决' } as const
export const satisfactionLabels = {
  satisfied: '满意',
  'basically-satisfied': '基本满意',
  dissatisfied: '不满意',
} as const
