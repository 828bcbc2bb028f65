import { dayMs } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import { townshipOf } from '../../../ground/unit-path'
import type { UnitRef } from '../../organisation/rules/unit'
import { activeEpisode, changeCauses, publishesAt, withdrawEvidence } from '../../red-face/rules/red-face'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, judgeOf, move, type ReportChange, record } from '../rules/change'
import type { UnitFacts } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { setDeadlines } from '../rules/deadlines'
import { mayFollow } from '../rules/lifecycle'
import type { Doer } from '../rules/lines'
import {
  acceptAnew,
  comeBack,
  dropRequests,
  finish,
  forgetAppeals,
  handTo,
  markAccepted,
  publishCauses,
  releaseChildren,
  reopenReport,
  restoreCauses,
  resumeReport,
  setAcceptDueAt,
  strikeCauses,
  suspendReport,
} from '../rules/moves'
import { type Deadlines, pointsOf, type Report } from '../rules/report'
import { isForReporterAlone, isHeard, type LevelRequest, type RequestKind } from '../rules/request'
import { seasonBars } from '../rules/season'
import type { Refused } from './step'

type RequestFor<K extends RequestKind> = Extract<LevelRequest, { kind: K }>
type Grant<K extends RequestKind> = (
  change: ReportChange,
  request: RequestFor<K>,
  by: Doer,
  home: UnitRef | undefined,
) => Refused | undefined

const withoutRequest = (change: ReportChange, request: LevelRequest): void => {
  change.report.requests = change.report.requests.filter((one) => one.no !== request.no)
}

/** Deadlines of another category that started when these did; what has fallen due stays (K9). */
export const deadlinesAs = (
  change: ReportChange,
  categoryId: Parameters<typeof categoryOf>[1],
  /** What has fallen due by the old clock falls with it (K4). */
  isFresh = false,
): Deadlines | undefined => {
  const { report, law, at } = change
  const category = categoryOf(law.rules, categoryId)
  if (!category) return undefined
  const { startedAt } = report.deadlines
  const heldMs = report.deadlines.heldMs ?? 0
  const fresh = setDeadlines(category, startedAt, law.calendar, law.rules.version)
  // Declared, nobody could be called before somebody had taken it up.
  const { contactDueAt } = setDeadlines(
    category,
    report.takenUpAt ?? startedAt,
    law.calendar,
    law.rules.version,
  )
  const stint = report.stints[report.stints.length - 1]
  const kept = (was: number, is: number): number => (was <= at && !isFresh ? was : is)
  const { planDueAt: wasPlanDueAt, ...deadlines } = report.deadlines
  const planDueAt =
    fresh.planDueAt === undefined
      ? undefined
      : kept(wasPlanDueAt ?? Number.POSITIVE_INFINITY, fresh.planDueAt + heldMs)
  return {
    ...deadlines,
    // Of the unit that has it, counted from when it got it; what it has met already stays.
    acceptDueAt:
      stint?.acceptedAt === undefined
        ? kept(
            deadlines.acceptDueAt,
            setDeadlines(category, stint?.from ?? startedAt, law.calendar, law.rules.version).acceptDueAt,
          )
        : deadlines.acceptDueAt,
    contactDueAt: kept(deadlines.contactDueAt, contactDueAt),
    ...(planDueAt === undefined ? {} : { planDueAt }),
    resolveDueAt: kept(deadlines.resolveDueAt, fresh.resolveDueAt + heldMs),
    ruleVersion: fresh.ruleVersion,
  }
}

/** Puts the kind right, with the clocks that belong to it. */
const reclassifyReport = (
  change: ReportChange,
  categoryId: RequestFor<'reclassify'>['categoryId'],
  isFresh = false,
): void => {
  const { report, law } = change
  const was = categoryOf(law.rules, report.categoryId)
  const is = categoryOf(law.rules, categoryId)
  const deadlines = deadlinesAs(change, categoryId, isFresh)
  if (!was || !is || !deadlines) throw new Error(`no category ${categoryId} in ${law.rules.version}`)
  report.categoryId = categoryId
  report.deadlines = deadlines
  setAcceptDueAt(change, deadlines.acceptDueAt)
  record(change, { kind: 'reclassified', facts: { from: was.name, to: is.name } })
  if (report.suspension?.isSeasonal && !is.needsThawedGround) resumeReport(change, 'needs-no-thaw')
  const facts = { category: is.name }
  announce(change, {
    template: 'reclassified',
    units: facts,
    residents: facts,
    supporters: facts,
    // K4: what turns out to be urgent reaches the duty desk at the same moment.
    alsoUnits: is.isUrgent ? townshipsOf(change) : [],
  })
}

