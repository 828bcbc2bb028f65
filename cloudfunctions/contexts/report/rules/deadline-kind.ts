import type { ReportStatus } from './lifecycle'

/** What can fall due, in the order in which it must come. */
export const deadlineKinds = ['accept', 'contact', 'plan', 'resolve'] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

interface DeadlineName {
  /** One word, for a countdown: 联系还剩 3小时. */
  readonly label: string
  /** What is to be done by then: 已超过联系居民时限. */
  readonly deed: string
}

/** What is to be done by a deadline, by the name of its sentence. Whoever sorts has to say who answers, and accepts nothing (A1). */
export type Due = DeadlineKind | 'sort'

/** What is due later than was said. */
export interface MovedDue {
  readonly due: Due
  readonly dueAt: number
}

/** What a deadline is called wherever one is named: rows, pages, messages and the trace. */
export const dueNames: Readonly<Record<Due, DeadlineName>> = {
  sort: { label: '分派', deed: '分派' },
  accept: { label: '受理', deed: '受理' },
  contact: { label: '联系', deed: '联系居民' },
  plan: { label: '计划', deed: '报计划' },
  resolve: { label: '办结', deed: '办结' },
}

export const dueOf = (kind: DeadlineKind, status: ReportStatus): Due =>
  kind === 'accept' && status === 'unrouted' ? 'sort' : kind

export const deadlineName = (kind: DeadlineKind, status: ReportStatus): DeadlineName =>
  dueNames[dueOf(kind, status)]
