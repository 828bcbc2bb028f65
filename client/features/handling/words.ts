import type { ReportStatus } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { ReportAction } from '../../../cloudfunctions/contexts/report/steps/registry'
import type { CommandAction, OutputOf } from '../../../cloudfunctions/contract/contract'
import { chinaDateText, startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import type { IconName } from '../../components/icon'
import { sentences } from '../../words/matter'
import { memberName } from '../../words/roles'

export type Matter = OutputOf<'report.get'>
export type Targets = OutputOf<'unit.targets'>

/** The command behind each thing staff can do; residents' own steps have their place on the resident's page. */
export const commands = {
  accept: 'report.accept',
  contact: 'report.contact',
  ask: 'report.ask',
  dispatch: 'report.dispatch',
  recall: 'report.recall',
  resolve: 'report.resolve',
  check: 'report.check',
  rework: 'report.rework',
  'claim-fixed': 'report.claimFixed',
  progress: 'report.progress',
  note: 'report.note',
  'lay-plan': 'report.layPlan',
  'lay-evidence': 'report.layEvidence',
  reclassify: 'report.reclassify',
  relocate: 'report.relocate',
  'correct-summary': 'report.correctSummary',
  merge: 'report.merge',
  route: 'report.route',
  'take-over': 'report.takeOver',
  transfer: 'report.transfer',
  return: 'report.return',
  'send-back': 'report.sendBack',
  decline: 'report.decline',
  suspend: 'report.suspend',
  extend: 'report.extend',
  resume: 'report.resume',
  'ask-look': 'report.askLook',
  'declare-red-face': 'redFace.declare',
  'appeal-red-face': 'redFace.appeal',
  'rule-on': 'report.ruleOn',
  look: 'report.look',
  reassign: 'report.reassign',
  supervise: 'report.supervise',
  urge: 'report.urge',
} as const satisfies Partial<Record<ReportAction, CommandAction>>

export type StaffAction = keyof typeof commands
export type CommandOf<A extends StaffAction> = (typeof commands)[A]
/** Under which heading an action waits. */
export const actionGroups = ['办理', '更正', '转出', '申请', '上级'] as const

export interface ActionWords {
  readonly group: (typeof actionGroups)[number]
  readonly label: string
  readonly icon: IconName
  /** How it is done well, in one line. */
  readonly hint: string
  /** What the button of the form says. */
  readonly send: string
}

export const actionWords: Readonly<Record<StaffAction, ActionWords>> = {
  accept: {
    group: '办理',
    label: '受理',
    icon: 'check',
    hint: '接下这件事，上报人会收到通知。',
    send: '受理',
  },
  contact: {
    group: '办理',
    label: '联系居民',
    icon: 'phone',
    hint: '先听居民怎么说。居民说没联系过，就不算。',
    send: '记下联系情况',
  },
  ask: {
    group: '办理',
    label: '询问居民',
    icon: 'message-circle',
    hint: '有不清楚的就问一句。等回答的时候，时限照走。',
    send: '发给居民',
  },
  dispatch: {
    group: '办理',
    label: '派单',
    icon: 'send',
    hint: '把活儿交给共建单位或本单位的人，责任仍在支部。',
    send: '派单',
  },
  recall: {
    group: '办理',
    label: '收回派单',
    icon: 'corner-up-left',
    hint: '把活儿收回来自己办，时限不变。',
    send: '收回',
  },
  resolve: {
    group: '办理',
    label: '自办办结',
    icon: 'circle-check',
    hint: '支部自己动手办好的，由居民来看合不合格。',
    send: '办结，请居民评价',
  },
  check: {
    group: '办理',
    label: '核查通过',
    icon: 'badge-check',
    hint: '请到现场看一看。谁办理的不能由谁核查。',
    send: '核查通过，请居民评价',
  },
  rework: {
    group: '办理',
    label: '不通过，返工',
    icon: 'undo-2',
    hint: '说清楚哪里没办好。返工多了，上级督办。',
    send: '退回返工',
  },
  'claim-fixed': {
    group: '办理',
    label: '报完成',
    icon: 'circle-check',
    hint: '拍下办理前后的样子，会有别人到现场核查。',
    send: '报完成',
  },
  progress: {
    group: '办理',
    label: '写进展',
    icon: 'pencil',
    hint: '办到哪一步了，让居民心里有数。',
    send: '发布进展',
  },
  note: {
    group: '办理',
    label: '内部备注',
    icon: 'pencil',
    hint: '给同事留一句话。',
    send: '记下',
  },
  'lay-plan': {
    group: '办理',
    label: '报计划',
    icon: 'list-checks',
    hint: '怎么办、什么时候办完、钱从哪来。',
    send: '报计划',
  },
  'lay-evidence': {
    group: '办理',
    label: '放证据，请居民看',
    icon: 'camera',
    hint: '照片或说明都行，要新的；隔几天才能再放，居民会再被问一遍。',
    send: '放证据',
  },
  reclassify: {
    group: '更正',
    label: '改类别',
    icon: 'pencil',
    hint: '时限变长的，要上报人都同意或上级同意。反映单位或干部的，只有上报人同意才能改。',
    send: '改类别',
  },
  relocate: {
    group: '更正',
    label: '改地点',
    icon: 'map-pin',
    hint: '改到别的支部的，要上报人都同意或上级同意。',
    send: '改地点',
  },
  'correct-summary': {
    group: '更正',
    label: '改公开摘要',
    icon: 'pencil',
    hint: '公开的说法不准，就改过来；原来的说法上报人看得到。',
    send: '改公开摘要',
  },
  merge: {
    group: '更正',
    label: '并案',
    icon: 'git-merge',
    hint: '同一处同一件事，并到更早的那一件，进展一并告诉居民。',
    send: '并案',
  },
  route: {
    group: '转出',
    label: '指定责任支部',
    icon: 'landmark',
    hint: '地点决定责任。指定后马上通知支部和居民。',
    send: '指定',
  },
  'take-over': {
    group: '转出',
    label: '主动接办',
    icon: 'users',
    hint: '这里靠近你们的网格。接过来就由你们负责，时限不变。',
    send: '接过来办',
  },
  transfer: {
    group: '转出',
    label: '转办',
    icon: 'arrow-right',
    hint: '转给别的支部，时限不变。',
    send: '转办',
  },
  return: {
    group: '转出',
    label: '退回上级',
    icon: 'undo-2',
    hint: '不归本支部的才退，时限不变。',
    send: '退回',
  },
  'send-back': {
    group: '转出',
    label: '办不了，退回支部',
    icon: 'undo-2',
    hint: '说清楚为什么办不了，支部好另想办法。',
    send: '退回支部',
  },
  decline: {
    group: '申请',
    label: '不予受理',
    icon: 'ban',
    hint: `${sentences.decline}，只能提一次。`,
    send: '报上级同意',
  },
  suspend: {
    group: '申请',
    label: '申请挂账',
    icon: 'circle-pause',
    hint: '现在办不了的，要有理由、有计划、有日期，上级同意；都向大家公开。',
    send: '提交申请',
  },
  extend: {
    group: '申请',
    label: '申请延期',
    icon: 'clock',
    hint: '要多少时间、为什么，由上一级批；次数用完以后要上报人都同意。',
    send: '提交申请',
  },
  resume: {
    group: '申请',
    label: '恢复办理',
    icon: 'refresh-cw',
    hint: '条件有了就接着办，剩下的时限继续走。',
    send: '恢复办理',
  },
  'ask-look': {
    group: '申请',
    label: '请上级现场核实',
    icon: 'eye',
    hint: '居民一直没回应，或有人说没修好，由上级到现场看了算。',
    send: '请上级来看',
  },
  'declare-red-face': {
    group: '申请',
    label: '列入红脸清单',
    icon: 'flag',
    hint: '群众最不满意的事，自己先列出来，从这里改起。',
    send: '列入红脸清单',
  },
  'appeal-red-face': {
    group: '申请',
    label: '对“红脸”申诉',
    icon: 'scale',
    hint: '由上一级裁定。已经公开的照旧公开，标明“申诉中”。',
    send: '提交申诉',
  },
  'rule-on': {
    group: '上级',
    label: '审批申请',
    icon: 'scale',
    hint: '同意或不同意，都会写进办理轨迹。',
    send: '提交审批',
  },
  look: {
    group: '上级',
    label: '现场核实',
    icon: 'shield-check',
    hint: '到现场看过再写。支部和承办单位的人不能来核实。',
    send: '写下核实结果',
  },
  reassign: {
    group: '上级',
    label: '改派',
    icon: 'arrow-right-left',
    hint: '改由别的支部办，时限不变，理由公开。',
    send: '改派',
  },
  supervise: {
    group: '上级',
    label: '督办',
    icon: 'siren',
    hint: '要求抓紧办，上报人也会知道。督办本身不上红脸榜。',
    send: '督办',
  },
  urge: {
    group: '上级',
    label: '催办',
    icon: 'bell',
    hint: '提醒支部抓紧，写进办理轨迹。',
    send: '催办',
  },
}

/** Handing on what somebody works on takes it from them, and says so. */
export const wordsOf = (action: StaffAction, { handler }: Pick<Matter, 'handler'>): ActionWords =>
  action === 'dispatch' && handler
    ? {
        ...actionWords.dispatch,
        label: '换人处置',
        hint: `现在由${handler.member ? memberName(handler.member) : handler.name}处置，换了就不归那边了。`,
        send: '换人处置',
      }
    : actionWords[action]

/** What may wait for somebody's word first does not claim to be done: the page says how it stands. */
export const doneText = (action: StaffAction, label: string, status: ReportStatus): string => {
  if (action === 'reclassify' || action === 'relocate') return '已提交'
  if (action === 'merge' && status !== 'merged') return '已经问上报人了'
  return `${label}：好了`
}

export const isStaffAction = (action: string): action is StaffAction => Object.hasOwn(commands, action)

/** What comes first at each point; the rest waits under 更多操作. */
const firstChoices: readonly StaffAction[] = [
  'accept',
  'look',
  'rule-on',
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
  const isDone: Partial<Record<StaffAction, boolean>> = {
    contact: matter.contactedAt !== null,
    // Somebody has it in hand: who takes it from them means to.
    dispatch: matter.handler !== null,
  }
  const isPlanNext = matter.runningDueKind === 'plan' && allowed.includes('lay-plan')
  const first = isPlanNext
    ? 'lay-plan'
    : firstChoices.find((action) => allowed.includes(action) && !isDone[action])
  const order = Object.keys(commands)
  return {
    first,
    others: allowed.filter((action) => action !== first).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
  }
}

/** Does the work for the unit that answers for it. */
export const isHandlerElsewhere = ({ handler, branch, actions }: Matter): boolean =>
  handler !== null && handler.id !== branch.id && actions.includes('send-back')

/** The requests this reader may rule on; a look is not ruled on, it is made. */
export const rulableRequests = ({ requests }: Matter): Matter['requests'] =>
  requests.filter(({ mayRule, kind }) => mayRule && kind !== 'look')

/** What the work waits for: something of any kind, or the thaw. */
export type WaitsFor = 'ordinary' | 'thaw'

interface WaitChoice {
  readonly value: WaitsFor
  readonly label: string
  readonly hint: string
}

/** The waits that could be granted now, with what each means (L5). */
export const waitChoices = ({ suspendable }: Pick<Matter, 'suspendable'>): readonly WaitChoice[] => {
  if (!suspendable) return []
  const { ordinaryDays, putOffUntilOn } = suspendable
  const choices: WaitChoice[] = []
  if (ordinaryDays > 0)
    choices.push({ value: 'ordinary', label: '别的原因', hint: `上一级批，最长${ordinaryDays}天` })
  if (putOffUntilOn !== null) {
    const lastDay = chinaDateText(startOfChinaDate(putOffUntilOn))
    const hint = `旗县批，最晚到${lastDay}，不占挂账的天数`
    choices.push({ value: 'thaw', label: '土冻住了，开春再干', hint })
  }
  return choices
}
