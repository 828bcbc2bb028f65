import { dayMs } from '../../../ground/instant'
import type { Scheduled } from '../../../journal/rules/catch-up'
import {
  activeEpisode,
  askedSince,
  isStanding,
  lateStepCauses,
  publishesAt,
} from '../../red-face/rules/red-face'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { Law } from './change'
import type { DeadlineKind } from './deadline-kind'
import { runningDeadlines, warningInstants } from './deadlines'
import type { Report } from './report'
import { nextRulingUnitId, requestOf } from './request'

/** Something that the clock does to a report when its instant has come. */
export type ClockDeed =
  | {
      readonly kind: 'warn'
      readonly deadline: DeadlineKind
      readonly dueAt: number
      readonly tellsAbove: boolean
    }
  | { readonly kind: 'overdue'; readonly deadline: DeadlineKind; readonly dueAt: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'close-by-silence' }
  | { readonly kind: 'publish-causes' }
  | { readonly kind: 'end-posting' }
  | { readonly kind: 'judge-words' }
  | { readonly kind: 'leave-page'; readonly causeNo: number }
  | { readonly kind: 'end-declined' }
  | { readonly kind: 'move-request-up'; readonly requestNo: number }
  | { readonly kind: 'end-request'; readonly requestNo: number }

/**
 * Everything the clock will have to do to a report if nobody else acts, each at its own instant. Deeds
 * carry the instant at which they fall due, not at which the clock ran: late, doubled and skipped runs
 * therefore end in the same state.
 */
export const scheduleOf = (report: Report, law: Pick<Law, 'rules'>): readonly Scheduled<ClockDeed>[] => {
  const { rules } = law
  const isUrgent = categoryOf(rules, report.categoryId)?.isUrgent ?? false
  const deeds: Scheduled<ClockDeed>[] = []
  const marked = (at: number, mark: string, deed: ClockDeed) => {
    if (!report.clockMarks.includes(mark)) deeds.push({ at, mark, deed })
  }

  if (report.status === 'suspended' && report.suspension) {
    deeds.push({ at: report.suspension.untilAt, deed: { kind: 'resume' } })
  }
  for (const { kind, startedAt, dueAt } of runningDeadlines(report)) {
    // Of the first word the branch is reminded by its queue alone.
    for (const at of kind === 'contact' ? [] : warningInstants(startedAt, dueAt, { isUrgent })) {
      // Instants that went by while the report rested are no warning any more.
      if (at < report.changedAt) continue
      const tellsAbove = kind === 'accept' && isUrgent
      marked(at, `warn:${kind}:${at}`, { kind: 'warn', deadline: kind, dueAt, tellsAbove })
    }
    marked(dueAt, `overdue:${kind}:${dueAt}`, { kind: 'overdue', deadline: kind, dueAt })
  }
  if (report.status === 'resolved' && report.resolvedAt !== undefined) {
    deeds.push({
      at: report.resolvedAt + rules.report.silenceClosesAfterDays * dayMs,
      deed: { kind: 'close-by-silence' },
    })
  }

  for (const request of report.requests) {
    if (request.endsAt !== undefined) {
      deeds.push({ at: request.endsAt, deed: { kind: 'end-request', requestNo: request.no } })
    }
    if (nextRulingUnitId(report, request) !== null) {
      deeds.push({ at: request.movesUpAt, deed: { kind: 'move-request-up', requestNo: request.no } })
    }
  }

  const episode = activeEpisode(report.redFaces)
  if (episode) {
    // At the same instant the end of a posting comes first: what it clears within its notice is never public.
    if (episode.posting) deeds.push({ at: episode.posting.until, deed: { kind: 'end-posting' } })
    const publishAts = episode.causes.flatMap((cause) => publishesAt(episode, cause) ?? [])
    if (publishAts.length > 0) deeds.push({ at: Math.min(...publishAts), deed: { kind: 'publish-causes' } })
    const askedAt = askedSince(episode)
    if (askedAt !== undefined) {
      marked(askedAt + rules.redFace.consentWithinDays * dayMs, `judge:${askedAt}`, { kind: 'judge-words' })
    }
    for (const cause of episode.causes) {
      if (!isStanding(cause) || cause.publishedAt === undefined || cause.cameAt === undefined) continue
      if (!lateStepCauses.includes(cause.cause) || cause.appeal) continue
      // Only an entry that has no other cause leaves by itself (F5).
      const isAlone = episode.causes.every(
        (other) =>
          !isStanding(other) ||
          (lateStepCauses.includes(other.cause) && other.cameAt !== undefined) ||
          other.unit.id !== cause.unit.id,
      )
      if (!isAlone) continue
      const leavesAt = Math.max(
        cause.publishedAt + rules.redFace.lateStepLeavesPageAfterDays * dayMs,
        cause.cameAt,
      )
      deeds.push({ at: leavesAt, deed: { kind: 'leave-page', causeNo: cause.no } })
    }
    // While somebody's appeal against the decline waits, it is not over (F5).
    const isAppealed = requestOf(report.requests, 'appeal-decline') !== undefined
    if (report.status === 'declined' && report.closedAt !== undefined && !isAppealed) {
      deeds.push({
        at: report.closedAt + rules.report.appealWithinDays * dayMs,
        deed: { kind: 'end-declined' },
      })
    }
  }
  return deeds.sort((a, b) => a.at - b.at)
}

/** When the clock must next look at the report; null when only people can move it on. */
export const nextClockAt = (report: Report, law: Pick<Law, 'rules'>): number | null =>
  scheduleOf(report, law)[0]?.at ?? null
