import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { roleLabels } from '../../words/roles'
import { lastText } from '../../words/term'

export type Invitation = OutputOf<'people.seeInvitation'>['invitation']
export type Seat = OutputOf<'people.end'>['seat']
export type CoverageRow = OutputOf<'people.coverage'>['rows'][number]
export type UnitOfPeople = OutputOf<'people.list'>['unit']
export type SeatAction = Seat['actions'][number]
export type HistoryLine = OutputOf<'people.history'>['lines'][number]
type Role = Seat['role']

interface Sign {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
}

/** Who sits there, as colleagues call them. */
export const personText = ({ name }: Pick<Seat, 'name'>): string => name ?? '没写名字'

/** Whoever gives one of these seats needs somebody else. */
export const twoPersonsText = (role: Role): string =>
  `“${roleLabels[role]}”不能一个人说了算：谁发的邀请，谁就不能点“就是他”，要请另一位管理员来点。`

/** What becomes of the seats of a unit that ends. */
export const endingText = ({ endsAt, hasSuccessor }: UnitOfPeople, now: number): string | undefined => {
  if (endsAt === null) return undefined
  if (endsAt <= now)
    return hasSuccessor ? '这个单位撤了，人到了接手的单位。' : '这个单位撤了，职务也跟着结束了。'
  const last = lastText(endsAt, now)
  return hasSuccessor
    ? `这个单位到${last}为止，人接着到接手的单位去。`
    : `这个单位到${last}为止，职务也到那时结束。`
}

export const seatSigns: Readonly<Record<Seat['state'], Sign>> = {
  now: { tone: 'done', icon: 'circle-check', text: '在岗' },
  'to-come': { tone: 'waiting', icon: 'clock', text: '还没上任' },
  over: { tone: 'plain', icon: 'circle', text: '离任了' },
}

/** How far an open invitation has come, to whoever sent it. */
export const invitationSign = ({ status, acceptedAt, actions }: Invitation): Sign => {
  if (status === 'sent') return { tone: 'plain', icon: 'send', text: '发了，没人扫' }
  if (acceptedAt === null) return { tone: 'working', icon: 'eye', text: '扫了，没点“是我”' }
  return { tone: 'waiting', icon: 'user-round', text: actions.includes('confirm') ? '等您认人' : '等别人认' }
}

export const expiryText = (expiresAt: number, now: number): string => `${instantText(expiresAt, now)}前有效`

/** What is missing of a unit, in one sign; a number beside how many there should be. */
export const coverageSign = ({ needed, missingCount }: CoverageRow): Sign => {
  const there = needed.length - missingCount
  const text = `${there} / ${needed.length}`
  if (missingCount === 0) return { tone: 'done', icon: 'circle-check', text }
  return there === 0
    ? { tone: 'alert', icon: 'circle-alert', text }
    : { tone: 'waiting', icon: 'circle-dot', text }
}

/** Each seat that has to be there, and whether somebody is. */
export const needTexts = ({ needed, isOnePerson }: CoverageRow): readonly string[] =>
  needed.map(({ role, holders }) => {
    const state = holders === 0 ? '没有' : isOnePerson ? '“一肩挑”' : holders > 1 ? `在岗${holders}` : '在岗'
    return `${roleLabels[role]}：${state}`
  })

export const invitationsText = ({ invitations }: CoverageRow, now: number): string => {
  const { openCount, seenCount, firstExpiresAt } = invitations
  if (openCount === 0) return '没发邀请'
  const seen = seenCount > 0 ? `，扫了${seenCount}人` : '，没人扫'
  const until = firstExpiresAt === null ? '' : `，最早的${instantText(firstExpiresAt, now)}到期`
  return `邀请${openCount}人${seen}${until}`
}

export const actionWords: Readonly<
  Record<SeatAction, { readonly label: string; readonly hint: string; readonly icon: IconName }>
> = {
  'hand-over': { label: '交接', hint: '旧的卸任，新的同时上任', icon: 'arrow-right-left' },
  'change-dates': { label: '改任期', hint: '从哪天到哪天', icon: 'calendar-clock' },
  end: { label: '离任', hint: '从那时起，看不到这个单位的工作台', icon: 'corner-up-left' },
  undo: { label: '撤回上一步', hint: '改错了，当天撤得回来', icon: 'undo-2' },
}

const happened: Readonly<
  Record<string, { readonly title: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  'invitation sent': { title: '发了邀请', icon: 'send', tone: 'plain' },
  'invitation seen': { title: '扫了码', icon: 'eye', tone: 'working' },
  'invitation accepted': { title: '点了“是我”', icon: 'user-round', tone: 'working' },
  'invitation declined': { title: '点了“不是我”', icon: 'x', tone: 'plain' },
  'invitation confirmed': { title: '点了“就是他”', icon: 'circle-check', tone: 'done' },
  'invitation refused': { title: '点了“不是”', icon: 'x', tone: 'alert' },
  'invitation expired': { title: '邀请过期了', icon: 'hourglass', tone: 'plain' },
  'invitation withdrawn': { title: '收回了邀请', icon: 'undo-2', tone: 'plain' },
  'seat given': { title: '有了这个职务', icon: 'circle-check', tone: 'done' },
  'seat dates-changed': { title: '改了任期', icon: 'calendar-clock', tone: 'working' },
  'seat ended': { title: '定了离任', icon: 'corner-up-left', tone: 'alert' },
  'seat handed-over': { title: '定了交接', icon: 'arrow-right-left', tone: 'working' },
  'seat undone': { title: '撤回了上一步', icon: 'undo-2', tone: 'plain' },
  'seat over': { title: '任期到了', icon: 'hourglass', tone: 'plain' },
}

/** What happened; of a kind that this build does not know, that something did. */
export const happenedText = ({ of, kind }: HistoryLine) =>
  happened[`${of} ${kind}`] ?? ({ title: '有了变化', icon: 'info', tone: 'plain' } as const)
