/** What code outside this file may ask of a status. */
export type StatusKind = 'waiting' | 'working' | 'done'

interface StatusRow {
  readonly label: string
  readonly kind: StatusKind
  readonly leavesTo: readonly ReportStatus[]
}

export const reportStatuses = [
  'unrouted',
  'routed',
  'accepted',
  'dispatched',
  'awaiting-check',
  'suspended',
  'resolved',
  'closed',
  'declined',
  'merged',
  'withdrawn',
] as const
export type ReportStatus = (typeof reportStatuses)[number]

/**
 * The lifecycle of a report: the one place that knows which status may follow which. To a sorter, from what is accepted
 * or lies with another sorter, goes what was a complaint and has become an ordinary matter that no rule can place (K9).
 */
export const lifecycle: Readonly<Record<ReportStatus, StatusRow>> = {
  unrouted: {
    label: '待分派',
    kind: 'waiting',
    leavesTo: ['unrouted', 'routed', 'declined', 'merged', 'withdrawn'],
  },
  routed: {
    label: '待受理',
    kind: 'waiting',
    leavesTo: ['accepted', 'unrouted', 'routed', 'declined', 'merged', 'withdrawn'],
  },
  accepted: {
    label: '已受理',
    kind: 'working',
    leavesTo: ['dispatched', 'resolved', 'suspended', 'merged', 'withdrawn', 'routed', 'unrouted'],
  },
  dispatched: {
    label: '处置中',
    kind: 'working',
    leavesTo: ['dispatched', 'accepted', 'awaiting-check', 'suspended', 'withdrawn', 'routed'],
  },
  'awaiting-check': {
    label: '待核查',
    kind: 'working',
    leavesTo: ['resolved', 'dispatched', 'accepted', 'routed', 'withdrawn'],
  },
  suspended: { label: '挂账', kind: 'working', leavesTo: ['accepted', 'routed', 'withdrawn'] },
  resolved: { label: '待评价', kind: 'done', leavesTo: ['closed', 'accepted', 'routed'] },
  closed: { label: '已结案', kind: 'done', leavesTo: ['accepted', 'routed'] },
  declined: { label: '不予受理', kind: 'done', leavesTo: ['routed'] },
  merged: {
    label: '已并案',
    kind: 'done',
    leavesTo: ['unrouted', 'routed', 'accepted'],
  },
  withdrawn: { label: '已撤回', kind: 'done', leavesTo: [] },
}

export const statusKind = (status: ReportStatus): StatusKind => lifecycle[status].kind
export const statusLabel = (status: ReportStatus): string => lifecycle[status].label
/** Once accepted, the first word to the resident waits for nothing: not for a suspension, nor for the verdict on what was done. */
export const isFirstWordDueIn = (status: ReportStatus): boolean =>
  statusKind(status) === 'working' || status === 'resolved' || status === 'closed'
export const isOpen = (status: ReportStatus): boolean => lifecycle[status].kind !== 'done'
export const mayFollow = (from: ReportStatus, to: ReportStatus): boolean =>
  lifecycle[from].leavesTo.includes(to)
