import type { StaffRole } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { countAbove, type Page } from '../../../cloudfunctions/ground/page'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { runningDue } from '../../words/due'
import { type QueueTab, tabLabel } from '../../words/queue-tab'
import { isLevelRole, isPartnerRole, memberName } from '../../words/roles'

export type QueueCard = OutputOf<'queue.list'>['rows'][number]
export type Workplace = OutputOf<'me.get'>['memberships'][number]

type InHand = Pick<QueueCard, 'handlerName' | 'handlerMember'>
type Reader = Pick<Workplace, 'role' | 'unitName'>

/** The partner's own people know whose hands it is in. */
const isOwnUnit = ({ handlerName }: InHand, { role, unitName }: Reader): boolean =>
  isPartnerRole(role) && handlerName === unitName

/** Who has the work in hand: a partner, one of the unit's own people, or whoever reads this. */
export const handlerTag = (
  card: InHand,
  reader: Reader,
): { readonly tone: Tone; readonly text: string } | undefined => {
  const { handlerName, handlerMember } = card
  if (handlerMember?.isYou) return { tone: 'waiting', text: tabLabel('mine', reader.role) }
  if (handlerMember) return { tone: 'working', text: `派给${memberName(handlerMember)}` }
  return handlerName === null || isOwnUnit(card, reader) ? undefined : { tone: 'working', text: handlerName }
}

/** What was asked of who has the work, and when; nothing to those who do not have it. */
export const orderText = (
  card: InHand & Pick<QueueCard, 'handedAt' | 'handedNote'>,
  reader: Reader,
  now: number,
): string => {
  const isTheirs = card.handlerMember ? card.handlerMember.isYou : isOwnUnit(card, reader)
  if (!isTheirs || card.handedAt === null) return ''
  return `${instantText(card.handedAt, now)}派来：${card.handedNote ?? ''}`
}

/** How much is late, and what is to be done. A partner’s may wait for the branch: its contact, its check. */
export const overdueText = (count: number, role: StaffRole): string => {
  if (isPartnerRole(role)) return `手上${count}件已超期`
  return isLevelRole(role) ? `辖区里${count}件已超期，请督促` : `${count}件已超期，请先办`
}

/** As much of a tab as has been read. */
export interface Listed extends Page<QueueCard> {
  readonly tab: QueueTab
  readonly state: 'loading' | 'ready' | 'failed'
}

/** How many a tab has: its figure, once its rows are there no other than they say. */
export const countListed = (figure: number, listed: Omit<Listed, 'tab'>): number =>
  listed.state === 'ready' ? countAbove(figure, listed) : figure

/** How many are late. What fell due a moment ago is in no figure yet, and the rows below show it already. */
export const lateCount = (figure: number, listed: Listed, now: number): number => {
  if (listed.tab === 'overdue') return countListed(figure, listed)
  const isLate = (card: QueueCard): boolean => (runningDue(card)?.dueAt ?? Number.POSITIVE_INFINITY) <= now
  return Math.max(figure, listed.rows.filter(isLate).length)
}

interface Nothing {
  readonly icon: IconName
  readonly title: string
  readonly hint: string
}

/** An address may say anything. */
export const isQueueTab = (tab: string | undefined): tab is QueueTab =>
  tab !== undefined && Object.hasOwn(nothing, tab)

/** Why a tab is empty, and what that means. */
const nothing: Readonly<Record<QueueTab, Nothing>> = {
  mine: { icon: 'smile', title: '没有派给您的', hint: '派给您自己办的，会在这里等您。' },
  waiting: { icon: 'smile', title: '没有等受理的', hint: '居民一上报，这里就会出现，并提醒您。' },
  working: { icon: 'smile', title: '手上没有在办的', hint: '受理了的、派来的，会在这里等您办。' },
  check: { icon: 'badge-check', title: '没有等核查的', hint: '报完成的，请到现场看一看再核查。' },
  suspended: { icon: 'circle-pause', title: '没有挂账的', hint: '暂时办不了、经上级同意的，才会在这里。' },
  done: { icon: 'file-text', title: '还没有办完的', hint: '办结、结案的会记在这里。' },
  sorting: { icon: 'smile', title: '没有等分派的', hint: '找不到责任单位的诉求，会在这里等您指定。' },
  requests: {
    icon: 'smile',
    title: '没有等审批的',
    hint: '下级的申请、居民的申诉、等现场核实的，会在这里等您。',
  },
  overdue: { icon: 'smile', title: '没有超期的', hint: '您看得到的都在时限之内。' },
  open: { icon: 'smile', title: '没有在办的', hint: '这里会列出辖区里所有没办完的诉求。' },
}

export const nothingIn = (tab: QueueTab): Nothing => nothing[tab]
