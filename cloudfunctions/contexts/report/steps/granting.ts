import { chinaDateText, dayMs } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import { townshipOf } from '../../../ground/unit-path'
import type { UnitRef } from '../../organisation/rules/unit'
import { activeEpisode, changeCauses, publishesAt, withdrawEvidence } from '../../red-face/rules/red-face'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, judgeOf, move, type ReportChange, record } from '../rules/change'
import { declineReasonLabels, type UnitFacts } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { setDeadlines } from '../rules/deadlines'
import { mayFollow } from '../rules/lifecycle'
import {
  acceptAnew,
  comeBack,
  dropRequests,
  finish,
  forgetAppeals,
  handTo,
  markAccepted,
  named,
  publishCauses,
  releaseChildren,
  reopenReport,
  restoreCauses,
  resumeReport,
  setAcceptDueAt,
  strikeCauses,
  suspendReport,
} from '../rules/moves'
import { type Deadlines, isAnsweredBy, pointsOf, type Report } from '../rules/report'
import {
  isForReporterAlone,
  isHeard,
  type LevelRequest,
  type RequestKind,
  requestLabels,
} from '../rules/request'
import { seasonBars } from '../rules/season'
import type { Refused } from './step'

type RequestFor<K extends RequestKind> = Extract<LevelRequest, { kind: K }>
type Grant<K extends RequestKind> = (
  change: ReportChange,
  request: RequestFor<K>,
  byName: string,
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
  record(change, { kind: 'reclassified', text: `类别由“${was.name}”改为“${is.name}”` })
  if (report.suspension?.isSeasonal && !is.needsThawedGround)
    resumeReport(change, '这类事不用等开春，恢复办理')
  announce(change, {
    title: '类别更正',
    units: `${named(report)}的类别改为“${is.name}”。`,
    residents: `您反映的${named(report)}类别改为“${is.name}”。`,
    supporters: `您关心的${named(report)}类别改为“${is.name}”。`,
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
    '经上级认定不是紧急的事，按紧急时限上榜的原因撤销',
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
  record(change, { kind: 'relocated', text: '地点已更正' })
  announce(change, {
    title: '地点更正',
    units: `${named(report)}的地点已更正，请看。`,
    residents: `您反映的${named(report)}地点已更正，请看对不对。`,
    supporters: `您关心的${named(report)}地点已更正。`,
  })
  if (where.to && !isAnsweredBy(report, where.to.id)) passOn(change, where.to, 'transfer', '地点更正后')
}

/** Moves the report to another unit, and says to everyone concerned what happened (A7). */
export const passOn = (
  change: ReportChange,
  to: UnitRef,
  how: RequestFor<'pass-on'>['how'],
  because: string,
): void => {
  const { report } = change
  const fromName = report.answerableUnit.name
  const isSorting = how === 'return'
  const text = {
    return: `${fromName}退回，由${to.name}指定责任单位`,
    transfer: `由${fromName}转给${to.name}`,
    'take-over': `${to.name}主动接办`,
  }[how]
  handTo(change, to, {
    isSorting,
    policy: how === 'take-over' ? 'take-over' : 'transfer',
    reason: because ? `${because}，${text}` : text,
  })
  record(change, {
    kind: ({ return: 'returned', transfer: 'transferred', 'take-over': 'taken-over' } as const)[how],
    text: `${text}，时限不变`,
  })
  announce(change, {
    title: isSorting ? '待分派' : '责任单位变更',
    units: `${named(report)}${text}，时限不变。`,
    residents: `您反映的${named(report)}${text}，时限不变。`,
    supporters: `您关心的${named(report)}${text}。`,
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