/** K9: nobody else has looked at it, so what recurs is found by the kind it had too. */
export const reclassifyByBranch = (
  change: ReportChange,
  categoryId: RequestFor<'reclassify'>['categoryId'],
): void => {
  const { report } = change
  report.formerCategoryIds = [...new Set([...(report.formerCategoryIds ?? []), report.categoryId])]
  reclassifyReport(change, categoryId)
}

/**
 * One level up, or every reporter, puts the kind right. K4: found not urgent, what rested on the urgent clock
 * falls, and the ordinary one runs as if it always had.
 */
export const reclassifyByLevel = (
  change: ReportChange,
  categoryId: RequestFor<'reclassify'>['categoryId'],
): void => {
  const { law, report } = change
  const isUrgentKind = (id: string): boolean => categoryOf(law.rules, id)?.isUrgent ?? false
  const isFoundNotUrgent = isUrgentKind(report.categoryId) && !isUrgentKind(categoryId)
  reclassifyReport(change, categoryId, isFoundNotUrgent)
  if (!isFoundNotUrgent) return
  strikeCauses(
    change,
    (cause) => cause.cause === 'accept-overdue' || cause.cause === 'resolve-overdue',
    'found-not-urgent',
  )
}

/** Puts the place right; moved to another unit it is a hand-over (K9). */
export const relocateReport = (
  change: ReportChange,
  where: Pick<RequestFor<'relocate'>, 'place' | 'publicPoint' | 'tiles' | 'to'>,
): void => {
  const { report } = change
  const formerPoints = pointsOf(report)
  if (formerPoints.length > 0) report.formerPoints = formerPoints
  report.place = where.place
  if (where.publicPoint) report.publicPoint = where.publicPoint
  else delete report.publicPoint
  report.tiles = [...new Set([...where.tiles, ...report.tiles])]
  record(change, { kind: 'relocated' })
  announce(change, { template: 'relocated', units: {}, residents: {}, supporters: {} })
  if (where.to && where.to.id !== report.branchId) passOn(change, where.to, 'transfer', 'relocated')
}

/** Moves the report to another unit, and says to everyone concerned what happened (A7). */
export const passOn = (
  change: ReportChange,
  to: UnitRef,
  how: RequestFor<'pass-on'>['how'],
  because?: 'relocated' | Doer,
): void => {
  const facts = { from: change.report.branchName, to: to.name }
  handTo(change, to, {
    isSorting: how === 'return',
    policy: how === 'take-over' ? 'take-over' : 'transfer',
    reason: { why: 'passed-on', how, ...facts, ...(because === undefined ? {} : { because }) },
  })
  const happened = ({ return: 'returned', transfer: 'transferred', 'take-over': 'taken-over' } as const)[how]
  record(change, { kind: happened, facts })
  announce(change, {
    template: happened,
    units: facts,
    residents: facts,
    supporters: facts,
    alsoUnits: townshipsOf(change),
  })
}

/** Nothing is handed to a unit without members, or to one that ends before the deadline, or is late and ending (L2). */
export const cannotTake = (to: UnitFacts, { report, at }: ReportChange): Refused | undefined => {
  if (to.memberCount === 0) return refuse('unit-without-members')
  const neededUntil = Math.max(report.deadlines.resolveDueAt, at + dayMs)
  return to.endsAt !== undefined && to.endsAt <= neededUntil ? refuse('unit-ends-soon') : undefined
}

/** A complaint goes from committee to committee, never to a branch, and never to the accused (H4). */
export const mayHave = (report: Report, to: UnitFacts): boolean => {
  const kinds = isConfidential(report)
    ? ['committee', 'community-committee']
    : ['branch', 'specialised-branch', 'temporary', 'committee', 'community-committee']
  return kinds.includes(to.kind) && to.id !== report.accusedUnitId
}

/** The township hears of every hand-over within it, into it and out of it (A7). */
export const townshipsOf = ({ before, report }: ReportChange): readonly (string | null)[] => [
  townshipOf(before.unitPath),
  townshipOf(report.unitPath),
]

const isLate = (change: ReportChange, request: LevelRequest, dueAt: number): boolean =>
  request.at < dueAt && dueAt <= change.at

/** A deadline that passed while its request waited was met: what it put on the list is struck (K8). */
const countFromRequest = (change: ReportChange, request: LevelRequest): void => {
  const { resolveDueAt } = change.report.deadlines
  if (!isLate(change, request, resolveDueAt)) return
  strikeCauses(
    change,
    (cause) => cause.cause === 'resolve-overdue' && cause.at >= request.at,
    'asked-in-time',
  )
}

