import { type DeadlineKind, deadlineName } from '../../cloudfunctions/contexts/report/rules/deadline-kind'
import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { instantText, remainingText } from '../components/time-text'
import type { Word } from './sign'

/** One deadline of a matter, as the server tells this reader of it. */
export interface Due {
  readonly kind: DeadlineKind
  readonly dueAt: number
  readonly status: ReportStatus
  readonly isDueSoon: boolean
}

type Clocked = Pick<
  OutputOf<'report.mine'>['rows'][number],
  'status' | 'runningDueKind' | 'runningDueAt' | 'isDueSoon'
>

/** What falls due next, by name; nothing while no deadline runs. */
export const runningDue = ({ status, runningDueKind, runningDueAt, isDueSoon }: Clocked): Due | undefined =>
  runningDueKind === null || runningDueAt === null
    ? undefined
    : { kind: runningDueKind, dueAt: runningDueAt, status, isDueSoon }

/** Whose step it is, for those who work on the matter and do not answer for it: everything but the work itself. */
const ofTheAnswerable = ({ kind }: Due): string => (kind === 'resolve' ? '' : '责任单位')

/** 受理还剩 3小时 · 办结还剩 5小时，快到期 · 联系已超期 3小时. The instant a deadline names is already late. */
export const countdownWords = (due: Due, now: number, isHandler = false): Word => {
  const { dueAt, isDueSoon } = due
  const name = `${isHandler ? ofTheAnswerable(due) : ''}${deadlineName(due.kind, due.status).label}`
  if (now >= dueAt) {
    return { tone: 'alert', icon: 'triangle-alert', text: `${name}已超期 ${remainingText(now - dueAt)}` }
  }
  const left = `${name}还剩 ${remainingText(dueAt - now)}`
  return isDueSoon
    ? { tone: 'waiting', icon: 'hourglass', text: `${left}，快到期` }
    : { tone: 'plain', icon: 'clock', text: left }
}

/** 办结已超期, without how long: where a row has other things to say. */
export const overdueTag = ({ kind, status }: Due): Word => ({
  tone: 'alert',
  icon: 'triangle-alert',
  text: `${deadlineName(kind, status).label}已超期`,
})

/** By when it is due, or was: 最晚明天 18:30, 应在昨天 18:30前. */
export const dueByText = (dueAt: number, now: number): string =>
  now >= dueAt ? `应在${instantText(dueAt, now)}前` : `最晚${instantText(dueAt, now)}`

/** What has to be done by then, in the row of a form or of the facts of a matter: 联系居民. */
export const dueDeed = (kind: DeadlineKind, status: ReportStatus): string => deadlineName(kind, status).deed
