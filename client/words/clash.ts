import type { ReportEventKind } from '../../cloudfunctions/contexts/report/rules/report'
import { instantText } from '../components/time-text'
import { lastSeqOf, type Trace } from './trace-lines'

/** What somebody else did between the reading and the sending. */
export interface Clash {
  readonly title: string
  readonly text: string
}

/** The steps that change what is left to do; of the others it is enough that something happened. */
const titles: Partial<Readonly<Record<ReportEventKind, string>>> = {
  routed: '刚指定了谁来办',
  accepted: '刚被别人受理了',
  contacted: '刚有人联系了居民',
  returned: '刚被退回上级',
  transferred: '刚转给别的单位',
  'taken-over': '刚被别的单位接过去',
  reassigned: '刚改派了',
  dispatched: '刚派出去了',
  recalled: '刚收回了',
  'sent-back': '刚退回来了',
  'plan-laid': '刚报了计划',
  'fix-claimed': '刚报了完成',
  'rework-ordered': '刚退回返工',
  'evidence-laid': '刚放了新的证据',
  resolved: '刚办结了',
  rated: '居民刚评价了',
  reopened: '刚退回重新办',
  closed: '刚结案了',
  declined: '刚定了不予受理',
  merged: '刚并到另一件了',
  unmerged: '刚拆开单独办了',
  withdrawn: '上报人刚撤回了',
  requested: '刚有人提了申请',
  'request-granted': '上级刚同意了',
  'request-denied': '上级刚答复不同意',
  suspended: '刚挂账了',
  resumed: '刚恢复办理',
  extended: '刚延期了',
  looked: '上级刚到现场看过',
}

/** The matter is not any more what it was when the form was opened. */
export const isMovedOn = (code: string): boolean =>
  code === 'stale-rev' || code === 'wrong-status' || code === 'not-allowed'

const stillThere = '您填的还在。'

/** Who was quicker, what they did and when; `known` is what the trace said when the form was filled in. */
export const clashOf = (known: Trace, fresh: Trace, now: number): Clash => {
  const news = fresh.filter(({ seq }) => seq > lastSeqOf(known))
  const telling = [...news].reverse().find(({ kind }) => titles[kind] !== undefined) ?? news[news.length - 1]
  const title = (telling && titles[telling.kind]) ?? '刚有了新变化'
  if (!telling) return { title, text: `已经取来最新的。${stillThere}` }
  const { at, text, unitName, side } = telling
  const who = unitName ?? (side === 'resident' ? '居民' : '')
  const said = text.startsWith(who) ? text : `${who}：${text}`
  return { title, text: `${instantText(at, now)}，${said}。${stillThere}` }
}
