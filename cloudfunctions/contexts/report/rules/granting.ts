import { byKind } from '../../../ground/by-kind'
import { type Refusal, refuse } from '../../../ground/result'
import { activeEpisode, changeCauses, publishesAt } from '../../red-face/rules/red-face'
import { announce, judgeOf, type ReportChange, record } from './change'
import { reclassifyByLevel, reclassifyUnseen, relocateReport } from './corrections'
import { extendedDueAt, extensionBars } from './extension'
import { moveDeadlinesOf } from './family-clock'
import { cannotBe, passOn } from './hand-over'
import { mayFollow } from './lifecycle'
import type { Doer } from './lines'
import {
  acceptAnew,
  dropRequests,
  finish,
  forgetAppeals,
  overturnDecline,
  publishCauses,
  reopenReport,
  restoreCauses,
  resumeReport,
  strikeCauses,
  suspendReport,
  takeOn,
  undoLook,
} from './moves'
import { isAnsweredBy, type Report, reporterKeys } from './report'
import {
  appellantsOf,
  isForReporterAlone,
  isHeard,
  type LevelRequest,
  type RequestFor,
  type RequestKind,
  readersOf,
  sentTo,
} from './request'
import type { Refused } from './scene'
import { suspensionBars } from './season'
import type { UnitFacts } from './step-facts'

type Grant<K extends RequestKind> = (
  change: ReportChange,
  request: RequestFor<K>,
  by: Doer,
  /** Where it goes, as that unit is now. */
  home: UnitFacts | undefined,
) => Refused | undefined

const withoutRequest = (change: ReportChange, request: LevelRequest): void => {
  change.report.requests = change.report.requests.filter((one) => one.no !== request.no)
}

const isLate = (change: ReportChange, request: LevelRequest, dueAt: number): boolean =>
  request.at < dueAt && dueAt <= change.at

/** What more time, or none running, puts off. */
type PutOff = 'plan' | 'resolve'

/** Which of these have passed while the request waited. */
const latePutOff = (
  change: ReportChange,
  request: LevelRequest,
  putOff: readonly PutOff[],
): readonly PutOff[] => {
  const { planDueAt = Number.NEGATIVE_INFINITY, resolveDueAt } = change.report.deadlines
  const dueAts = { plan: planDueAt, resolve: resolveDueAt }
  return putOff.filter((kind) => isLate(change, request, dueAts[kind]))
}

/**
 * A deadline that passed while its request waited was met: what it put on the list is struck (K8), and nothing that
 * fell due in another matter, for which nobody had asked.
 */
const countFromRequest = (change: ReportChange, request: LevelRequest, putOff: readonly PutOff[]): void => {
  for (const kind of latePutOff(change, request, putOff)) {
    strikeCauses(
      change,
      (cause) => cause.cause === `${kind}-overdue` && cause.at >= request.at && cause.joinedAt === undefined,
      'asked-in-time',
    )
  }
}

/**
 * F3: a resident's verdict is struck only after somebody has gone and seen, and after hearing whose it is. Why it
 * cannot be granted yet; undefined when it can.
 */
export const barsToStriking = (
  report: Pick<Report, 'lookedAt'>,
  request: RequestFor<'appeal-red-face'>,
  now: number,
): Refusal | undefined => {
  const { hearing } = request
  if (!hearing) return undefined
  if ((report.lookedAt ?? 0) < request.at) return refuse('look-first').error
  return isHeard(hearing, now) ? undefined : refuse('hear-first', { until: hearing.until }).error
}

/**
 * L2, H4: whoever was to have it when it was asked for is looked at again: there may be nobody there any more, or the
 * unit ends. Why they cannot have it now; undefined where they can, or where it stays where it is.
 */
export const barsToHandingOver = (
  change: ReportChange,
  request: LevelRequest,
  to: UnitFacts | undefined,
): Refusal | undefined => {
  const asked = sentTo(request)
  if (!asked || (request.kind === 'relocate' && isAnsweredBy(change.report, asked.id))) return undefined
  const refused = to ? cannotBe(to, change) : refuse('unknown-unit')
  return refused?.error
}

/** Why more time can be granted no more (K7, K8). */
export const barsToExtending = (
  change: ReportChange,
  { resolveDueAt }: RequestFor<'extend'>,
): Refused | undefined => {
  const { report, at } = change
  const barred = extensionBars(report, resolveDueAt)
  if (barred) return barred
  const untilAt = extendedDueAt(change, resolveDueAt)
  if (untilAt <= at) return refuse('date-over')
  // The deadline may have moved since: no extension ever brings it nearer.
  if (untilAt <= report.deadlines.resolveDueAt) return refuse('date-over')
  return undefined
}

/** One message goes to all reporters: it says 您的 of an appeal only where each of them has made it. */
const whoseIs = (report: Report, request: LevelRequest): { readonly isYours?: true } => {
  const appellants = appellantsOf(request)
  return reporterKeys(report).every((key) => appellants.includes(key)) ? { isYours: true } : {}
}

const reopenByAppeal = (
  change: ReportChange,
  request: LevelRequest,
  by: Doer,
  home: UnitFacts | undefined,
): void =>
  reopenReport(
    change,
    'a-third',
    { because: 'appeal-upheld', by },
    home,
    appellantsOf(request),
    whoseIs(change.report, request),
  )

