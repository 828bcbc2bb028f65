import { type ReportStatus, statusLabel } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Sign, Word } from './sign'

const signs: Readonly<Record<ReportStatus, Sign>> = {
  unrouted: { icon: 'circle-help', tone: 'waiting' },
  routed: { icon: 'circle', tone: 'plain' },
  accepted: { icon: 'circle-dot', tone: 'working' },
  dispatched: { icon: 'hard-hat', tone: 'working' },
  'awaiting-check': { icon: 'eye', tone: 'waiting' },
  suspended: { icon: 'circle-pause', tone: 'plain' },
  resolved: { icon: 'star', tone: 'waiting' },
  closed: { icon: 'circle-check', tone: 'done' },
  declined: { icon: 'ban', tone: 'plain' },
  merged: { icon: 'git-merge', tone: 'plain' },
  withdrawn: { icon: 'undo-2', tone: 'plain' },
}

/** Where a matter stands. */
export const statusWord = (status: ReportStatus): Word => ({ text: statusLabel(status), ...signs[status] })
