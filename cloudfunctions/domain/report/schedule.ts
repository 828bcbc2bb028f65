import { warningInstants } from '../deadline/deadlines'
import { dayMs } from '../instant'
import { activeEpisode } from '../red-face/red-face'
import type { RuleBook } from '../rules'
import { statusKind } from './lifecycle'
import type { Report } from './report'

export type ClockDeed =
  | { readonly kind: 'warn'; readonly deadline: 'accept' | 'resolve'; readonly dueAt: number }
  | { readonly kind: 'overdue'; readonly deadline: 'accept' | 'contact' | 'resolve'; readonly dueAt: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'close-by-silence' }
  | { readonly kind: 'publish-red-face' }
  | { readonly kind: 'judge-supporters'; readonly evidenceAt: number }

export interface ScheduledDeed {
  readonly at: number
  /** Set on deeds that leave no trace in the status: they are done once per mark. */
  readonly mark?: string
  readonly deed: ClockDeed
}

/**
 * Everything the clock will have to do to a report if nobody else acts, each at its own instant. Deeds
 * carry the instant at which they fall due, not at which the clock ran: late, doubled and skipped runs
 * therefore end in the same state.
 */
export const scheduleOf = (report: Report, rules: RuleBook): readonly ScheduledDeed[] => {
  const kind = statusKind(report.status)
  const { deadlines } = report
  const deeds: ScheduledDeed[] = []
  const marked = (at: number, mark: string, deed: ClockDeed) => {
    if (!report.clockMarks.includes(mark)) deeds.push({ at, mark, deed })
  }
  const deadline = (name: 'accept' | 'resolve', dueAt: number) => {
    for (const at of warningInstants(deadlines.startedAt, dueAt)) {
      // Instants that went by while the report rested are no warning any more.
      if (at >= report.changedAt) marked(at, `warn:${name}:${at}`, { kind: 'warn', deadline: name, dueAt })
    }
    marked(dueAt, `overdue:${name}:${dueAt}`, { kind: 'overdue', deadline: name, dueAt })
  }

  if (report.status === 'suspended') {
    if (report.suspension) deeds.push({ at: report.suspension.untilAt, deed: { kind: 'resume' } })
  } else if (kind === 'waiting') {
    deadline('accept', deadlines.acceptDueAt)
    deadline('resolve', deadlines.resolveDueAt)
  } else if (kind === 'working') {
    if (report.contactedAt === undefined) {
      marked(deadlines.contactDueAt, `overdue:contact:${deadlines.contactDueAt}`, {
        kind: 'overdue',
        deadline: 'contact',
        dueAt: deadlines.contactDueAt,
      })
    }
    deadline('resolve', deadlines.resolveDueAt)
  } else if (report.status === 'resolved' && report.resolvedAt !== undefined) {
    deeds.push({
      at: report.resolvedAt + rules.report.silenceClosesAfterDays * dayMs,
      deed: { kind: 'close-by-silence' },
    })
  }

  const episode = activeEpisode(report.redFaces)
  if (episode?.state === 'noticed') deeds.push({ at: episode.publicAt, deed: { kind: 'publish-red-face' } })
  if (episode && episode.state !== 'frozen' && episode.evidenceAt !== undefined && kind === 'done') {
    marked(episode.evidenceAt + rules.redFace.consentWithinDays * dayMs, `judge:${episode.evidenceAt}`, {
      kind: 'judge-supporters',
      evidenceAt: episode.evidenceAt,
    })
  }
  return deeds.sort((a, b) => a.at - b.at)
}

/** When the clock must next look at the report; null when only people can move it on. */
export const nextClockAt = (report: Report, rules: RuleBook): number | null =>
  scheduleOf(report, rules)[0]?.at ?? null
