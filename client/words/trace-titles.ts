import type { ReportEventKind } from '../../cloudfunctions/contexts/report/rules/report'
import { privateNoteLabel } from './both-sides'
import { dueDeed } from './due'
import { causeWord, struckLabel } from './red-face-cause'
import { requestLabel } from './request'
import { statusWord } from './status'
import { verdictsTitle } from './verdict'

interface Title {
  /** What happened, in a few words. */
  readonly title: string
  /** The same, said to the reporter. */
  readonly ownTitle?: string
}

/** Titles of the lines, without whose act it is: the unit stands beside. Null where the event's own text says it best. */
export const traceTitles: Readonly<Record<ReportEventKind, Title | null>> = {
  submitted: { title: '居民上报', ownTitle: '您上报了这件事' },
  'filed-on-behalf': { title: '服务中心窗口代办' },
  'receipt-reprinted': { title: '重打了回执，以前的查询码作废' },
  declared: { title: causeWord('declared').label },
  routed: { title: '找到该谁管' },
  supported: null,
  'taken-up': { title: '有了上报人', ownTitle: '您成为上报人' },
  added: { title: '居民作了补充', ownTitle: '您作了补充' },
  urged: null,
  asked: { title: '问居民', ownTitle: '问您' },
  answered: { title: '居民回答', ownTitle: '您回答了' },
  accepted: { title: '受理了' },
  'phone-revealed': { title: '有人看了您的电话' },
  contacted: { title: '联系了居民', ownTitle: '联系了您' },
  'message-opened': { title: '居民看到了留言', ownTitle: '您看到了留言' },
  'contact-denied': { title: '居民说没人联系', ownTitle: '您说没人联系过' },
  returned: { title: '退回，另找人管' },
  transferred: { title: '转给别的单位办' },
  'taken-over': null,
  reassigned: null,
  'went-home': null,
  dispatched: null,
  recalled: null,
  'sent-back': { title: '退回来，另想办法' },
  progressed: { title: '办理进展' },
  noted: { title: privateNoteLabel },
  'plan-laid': { title: dueDeed('plan', 'accepted') },
  reclassified: null,
  relocated: null,
  'summary-corrected': { title: '公开摘要更正' },
  'fix-claimed': { title: '说是干完了' },
  'rework-ordered': { title: '核查没通过，返工' },
  'evidence-laid': { title: '放了证据，请居民看' },
  resolved: { title: '办结，等居民评价', ownTitle: '办结，请您评价' },
  rated: { title: verdictsTitle },
  reopened: { title: '退回去，重新办' },
  closed: { title: '结案' },
  declined: { title: statusWord('declined').text },
  merged: { title: '并案，一起办' },
  absorbed: null,
  unmerged: { title: '拆案，单独办' },
  released: null,
  'handed-on': null,
  withdrawn: { title: '上报人撤回', ownTitle: '您撤回了' },
  requested: null,
  'request-agreed': null,
  'request-moved-up': null,
  'request-granted': null,
  'request-denied': null,
  'request-lapsed': null,
  suspended: { title: '现在办不了，挂账' },
  resumed: { title: requestLabel('resume') },
  extended: { title: requestLabel('extend') },
  rescheduled: { title: '放假，时限顺延' },
  looked: { title: '上级现场核实' },
  'due-soon': null,
  overdue: null,
  supervised: { title: '上级督办' },
  'red-face-noticed': { title: '红脸榜预告' },
  'red-face-published': { title: '上了红脸榜' },
  'red-face-appealed': { title: '对红脸申诉' },
  'said-to-appeal': { title: '居民对申诉作了说明', ownTitle: '您对申诉作了说明' },
  'red-face-restored': { title: '撤销的评价恢复' },
  'red-face-struck': { title: struckLabel },
  'red-face-posted': { title: '公示' },
  'red-face-answered': null,
  // F5: its own text says whether it was put right or taken off.
  'red-face-cleared': null,
}
