import type { ReportAction } from '../../cloudfunctions/contexts/report/contract'
import type { IconName } from '../components/icon'
import { privateNoteLabel, sendAppealLabel, urgeLabel } from './both-sides'
import { dueDeed } from './due'
import { requestLabel, requestTag } from './request'
import { sentences } from './sentences'

/** Under which heading a step waits, in the order of the headings. */
export const staffStepGroups = {
  work: '办理',
  correct: '更正',
  'pass-on': requestLabel('pass-on'),
  ask: '申请',
  above: '上级',
} as const

export type StaffStepGroup = keyof typeof staffStepGroups

export interface StepWords {
  readonly group: StaffStepGroup
  readonly label: string
  readonly icon: IconName
  /** How it is done well, in one line. */
  readonly hint: string
  /** What the button of the form says, where that is not the name of the step. */
  readonly send?: string
}

const sendRequest = '提交申请'

export const staffSteps = {
  accept: {
    group: 'work',
    label: dueDeed('accept', 'routed'),
    icon: 'check',
    hint: '接下这件事，上报人会收到通知。',
  },
  contact: {
    group: 'work',
    label: dueDeed('contact', 'accepted'),
    icon: 'phone',
    hint: '先听居民怎么说。居民说没联系过，就不算。',
    send: '记下联系情况',
  },
  ask: {
    group: 'work',
    label: '询问居民',
    icon: 'message-circle',
    hint: '有不清楚的就问一句。等回答的时候，时限照走。',
    send: '发给居民',
  },
  dispatch: {
    group: 'work',
    label: '派单',
    icon: 'send',
    hint: '把活儿交给共建单位或本单位的人，责任仍在本单位。',
  },
  recall: {
    group: 'work',
    label: '收回派单',
    icon: 'corner-up-left',
    hint: '把活儿收回来自己办，时限不变。',
    send: '收回',
  },
  resolve: {
    group: 'work',
    label: '自办办结',
    icon: 'circle-check',
    hint: '自己动手办好的，由居民来看合不合格。',
    send: '办结，请居民评价',
  },
  check: {
    group: 'work',
    label: '核查通过',
    icon: 'badge-check',
    hint: '请到现场看一看。谁办理的不能由谁核查。',
    send: '核查通过，请居民评价',
  },
  rework: {
    group: 'work',
    label: '不通过，返工',
    icon: 'undo-2',
    hint: '说清楚哪里没办好。返工多了，上级督办。',
    send: '退回返工',
  },
  'claim-fixed': {
    group: 'work',
    label: '报完成',
    icon: 'circle-check',
    hint: '拍下办理前后的样子，会有别人到现场核查。',
  },
  progress: {
    group: 'work',
    label: '写进展',
    icon: 'pencil',
    hint: '办到哪一步了，让居民心里有数。',
    send: '发布进展',
  },
  note: {
    group: 'work',
    label: privateNoteLabel,
    icon: 'pencil',
    hint: '给同事留一句话。',
    send: '记下',
  },
  'lay-plan': {
    group: 'work',
    label: dueDeed('plan', 'accepted'),
    icon: 'list-checks',
    hint: '怎么办、什么时候办完、钱从哪来。',
  },
  'lay-evidence': {
    group: 'work',
    label: '放证据，请居民看',
    icon: 'camera',
    hint: '照片或说明都行，要新的；居民会再被问一遍。',
    send: '放证据',
  },
  reclassify: {
    group: 'correct',
    label: requestLabel('reclassify'),
    icon: 'pencil',
    hint: '时限变长的，要上报人都同意或上级同意。反映单位或干部的，只有上报人同意才能改。',
  },
  relocate: {
    group: 'correct',
    label: requestLabel('relocate'),
    icon: 'map-pin',
    hint: '改到别的单位的，要上报人都同意或上级同意。',
  },
  'correct-summary': {
    group: 'correct',
    label: '改公开摘要',
    icon: 'pencil',
    hint: '公开的说法不准，就改过来；原来的说法上报人看得到。',
  },
  merge: {
    group: 'correct',
    label: requestLabel('merge'),
    icon: 'git-merge',
    hint: '同一处同一件事，并到更早的那一件，进展一并告诉居民。',
  },
  route: {
    group: 'pass-on',
    label: '指定责任单位',
    icon: 'landmark',
    hint: '地点决定责任。指定后马上通知责任单位和居民。',
    send: '指定',
  },
  'take-over': {
    group: 'pass-on',
    label: '主动接办',
    icon: 'users',
    hint: '这里靠近你们的网格。接过来就由你们负责，时限不变。',
    send: '接过来办',
  },
  transfer: {
    group: 'pass-on',
    label: '转办',
    icon: 'arrow-right',
    hint: '转给别的支部，时限不变。',
  },
  return: {
    group: 'pass-on',
    label: '退回上级',
    icon: 'undo-2',
    hint: '不归本单位的才退，时限不变。',
    send: '退回',
  },
  'send-back': {
    group: 'pass-on',
    label: '办不了，退回责任单位',
    icon: 'undo-2',
    hint: '说清楚为什么办不了，责任单位好另想办法。',
    send: '退回责任单位',
  },
  decline: {
    group: 'ask',
    label: requestLabel('decline'),
    icon: 'ban',
    hint: `${sentences.decline}，只能提一次。`,
    send: '报上级同意',
  },
  suspend: {
    group: 'ask',
    label: requestTag('suspend'),
    icon: 'circle-pause',
    hint: '现在办不了的，要有理由、有计划、有日期，上级同意；都向大家公开。',
    send: sendRequest,
  },
  extend: {
    group: 'ask',
    label: requestTag('extend'),
    icon: 'clock',
    hint: '要多少时间、为什么，由上一级批。',
    send: sendRequest,
  },
  resume: {
    group: 'ask',
    label: requestLabel('resume'),
    icon: 'refresh-cw',
    hint: '条件有了就接着办，剩下的时限继续走。',
  },
  'ask-look': {
    group: 'ask',
    label: '请上级现场核实',
    icon: 'eye',
    hint: '居民一直没回应，或有人说没修好，由上级到现场看了算。',
    send: '请上级来看',
  },
  'declare-red-face': {
    group: 'ask',
    label: '列入红脸清单',
    icon: 'flag',
    hint: '群众最不满意的事，自己先列出来，从这里改起。',
  },
  'appeal-red-face': {
    group: 'ask',
    label: '对“红脸”申诉',
    icon: 'scale',
    hint: '由上一级裁定。已经公开的照旧公开，标明“申诉中”。',
    send: sendAppealLabel,
  },
  'rule-on': {
    group: 'above',
    label: '审批申请',
    icon: 'scale',
    hint: '同意或不同意，都会写进办理轨迹。',
    send: '提交审批',
  },
  look: {
    group: 'above',
    label: requestLabel('look'),
    icon: 'shield-check',
    hint: '到现场看过再写。责任单位和承办单位的人不能来核实。',
    send: '写下核实结果',
  },
  reassign: {
    group: 'above',
    label: '改派',
    icon: 'arrow-right-left',
    hint: '改由别的单位办，时限不变，理由公开。',
  },
  supervise: {
    group: 'above',
    label: '督办',
    icon: 'siren',
    hint: '要求抓紧办，上报人也会知道。督办本身不上红脸榜。',
  },
  urge: {
    group: 'above',
    label: urgeLabel,
    icon: 'bell',
    hint: '提醒责任单位抓紧，写进办理轨迹。',
  },
} as const satisfies Partial<Readonly<Record<ReportAction, StepWords>>>

export type StaffAction = keyof typeof staffSteps
