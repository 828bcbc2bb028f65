import { isConfidential } from '../access/authorise'
import { runningDueAt } from '../deadline/deadlines'
import { oneLevelUp, type StaffRole } from '../organisation/unit'
import { openRedFace, type RedFaceCause, redFaceCauseLabels } from '../red-face/red-face'
import type { RuleBook } from '../rules'
import { mayFollow, type ReportStatus, statusKind } from './lifecycle'
import {
  answerableUnitId,
  type EventSide,
  type OutboxWork,
  type Report,
  type ReportEvent,
  type ReportEventKind,
} from './report'
import { nextClockAt } from './schedule'

/** Sorts behind every real deadline. */
export const noDueAt = Date.UTC(9999, 0, 1)

/** Who acts, as far as the trace may know. */
export interface ActingSide {
  readonly side: EventSide
  readonly unitName?: string
  readonly role?: StaffRole
}

/** A report being changed: only this folder writes to one. */
export interface ReportChange {
  report: { -readonly [K in keyof Report]: Report[K] }
  readonly at: number
  readonly by: ActingSide
  readonly rules: RuleBook
  readonly command?: { readonly id: string; readonly action: string; readonly digest: string }
  readonly firstNewSeq: number
}

export const beginChange = (
  report: Report,
  at: number,
  by: ActingSide,
  rules: RuleBook,
  command?: ReportChange['command'],
): ReportChange => ({
  report: { ...report },
  at,
  by,
  rules,
  ...(command ? { command } : {}),
  firstNewSeq: report.timeline.length + 1,
})

interface NewEvent {
  readonly kind: ReportEventKind
  readonly text: string
  readonly visibility?: ReportEvent['visibility']
  readonly photos?: readonly string[]
}

/** Adds one line to the trace. */
export const record = (change: ReportChange, event: NewEvent): void => {
  const { report, command } = change
  const seq = report.timeline.length + 1
  const isFirst = seq === change.firstNewSeq
  report.timeline = [
    ...report.timeline,
    {
      seq,
      kind: event.kind,
      at: change.at,
      side: change.by.side,
      ...(change.by.unitName ? { unitName: change.by.unitName } : {}),
      ...(change.by.role ? { role: change.by.role } : {}),
      text: event.text,
      visibility: event.visibility ?? 'public',
      ...(event.photos?.length ? { photos: event.photos } : {}),
      ...(isFirst && command
        ? { commandId: command.id, action: command.action, commandDigest: command.digest }
        : {}),
      rev: report.rev,
      status: report.status,
    },
  ]
}

/** Queues derived work; its id makes doing it twice harmless. */
export const enqueue = (change: ReportChange, work: OutboxWork): void => {
  const { report } = change
  const place = report.outbox.filter((entry) => entry.id.startsWith(`${report.rev + 1}.`)).length
  report.outbox = [...report.outbox, { id: `${report.rev + 1}.${place}`, at: change.at, ...work }]
}

export const tellReporter = (change: ReportChange, title: string, text: string): void => {
  enqueue(change, { kind: 'message', to: 'reporter', title, text })
}

/** The reporter and everybody who said 我也遇到 or whose report was merged into this one. */
export const tellResidents = (change: ReportChange, title: string, text: string): void => {
  tellReporter(change, title, text)
  if (change.report.supporters.length > 0) {
    enqueue(change, { kind: 'message', to: 'supporters', title, text })
  }
}

export const tellUnit = (change: ReportChange, unitId: string | null, title: string, text: string): void => {
  if (unitId !== null) enqueue(change, { kind: 'message', to: { unitId }, title, text })
}

/** Moves the report on; a step the lifecycle does not know is a bug, not a refusal. */
export const move = (change: ReportChange, to: ReportStatus): void => {
  const { report } = change
  if (!mayFollow(report.status, to)) {
    throw new Error(`lifecycle: ${report.status} → ${to} is not in the table (report ${report.id})`)
  }
  report.status = to
  if (to !== 'dispatched' && to !== 'awaiting-check') report.handlerUnitId = null
  if (statusKind(to) === 'done' && report.pendingRequest && isAskedByBranch(report.pendingRequest.kind)) {
    delete report.pendingRequest
  }
}

const isAskedByBranch = (kind: string): boolean => !kind.startsWith('appeal-')

/**
 * Puts a cause on the red-face list: a new episode with notice, or one more cause on the running one. A
 * confidential report never goes on it; the level above is told instead.
 */
export const addRedFaceCause = (change: ReportChange, cause: RedFaceCause): void => {
  const { report, rules } = change
  const label = redFaceCauseLabels[cause]
  if (isConfidential(report)) {
    // A public entry would tell the branch that somebody has complained about it.
    tellUnit(change, oneLevelUp(report.unitPath), '督办', `“${report.publicSummary}”${label}，请督促办理。`)
    return
  }
  const opened = openRedFace(report.redFaces, cause, change.at, rules.redFace.noticeHours)
  if (opened.change === 'none') return
  report.redFaces = opened.episodes
  record(change, {
    kind: 'red-face-noticed',
    text:
      opened.change === 'opened'
        ? `列入“红脸”清单预告：${label}。${rules.redFace.noticeHours}小时后公开`
        : `“红脸”清单增加原因：${label}`,
    visibility: 'parties',
  })
  enqueue(change, { kind: 'red-face', episodeNo: opened.episodeNo })
  enqueue(change, {
    kind: 'ledger',
    entry: 'opened',
    episodeNo: opened.episodeNo,
    text: `${report.publicSummary}：${label}`,
  })
  tellUnit(
    change,
    answerableUnitId(report),
    '红脸预告',
    `“${report.publicSummary}”因${label}列入“红脸”清单，${rules.redFace.noticeHours}小时后向社会公开。`,
  )
}

/** Closes a change: one more revision, the queue's due time and the clock's next look derived anew. */
export const finishChange = (change: ReportChange): Report => {
  const { report } = change
  report.rev += 1
  report.changedAt = change.at
  report.timeline = report.timeline.map((event) =>
    event.seq < change.firstNewSeq ? event : { ...event, rev: report.rev, status: report.status },
  )
  report.dueAt = runningDueAt(report) ?? noDueAt
  report.nextClockAt = nextClockAt(report, change.rules)
  return report
}
