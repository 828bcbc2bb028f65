import { chinaDateText } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import type { UnitRef } from '../../organisation/rules/unit'
import { activeEpisode, changeCauses, publishesAt, withdrawEvidence } from '../../red-face/rules/red-face'
import { announce, judgeOf, move, type ReportChange, record } from './change'
import { declineReasonLabels } from './commands'
import { reclassifyByLevel, relocateReport } from './corrections'
import { passOn } from './hand-over'
import { mayFollow } from './lifecycle'
import {
  acceptAnew,
  comeBack,
  dropRequests,
  finish,
  forgetAppeals,
  markAccepted,
  named,
  publishCauses,
  releaseChildren,
  reopenReport,
  restoreCauses,
  resumeReport,
  strikeCauses,
  suspendReport,
} from './moves'
import type { Report } from './report'
import {
  isForReporterAlone,
  isHeard,
  type LevelRequest,
  type RequestFor,
  type RequestKind,
  requestLabels,
} from './request'
import type { Refused } from './scene'
import { seasonBars } from './season'

type Grant<K extends RequestKind> = (
  change: ReportChange,
  request: RequestFor<K>,
  byName: string,
  home: UnitRef | undefined,
) => Refused | undefined

const withoutRequest = (change: ReportChange, request: LevelRequest): void => {
  change.report.requests = change.report.requests.filter((one) => one.no !== request.no)
}

const isLate = (change: ReportChange, request: LevelRequest, dueAt: number): boolean =>
  request.at < dueAt && dueAt <= change.at