/**
 * F3: a resident's verdict is struck only after somebody has gone and seen, and after hearing whose it is. Why it
 * cannot be granted yet; undefined when it can.
 */
export const barsToStriking = (
  report: Pick<Report, 'timeline'>,
  request: RequestFor<'appeal-red-face'>,
  now: number,
): Refusal | undefined => {
  const { hearing } = request
  if (!hearing) return undefined
  const hasLooked = report.timeline.some((event) => event.kind === 'looked' && event.at >= request.at)
  if (!hasLooked) return refuse('look-first').error
  return isHeard(hearing, now) ? undefined : refuse('hear-first', { until: hearing.until }).error
}

const grants: { readonly [K in RequestKind]: Grant<K> } = {
  suspend: (change, request, by) => {
    const { report, at } = change
    if (request.untilAt <= at) return refuse('date-over')
    if (!mayFollow(report.status, 'suspended')) return refuse('wrong-status')
    // The kind may have been put right since it was asked for.
    const barred = request.isSeasonal ? seasonBars(report, { now: at, law: change.law }) : undefined
    if (barred) return { ok: false, error: barred }
    const wasInTime = isLate(change, request, report.deadlines.resolveDueAt)
    countFromRequest(change, request)
    suspendReport(
      change,
      {
        reason: request.reason,
        untilAt: request.untilAt,
        plan: request.plan,
        approvedBy: by,
        at,
        ...(request.isSeasonal ? { isSeasonal: true } : {}),
      },
      wasInTime ? request.at : at,
    )
    dropRequests(change, ['extend'])
    return undefined
  },
  extend: (change, request, by) => {
    const { report, at } = change
    if (request.resolveDueAt <= at) return refuse('date-over')
    const byMs = request.resolveDueAt - report.deadlines.resolveDueAt
    // The deadline may have moved since: no extension ever brings it nearer.
    if (byMs <= 0) return refuse('date-over')
    countFromRequest(change, request)
    report.deadlines = { ...report.deadlines, resolveDueAt: request.resolveDueAt }
    report.extensions = [
      ...report.extensions,
      { reason: request.reason, resolveDueAt: request.resolveDueAt, byMs, approvedBy: by, at },
    ]
    const { resolveDueAt: untilAt, reason } = request
    record(change, { kind: 'extended', facts: { by, untilAt, reason } })
    announce(change, {
      template: 'extended',
      units: { untilAt },
      residents: { untilAt, reason },
      supporters: { untilAt, reason },
    })
    return undefined
  },
  resume: (change) => {
    resumeReport(change, 'reason-gone')
    return undefined
  },
  decline: (change, { at: proposedAt, because }, by) => {
    const { report, at } = change
    finish(change, 'declined')
    report.closedAt = at
    forgetAppeals(change)
    const grantedBy = judgeOf(change)
    report.decline = {
      proposedAt,
      grantedAt: at,
      ...(grantedBy ? { grantedBy } : {}),
    }
    record(change, { kind: 'declined', facts: { by, because } })
    const facts = { because, appealDays: change.law.rules.report.appealWithinDays }
    announce(change, { template: 'declined', units: {}, residents: facts, supporters: facts })
    releaseChildren(change)
    return undefined
  },
  'pass-on': (change, request, by, home) => {
    passOn(change, home ?? request.to, home ? 'transfer' : request.how, by)
    return undefined
  },
  reclassify: (change, request) => {
    reclassifyByLevel(change, request.categoryId)
    return undefined
  },
  relocate: (change, request) => {
    relocateReport(change, request)
    return undefined
  },
  // The reporter's to grant, and nobody else's (M4).
  merge: () => refuse('no-request'),
  // A look is not granted: it is made (`look`).
  look: () => refuse('no-request'),
  'appeal-decline': (change, _request, by, home) => {
    const { report, at } = change
    if (report.decline) report.decline = { ...report.decline, overturnedAt: at }
    delete report.closedAt
    comeBack(change, 'a-third', home, { why: 'decline-overturned' })
    report.redFaces = withdrawEvidence(report.redFaces)
    record(change, { kind: 'reopened', line: 'decline-overturned', facts: { by } })
    announce(change, { template: 'decline-overturned', units: {}, residents: {}, supporters: {} })
    return undefined
  },
  'appeal-closing': (change, request, by, home) => {
    reopenReport(change, 'a-third', { because: 'appeal-upheld', by }, home, request.byKey)
    return undefined
  },
  'appeal-red-face': (change, request) => {
    const barred = barsToStriking(change.report, request, change.at)
    if (barred) return { ok: false, error: barred }
    strikeCauses(change, (cause) => request.causeNos.includes(cause.no), 'appeal-upheld')
    return undefined
  },
  'appeal-struck': (change, request) => {
    restoreCauses(change, request.causeNos)
    return undefined
  },
  'appeal-look': (change, request, by, home) => {
    reopenReport(change, 'a-third', { because: 'appeal-upheld', by }, home, request.byKey)
    publishCauses(change, () => true)
    return undefined
  },
}