/** Granted, it brings back what is done: that alone is told, which says of the appeal what came of it. */
const bringsBack = ({ status }: Pick<Report, 'status'>, { kind }: LevelRequest): boolean =>
  kind === 'appeal-decline' ||
  kind === 'appeal-closing' ||
  (kind === 'appeal-look' && ['resolved', 'closed', 'declined'].includes(status))

const grants: { readonly [K in RequestKind]: Grant<K> } = {
  suspend: (change, request, by) => {
    const { report, at } = change
    if (request.untilAt <= at) return refuse('date-over')
    if (!mayFollow(report.status, 'suspended')) return refuse('wrong-status')
    const wasInTime = latePutOff(change, request, ['plan', 'resolve']).length > 0
    // The kind may have been put right since it was asked for, or days have come along with what was merged in.
    const barred = suspensionBars(change, request, wasInTime ? request.at : at)
    if (barred) return barred
    countFromRequest(change, request, ['plan', 'resolve'])
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
    const barred = barsToExtending(change, request)
    if (barred) return barred
    const untilAt = extendedDueAt(change, request.resolveDueAt)
    const byMs = untilAt - report.deadlines.resolveDueAt
    countFromRequest(change, request, ['resolve'])
    moveDeadlinesOf(change, (deadlines) => ({
      ...deadlines,
      resolveDueAt: extendedDueAt(change, deadlines.resolveDueAt + byMs),
    }))
    const { reason } = request
    report.extensions = [...report.extensions, { reason, resolveDueAt: untilAt, byMs, approvedBy: by, at }]
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
  decline: (change, { at: proposedAt, because, byUnitId, byActorId }, by) => {
    const { report, at } = change
    finish(change, 'declined')
    report.closedAt = at
    forgetAppeals(change)
    const grantedBy = judgeOf(change)
    report.decline = {
      proposedAt,
      ...(byUnitId === null ? {} : { proposedBy: { unitId: byUnitId, actorId: byActorId } }),
      grantedAt: at,
      ...(grantedBy ? { grantedBy } : {}),
    }
    record(change, { kind: 'declined', facts: { by, because } })
    const facts = { because, appealDays: change.law.rules.report.appealWithinDays }
    announce(change, { template: 'declined', units: {}, residents: facts, supporters: facts })
    return undefined
  },
  'pass-on': (change, request, by, home) => {
    const barred = barsToHandingOver(change, request, home)
    if (barred) return { ok: false, error: barred }
    const to = home ?? request.to
    passOn(change, to, to.id === request.to.id ? request.how : 'transfer', by)
    return undefined
  },
  reclassify: (change, request, by) => {
    const reclassify = by === 'every-reporter' ? reclassifyUnseen : reclassifyByLevel
    reclassify(change, request.categoryId)
    return undefined
  },
  relocate: (change, request, _by, home) => {
    const barred = barsToHandingOver(change, request, home)
    if (barred) return { ok: false, error: barred }
    relocateReport(change, request)
    return undefined
  },
  // The reporter's to grant, and nobody else's (M4).
  merge: () => refuse('no-request'),
  // A look is not granted: it is made (`look`).
  look: () => refuse('no-request'),
  'appeal-decline': (change, request, by, home) => {
    const { report } = change
    overturnDecline(change, 'a-third', home, { why: 'decline-overturned' })
    record(change, { kind: 'reopened', line: 'decline-overturned', facts: { by } })
    const facts = by === 'time' ? ({ isUnanswered: true } as const) : {}
    announce(change, {
      template: 'decline-overturned',
      units: facts,
      residents: { ...facts, ...whoseIs(report, request) },
      supporters: facts,
    })
    return undefined
  },
  'appeal-closing': (change, request, by, home) => {
    reopenByAppeal(change, request, by, home)
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
    // What has come back already runs; it is on the list again all the same.
    if (bringsBack(change.report, request)) reopenByAppeal(change, request, by, home)
    undoLook(change)
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
  home: UnitFacts | undefined,
  note = '',
): Refused | undefined => {
  withoutRequest(change, request)
  const facts = { by, request: request.kind }
  record(change, {
    kind: 'request-granted',
    facts: { ...facts, ...(note ? { note } : {}) },
    visibility: readersOf(change.report, request),
  })
  announce(change, {
    template: 'request-granted',
    ...(bringsBack(change.report, request)
      ? {}
      : {
          units: facts,
          ...(request.side === 'resident' ? { residents: facts } : { alsoUnits: [request.byUnitId] }),
        }),
  })
  if (request.kind === 'appeal-red-face') appealIsOver(change, request)
  return byKind<LevelRequest, Grant<RequestKind>>(grants, request)(change, request, by, home)
}

/** Says no to what was asked; who asked is told (A7). */
export const denyRequest = (change: ReportChange, request: LevelRequest, by: Doer, note: string): void => {
  withoutRequest(change, request)
  const facts = { by, request: request.kind }
  record(change, {
    kind: 'request-denied',
    facts: { ...facts, ...(note ? { note } : {}) },
    visibility: readersOf(change.report, request),
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
    record(change, { kind: 'request-lapsed', facts, visibility: readersOf(report, request) })
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
      takeOn(change)
      const facts = { unit: report.answerableUnit.name }
      record(change, { kind: 'accepted', line: 'accepted-by', facts })
      announce(change, { template: 'accepted-after-a-no', residents: facts, supporters: {} })
    }
  }
}