/** A deadline that passed while its request waited was met: what it put on the list is struck (K8). */
const countFromRequest = (change: ReportChange, request: LevelRequest): void => {
  const { resolveDueAt } = change.report.deadlines
  if (!isLate(change, request, resolveDueAt)) return
  strikeCauses(
    change,
    (cause) => cause.cause === 'resolve-overdue' && cause.at >= request.at,
    '时限之前提出的申请获得同意，超期一条撤销',
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
  suspend: (change, request, byName) => {
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
        approvedByUnitName: byName,
        at,
        ...(request.isSeasonal ? { isSeasonal: true } : {}),
      },
      wasInTime ? request.at : at,
    )
    dropRequests(change, ['extend'])
    return undefined
  },
  extend: (change, request, byName) => {
    const { report, at } = change
    if (request.resolveDueAt <= at) return refuse('date-over')
    const byMs = request.resolveDueAt - report.deadlines.resolveDueAt
    // The deadline may have moved since: no extension ever brings it nearer.
    if (byMs <= 0) return refuse('date-over')
    countFromRequest(change, request)
    report.deadlines = { ...report.deadlines, resolveDueAt: request.resolveDueAt }
    report.extensions = [
      ...report.extensions,
      { reason: request.reason, resolveDueAt: request.resolveDueAt, byMs, approvedByUnitName: byName, at },
    ]
    const until = chinaDateText(request.resolveDueAt)
    record(change, { kind: 'extended', text: `${byName}同意延期到${until}：${request.reason}` })
    announce(change, {
      title: '延期',
      units: `${named(report)}延期到${until}。`,
      residents: `您反映的${named(report)}延期到${until}：${request.reason}。`,
      supporters: `您关心的${named(report)}延期到${until}：${request.reason}。`,
    })
    return undefined
  },
  resume: (change) => {
    resumeReport(change, '挂账的原因已消除，恢复办理')
    return undefined
  },
  decline: (change, request, byName) => {
    const { report, at } = change
    finish(change, 'declined')
    report.closedAt = at
    forgetAppeals(change)
    const grantedBy = judgeOf(change)
    report.decline = {
      proposedAt: request.at,
      grantedAt: at,
      ...(grantedBy ? { grantedBy } : {}),
    }
    const why = declineReasonLabels[request.because]
    record(change, { kind: 'declined', text: `${byName}同意不予受理：${why}` })
    const days = change.law.rules.report.appealWithinDays
    announce(change, {
      title: '不予受理',
      units: `${named(report)}不予受理。`,
      residents: `您反映的${named(report)}不予受理：${why}。不同意可以在${days}天内向上一级申诉。`,
      supporters: `您关心的${named(report)}不予受理：${why}。不同意可以在${days}天内向上一级申诉。`,
    })
    releaseChildren(change)
    return undefined
  },
  'pass-on': (change, request, byName, home) => {
    passOn(change, home ?? request.to, home ? 'transfer' : request.how, `${byName}决定`)
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
  'appeal-decline': (change, request, byName, home) => {
    const { report, at } = change
    if (report.decline) report.decline = { ...report.decline, overturnedAt: at }
    delete report.closedAt
    comeBack(change, 'a-third', home, '申诉成立')
    report.redFaces = withdrawEvidence(report.redFaces)
    record(change, { kind: 'reopened', text: `${byName}认为应当受理，申诉成立` })
    announce(change, {
      title: '申诉成立',
      units: `上级认定${named(report)}应当受理，请受理。`,
      residents: `${named(report)}的申诉成立，已要求受理。`,
      supporters: `您关心的${named(report)}申诉成立，已要求受理。`,
    })
    void request
    return undefined
  },
  'appeal-closing': (change, request, byName, home) => {
    reopenReport(change, 'a-third', `${byName}支持居民的申诉，重新办理`, home, request.byKey)
    return undefined
  },
  'appeal-red-face': (change, request) => {
    const barred = barsToStriking(change.report, request, change.at)
    if (barred) return { ok: false, error: barred }
    strikeCauses(change, (cause) => request.causeNos.includes(cause.no), '申诉成立，已撤销')
    return undefined
  },
  'appeal-struck': (change, request) => {
    restoreCauses(change, request.causeNos)
    return undefined
  },
  'appeal-look': (change, request, byName, home) => {
    reopenReport(change, 'a-third', `${byName}支持居民的申诉，重新办理`, home, request.byKey)
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
  byName: string,
  home: UnitRef | undefined,
  note = '',
): Refused | undefined => {
  const { report } = change
  withoutRequest(change, request)
  record(change, {
    kind: 'request-granted',
    text: `${byName}同意${requestLabels[request.kind]}${note ? `：${note}` : ''}`,
    visibility: 'parties',
  })
  announce(change, {
    title: '申请获准',
    units: `${named(report)}：${byName}同意${requestLabels[request.kind]}。`,
    ...(request.side === 'resident' ? {} : { alsoUnits: [request.byUnitId] }),
    ...(request.side === 'resident'
      ? { residents: `${named(report)}：${byName}同意${requestLabels[request.kind]}。` }
      : {}),
  })
  if (request.kind === 'appeal-red-face') appealIsOver(change, request)
  // Sound: the grant is the one of the kind of the very request that it is then handed.
  return (grants[request.kind] as Grant<RequestKind>)(change, request as never, byName, home)
}

/** Says no to what was asked; who asked is told (A7). */
export const denyRequest = (
  change: ReportChange,
  request: LevelRequest,
  byName: string,
  note: string,
): void => {
  const { report } = change
  withoutRequest(change, request)
  record(change, {
    kind: 'request-denied',
    text: `${byName}不同意${requestLabels[request.kind]}${note ? `：${note}` : ''}`,
    visibility: 'parties',
  })
  const text = `${named(report)}：${byName}不同意${requestLabels[request.kind]}。`
  announce(change, {
    title: '申请未获准',
    units: text,
    alsoUnits: [request.byUnitId],
    ...(request.side === 'resident' ? { residents: text } : {}),
    // Who asked may be one of them.
    ...(request.side === 'resident' && request.kind.startsWith('appeal') ? { supporters: text } : {}),
  })
  afterNo(change, request)
}

/** Nobody has ruled in time, and nothing was asked that then is granted (F3): it is as if it had not been asked. */
export const lapseRequest = (change: ReportChange, request: LevelRequest): void => {
  const { report } = change
  withoutRequest(change, request)
  const staysComplaint = isForReporterAlone(request) && request.kind === 'reclassify'
  if (staysComplaint) report.staysComplaint = true
  const answer = isForReporterAlone(request) ? '上报人同意' : '裁定'
  const text = staysComplaint
    ? '上报人没有同意改类别，还按反映单位或干部的事办'
    : `“${requestLabels[request.kind]}”没有等到${answer}，失效`
  record(change, { kind: 'request-lapsed', text, visibility: 'parties' })
  announce(change, {
    title: '申请失效',
    units: `${named(report)}：${text}。`,
    alsoUnits: [request.byUnitId],
    ...(staysComplaint ? { residents: `${named(report)}：${text}。` } : {}),
  })
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
      record(change, { kind: 'accepted', text: `${report.answerableUnit.name}受理` })
      announce(change, {
        title: '已受理',
        residents: `${report.answerableUnit.name}已受理您反映的${named(report)}。`,
        supporters: `您关心的${named(report)}已受理。`,
      })
    }
  }
}