const appealIsOver = (change: ReportChange, request: RequestFor<'appeal-red-face'>): void => {
  change.report.redFaces = changeCauses(
    change.report.redFaces,
    (cause) => cause.appeal?.requestNo === request.no,
    ({ appeal: _over, ...cause }) => cause,
  )
}

/** Says yes to what was asked, and does it. Refuses what can be granted no more; the request then stays. */
export const grantRequest = (
  change: ReportChange,
  request: LevelRequest,
  by: Doer,
  home: UnitRef | undefined,
  note = '',
): Refused | undefined => {
  withoutRequest(change, request)
  const facts = { by, request: request.kind }
  record(change, {
    kind: 'request-granted',
    facts: { ...facts, ...(note ? { note } : {}) },
    visibility: 'parties',
  })
  announce(change, {
    template: 'request-granted',
    units: facts,
    ...(request.side === 'resident' ? { residents: facts } : { alsoUnits: [request.byUnitId] }),
  })
  if (request.kind === 'appeal-red-face') appealIsOver(change, request)
  return (grants[request.kind] as Grant<RequestKind>)(change, request as never, by, home)
}

/** Says no to what was asked; who asked is told (A7). */
export const denyRequest = (change: ReportChange, request: LevelRequest, by: Doer, note: string): void => {
  withoutRequest(change, request)
  const facts = { by, request: request.kind }
  record(change, {
    kind: 'request-denied',
    facts: { ...facts, ...(note ? { note } : {}) },
    visibility: 'parties',
  })
  announce(change, {
    template: 'request-denied',
    units: facts,
    alsoUnits: [request.byUnitId],
    ...(request.side === 'resident' ? { residents: facts } : {}),
    // Who asked may be one of them.
    ...(request.side === 'resident' && request.kind.startsWith('appeal') ? { supporters: facts } : {}),
  })
  afterNo(change, request)
}

/** Nobody has ruled in time, and nothing was asked that then is granted (F3): it is as if it had not been asked. */
export const lapseRequest = (change: ReportChange, request: LevelRequest): void => {
  const { report } = change
  withoutRequest(change, request)
  const staysComplaint = isForReporterAlone(request) && request.kind === 'reclassify'
  const alsoUnits = [request.byUnitId]
  if (staysComplaint) {
    report.staysComplaint = true
    record(change, { kind: 'request-lapsed', line: 'stays-complaint', visibility: 'parties' })
    announce(change, { template: 'stays-complaint', units: {}, residents: {}, alsoUnits })
  } else {
    const awaited = isForReporterAlone(request) ? 'reporter' : 'ruling'
    const facts = { request: request.kind, awaited } as const
    record(change, { kind: 'request-lapsed', facts, visibility: 'parties' })
    announce(change, { template: 'request-lapsed', units: facts, alsoUnits })
  }
  afterNo(change, request)
}

/** What follows when a request is not granted. */
const afterNo = (change: ReportChange, request: LevelRequest): void => {
  const { report } = change
  if (request.kind === 'appeal-red-face') {
    appealIsOver(change, request)
    // What the appeal alone kept back is public now; what a posting keeps back still waits.
    const episode = activeEpisode(report.redFaces)
    publishCauses(
      change,
      (cause) =>
        request.causeNos.includes(cause.no) &&
        episode !== undefined &&
        (publishesAt(episode, cause) ?? Number.POSITIVE_INFINITY) <= change.at,
    )
  }
  // A1: denied, the report is accepted.
  if (request.kind === 'decline' && report.decline) {
    report.decline = { ...report.decline, deniedAt: change.at }
    // It has still to be sorted.
    if (report.status === 'unrouted') acceptAnew(change)
    if (report.status === 'routed') {
      markAccepted(change)
      move(change, 'accepted')
      const facts = { unit: report.branchName }
      record(change, { kind: 'accepted', line: 'accepted-by', facts })
      announce(change, { template: 'accepted-after-a-no', residents: facts, supporters: {} })
    }
  }
}
