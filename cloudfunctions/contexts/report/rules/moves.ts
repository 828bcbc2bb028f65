import { chinaDaysBetween, dayMs } from '../../../ground/instant'
import { lastOf, oneLevelUp, pathTo, regionOf, townshipOf, unitsAbove } from '../../../ground/unit-path'
import { winterAt } from '../../calendar/rules/frozen-season'
import { endOfWorkingDayAfter, noticeEndsAt } from '../../calendar/rules/working-calendar'
import { aboveJudges, type Judge, type UnitRef } from '../../organisation/rules/unit'
import {
  actingFor,
  activeEpisode,
  blamedUnitIds,
  type CauseRecord,
  type ConsentParties,
  changeActive,
  changeCauses,
  consentOf,
  endEpisode,
  endedByLook,
  hasBeenPublic,
  isForLookAlone,
  isMissedStep,
  isOnPage,
  isPostingOfOther,
  isStanding,
  isTold,
  isToldToStand,
  isUntold,
  isVerdict,
  type LaidEvidence,
  lastCleared,
  layEvidence,
  type OwedLook,
  openRedFace,
  publishesAt,
  type RedFaceCause,
  type RedFaceConsent,
  type RedFaceEpisode,
  standingCauses,
  standingNos,
  struckVerdicts,
  takeWord,
  type Word,
  withdrawEvidence,
  withNosOf,
  withStandingNosOf,
} from '../../red-face/rules/red-face'
import type { RoutingDecision } from '../../routing/rules/routing'
import { categoryNameOf, categoryOf } from '../../rule-book/rules/rule-book'
import { announce, enqueueOnce, isUrgent, judgeOf, move, type ReportChange, record } from './change'
import { isConfidential, isWithAccused } from './confidential'
import { mayDeny } from './contact'
import { setDeadlines, soonestDeadlines } from './deadlines'
import { moveDeadlinesOf, timeTowards } from './family-clock'
import { statusKind } from './lifecycle'
import type { Clearing, Closing, Doer, Reopening, Resuming, Striking, Told } from './lines'
import { saysNo } from './rating'
import { recountContact } from './recount-contact'
import { lastResolution, type Report, type ReportEvent, type Resolution, reporterKeys } from './report'
import { fillPlace } from './reporters-place'
import {
  appellantsOf,
  isLookOwed,
  type LevelRequest,
  type LookReason,
  lookReasons,
  type RequestKind,
  type RequestSubject,
  readersOf,
  requestOf,
} from './request'
import { resumeAfter, type Stop } from './resume-after'
import { nosOfTheEnded, saidNos } from './said-nos'
import { isTop } from './standing'
import { unitsThatMissed } from './stint'
import { speakersIn } from './supporters'
import type { WhyHere } from './why-here'

/** The unit that answers now, as verdicts and causes name it. */
export const unitNow = ({
  answerableUnit,
  unitPath,
}: Pick<Report, 'answerableUnit' | 'unitPath'>): UnitRef => ({
  ...answerableUnit,
  path: unitPath,
})

// ── clocks ──

/** Stops the problem's clock: done, or an approved suspension (K5, K6). */
const holdClock = (change: ReportChange, from: number = change.at): void => {
  const { report } = change
  if (report.holds.some((hold) => hold.to === undefined)) return
  report.holds = [...report.holds, { from }]
}

/** Lets the problem's clock go on, with at least what is promised left (K5, M4). */
export const releaseClock = (
  change: ReportChange,
  atLeast: Stop['atLeast'],
  isFirstWordRunning = false,
): void => {
  const { report, law } = change
  const open = report.holds.find((hold) => hold.to === undefined)
  if (!open) return
  const ofWork = isFirstWordRunning ? ({ ofWork: true } as const) : {}
  report.holds = report.holds.map((hold) => (hold === open ? { ...hold, to: change.at, ...ofWork } : hold))
  const stop: Stop = {
    stoppedAt: open.from,
    at: change.at,
    atLeast,
    ...(isFirstWordRunning ? { isFirstWordRunning } : {}),
  }
  moveDeadlinesOf(change, (deadlines) => resumeAfter(deadlines, stop, law.calendar, isUrgent(change)))
  const stint = lastOf(report.stints)
  setAcceptDueAt(change, stint?.acceptedAt === undefined ? report.deadlines.acceptDueAt : stint.acceptDueAt)
}

/** The time to accept stands with the report and with the stint of the unit that has it: they are one. */
export const setAcceptDueAt = (change: ReportChange, acceptDueAt: number): void => {
  const { report } = change
  const last = report.stints.length - 1
  report.deadlines = { ...report.deadlines, acceptDueAt }
  report.stints = report.stints.map((stint, place) => (place === last ? { ...stint, acceptDueAt } : stint))
}

/** When a unit that gets the report now must have accepted it (A1), on no day off (K2). */
export const acceptDueFrom = (change: ReportChange): number => {
  const { report, law } = change
  const category = categoryOf(law.rules, report.categoryId)
  return category
    ? setDeadlines(category, change.at, law.calendar, law.rules.version).acceptDueAt
    : report.deadlines.acceptDueAt
}

// ── hand-overs ──

/**
 * Gives the report to a unit: `routed` where it answers, `unrouted` where it has to sort. The problem's own
 * deadlines stay (K5); the accept time is counted anew (A1); what was asked of levels above falls (K8).
 */
export const handTo = (
  change: ReportChange,
  to: UnitRef,
  how: {
    readonly isSorting: boolean
    readonly policy: RoutingDecision['policy']
    readonly reason: WhyHere
  },
): void => {
  const { report, law } = change
  if (isWithAccused(report, to)) throw new Error(`report ${report.id}: a complaint for whom it is about (H4)`)
  // A suspension was approved to the unit that asked: it ends with that unit's time.
  if (report.status === 'suspended') resumeReport(change, 'handed-on')
  move(change, how.isSorting ? 'unrouted' : 'routed')
  const acceptDueAt = acceptDueFrom(change)
  report.answerableUnit = { id: to.id, name: to.name }
  report.isSorting = how.isSorting
  report.unitPath = to.path
  report.stints = [
    ...report.stints,
    {
      unit: { id: to.id, name: to.name, path: to.path },
      isSorting: how.isSorting,
      from: change.at,
      acceptDueAt,
    },
  ]
  report.deadlines = { ...report.deadlines, acceptDueAt }
  report.routing = {
    policy: how.policy,
    reasons: [how.reason],
    isProvisional: false,
    ruleVersion: law.rules.version,
    at: change.at,
  }
  dropRequests(change, handedOnDrops)
}

/**
 * Tells those to whom a matter is new: the unit that gets it, the duty desk of what is urgent (K4), and the branch
 * across a near border. A spot without a cell joins the coverage gaps.
 */
export const announceNew = (change: ReportChange): void => {
  const { report } = change
  const { alternate, isCoverageGap } = report.routing
  announce(change, {
    template: report.isSorting ? 'new-to-sort' : 'new-to-accept',
    units: {},
    onlyUnits: [report.answerableUnit.id, ...(isUrgent(change) ? [townshipOf(report.unitPath)] : [])],
  })
  if (alternate) {
    announce(change, {
      template: 'near-the-border',
      units: {},
      onlyUnits: [alternate.id],
    })
  }
  if (isCoverageGap) enqueueOnce(change, { kind: 'coverage-gap' })
}

/**
 * The unit has accepted, sorted, or proposed a decline: its accept time is met. What was missed before has not come by
 * that (`takeOn`, `markSorted`).
 */
export const markAccepted = (change: ReportChange, acceptedAt = change.at): void => {
  const { report } = change
  const last = report.stints.length - 1
  report.stints = report.stints.map((stint, place) =>
    place === last && stint.acceptedAt === undefined ? { ...stint, acceptedAt } : stint,
  )
}

/** It is known who answers: the step has come that the sorters owed, and no branch's acceptance (F5). */
export const markSorted = (change: ReportChange): void => {
  markAccepted(change)
  const { stints } = change.report
  stepHasCome(change, 'accept-overdue', ({ unit, at }) =>
    stints.some(
      (stint, place) =>
        stint.isSorting &&
        stint.unit.id === unit.id &&
        stint.from <= at &&
        at <= (stints[place + 1]?.from ?? Number.POSITIVE_INFINITY),
    ),
  )
}

/**
 * 受理. What comes back is on the list from now on (F1): a matter that somebody made up is declined, and never is.
 */
export const takeOn = (change: ReportChange, acceptedAt = change.at): void => {
  const { report } = change
  markAccepted(change, acceptedAt)
  stepHasCome(change, 'accept-overdue')
  move(change, 'accepted')
  const { comesBackTo } = report
  if (!comesBackTo) return
  delete report.comesBackTo
  addCause(change, 'recurring', [comesBackTo])
}

/** What the unit had met by proposing a decline is due again, in a time counted anew (A1). */
export const acceptAnew = (change: ReportChange): void => {
  const { report } = change
  const last = report.stints.length - 1
  report.stints = report.stints.map((stint, place) => {
    if (place !== last) return stint
    const { acceptedAt: _proposed, ...rest } = stint
    return rest
  })
  setAcceptDueAt(change, acceptDueFrom(change))
}

/** The late step a cause is about has come; the entry leaves the page by itself after a while (F5). */
export const stepHasCome = (
  change: ReportChange,
  cause: RedFaceCause,
  isMeant: (cause: CauseRecord) => boolean = () => true,
): void => {
  change.report.redFaces = changeCauses(
    change.report.redFaces,
    (one) => one.cause === cause && one.cameAt === undefined && isMeant(one),
    (one) => ({ ...one, cameAt: change.at }),
  )
}

// ── requests ──

/**
 * Whose verdict the causes are, of those who are in the matter still (F3); where nobody of them is, or none is named,
 * whoever reports it now.
 */
export const whoseVerdict = (report: Report, causes: readonly CauseRecord[]): readonly string[] => {
  const reporting = reporterKeys(report)
  const here = speakersIn(report)
  const keys = causes.flatMap(({ saidBy = [] }) => {
    const still = saidBy.filter((key) => here.has(key))
    return still.length > 0 ? still : reporting
  })
  return [...new Set(keys)]
}

/** Every request but those about the red face, which outlives a hand-over. */
const handedOnDrops: readonly RequestKind[] = [
  'suspend',
  'extend',
  'resume',
  'decline',
  'pass-on',
  'reclassify',
  'relocate',
  'merge',
  'appeal-decline',
  'appeal-closing',
]
const doneDrops: readonly RequestKind[] = [
  'suspend',
  'extend',
  'resume',
  'decline',
  'pass-on',
  'reclassify',
  'relocate',
  'merge',
]
/** What can be asked of a matter that is no more on its own. */
const goneDrops: readonly RequestKind[] = [
  ...doneDrops,
  'look',
  'appeal-red-face',
  'appeal-look',
  'appeal-struck',
]

/** What is asked falls when the matter is handed on, merged or done (K8); who asked is told. */
export const dropRequests = (change: ReportChange, kinds: readonly RequestKind[]): void => {
  const { report } = change
  const dropped = report.requests.filter((request) => kinds.includes(request.kind))
  if (dropped.length === 0) return
  report.requests = report.requests.filter((request) => !kinds.includes(request.kind))
  for (const one of dropped) {
    const { kind: request, byUnitId } = one
    const asked = appellantsOf(one)
    const supporters = asked.filter((key) => report.supporters.heard.some((known) => known.key === key))
    const facts = { request }
    record(change, {
      kind: 'request-lapsed',
      line: 'request-dropped',
      facts,
      visibility: readersOf(report, one),
    })
    announce(change, {
      template: 'request-dropped',
      units: facts,
      onlyUnits: [byUnitId],
      ...(asked.some((key) => reporterKeys(report).includes(key)) ? { residents: facts } : {}),
      ...(supporters.length > 0 ? { persons: facts, personKeys: supporters } : {}),
    })
  }
}

/** What is asked of a level above: by whom, why, and about whose act. */
export interface Asking {
  readonly side: LevelRequest['side']
  /** In the words of who asks; what is asked for may be the whole reason. */
  readonly reason?: string
  readonly actorId: string
  readonly byKey?: string
  /** Where it begins; absent: one level up, or above those whose act is in question. */
  readonly rulingUnitId?: string | null
  /** Whose act is in question (H1). */
  readonly judges?: readonly Judge[]
}

/** H1: where all who may decide in a unit are barred, or there is nobody, the request goes up at once. */
const ableFrom = (change: ReportChange, unitId: string): string => {
  const { ableAbove, report } = change
  const from = pathTo(report.unitPath, unitId)
  if (!ableAbove || ableAbove.has(unitId) || !from) return unitId
  return [...unitsAbove(from)].reverse().find((higher) => ableAbove.has(higher)) ?? unitId
}

type Waiting = Pick<LevelRequest, 'rulingUnitId' | 'movesUpAt' | 'endsAt'>

/** Who asks, as it is told: a look is asked for by the rules, whoever made it necessary. */
const askerOf = ({ by }: ReportChange, { kind }: RequestSubject, { side }: Asking): Doer => {
  if (kind === 'look') return 'system'
  if (by.unitName !== undefined) return { unit: by.unitName }
  return side === 'resident' ? 'resident' : 'system'
}

/** Why it is asked: in the words of who asks, or what is asked for says it. */
export const recordReason = (
  change: ReportChange,
  subject: RequestSubject,
  { reason, byKey }: Asking,
): void => {
  const why = { kind: 'requested', visibility: readersOf(change.report, subject) } as const
  if (subject.kind === 'look') {
    record(change, { ...why, line: 'to-go-and-see', facts: { because: subject.because } })
  } else if (subject.kind === 'reclassify') {
    const category = categoryNameOf(change.law.rules, subject.categoryId)
    record(change, { ...why, line: 'into-another-kind', facts: { category } })
  } else if (subject.kind === 'relocate') {
    record(change, { ...why, line: 'to-another-place', facts: { unit: subject.to?.name ?? '' } })
  } else if (reason && byKey !== undefined) {
    record(change, {
      kind: 'requested',
      line: 'resident-said',
      facts: { note: reason },
      visibility: 'person',
      personKey: byKey,
    })
  } else if (reason) {
    record(change, { ...why, line: 'request-reason', facts: { note: reason } })
  }
}

/** Writes down what is asked and who must answer; who asked. */
const addRequest = (
  change: ReportChange,
  subject: RequestSubject,
  asking: Asking,
  waiting: Waiting,
  saying: (by: Doer) => Extract<Told, { readonly kind: 'requested' }>,
): Doer => {
  const { report, at, by } = change
  const judged = new Set([
    ...(asking.judges ?? []).map((judge) => judge.actorId),
    // H2: nor does who worked on it say whether it was well done.
    ...(subject.kind.startsWith('appeal') ? report.workers : []),
  ])
  const asker = askerOf(change, subject, asking)
  report.requestCount += 1
  report.requests = [
    ...report.requests,
    {
      ...subject,
      no: report.requestCount,
      side: asking.side,
      at,
      reason: asking.reason ?? '',
      byUnitId: by.unitId ?? null,
      by: asker,
      byActorId: asking.actorId,
      ...(asking.byKey === undefined ? {} : { byKey: asking.byKey }),
      ...(judged.size === 0 ? {} : { judgedActorIds: [...judged] }),
      ...waiting,
      agreedKeys: [],
    },
  ]
  record(change, { ...saying(asker), visibility: readersOf(report, subject) })
  recordReason(change, subject, asking)
  return asker
}

/** The unit that is to rule on what is asked. */
export const whoRules = (change: ReportChange, { rulingUnitId, judges = [] }: Asking): string => {
  const { report } = change
  const firstUp =
    rulingUnitId ??
    aboveJudges(report.unitPath, judges) ??
    oneLevelUp(report.unitPath) ??
    regionOf(report.unitPath) ??
    report.answerableUnit.id
  return ableFrom(change, firstUp)
}

/** Asks a level above. The caller has made sure that no request of this kind waits already. */
export const askAbove = (change: ReportChange, subject: RequestSubject, asking: Asking): void => {
  const { law, at } = change
  const { rules, calendar } = law
  const workingDaysOn = (days: number): number => endOfWorkingDayAfter(calendar, at, days)
  const rulingUnitId = whoRules(change, asking)
  const isResidentsAppeal = asking.side === 'resident' && subject.kind.startsWith('appeal')
  const endsAt = isResidentsAppeal
    ? workingDaysOn(rules.report.appealUpheldAfterWorkingDays)
    : subject.kind === 'appeal-red-face'
      ? workingDaysOn(rules.redFace.appealLapsesAfterWorkingDays)
      : undefined
  const by = addRequest(
    change,
    subject,
    asking,
    {
      rulingUnitId,
      movesUpAt: workingDaysOn(rules.report.requestMovesUpAfterWorkingDays),
      ...(endsAt === undefined ? {} : { endsAt }),
    },
    (asker) => ({ kind: 'requested', facts: { by: asker, request: subject.kind } }),
  )
  announce(change, {
    template: 'requested',
    units: { by, request: subject.kind },
    onlyUnits: [rulingUnitId],
  })
}

/** Asks the reporter, whose word alone carries it out (K9, M4): no level may grant it, and unanswered it lapses. */
export const askReporter = (
  change: ReportChange,
  subject: RequestSubject,
  asking: Asking,
  endsAt: number,
  saying: Parameters<typeof addRequest>[4],
): Doer => addRequest(change, subject, asking, { rulingUnitId: null, movesUpAt: endsAt, endsAt }, saying)

/** Who had done, or found good, what was done last by then: a further word about it is others' (H1). */
export const vouchersAt = (report: Pick<Report, 'resolutions'>, at: number): readonly Judge[] => {
  const { doneBy, vouchedBy = [] } = lastOf(report.resolutions.filter((one) => one.at <= at)) ?? {}
  return [...(doneBy ? [doneBy] : []), ...vouchedBy]
}
export const vouchersOf = (report: Pick<Report, 'resolutions'>): readonly Judge[] =>
  vouchersAt(report, Number.POSITIVE_INFINITY)

/** Goes into the record of the last resolution: this level has found it good. */
export const vouch = (change: ReportChange, judge: Judge): void => {
  const { report } = change
  const last = lastOf(report.resolutions)
  report.resolutions = report.resolutions.map((one) =>
    one === last ? { ...one, vouchedBy: [...(one.vouchedBy ?? []), judge] } : one,
  )
}

/** Who has put it before the residents that it is done, or found it so: none of them goes and sees (H1). */
export const whoseWordItIs = (report: Pick<Report, 'resolutions' | 'redFaces'>): readonly Judge[] => {
  const laidBy = activeEpisode(report.redFaces)?.evidence?.laidBy
  return [...vouchersOf(report), ...(laidBy ? [laidBy] : [])]
}

/** A look is asked for once; who must go and see is one level up, by nobody of the branch or the handler (F5). */
export const askForLook = (change: ReportChange, because: LookReason): void => {
  const { report } = change
  const waiting = requestOf(report.requests, 'look')
  if (waiting) {
    // One that waits is made for the weightier reason: for a lighter one it could fall.
    if (lookReasons.indexOf(because) <= lookReasons.indexOf(waiting.because)) return
    report.requests = report.requests.map((one) => (one.no === waiting.no ? { ...waiting, because } : one))
    record(change, {
      kind: 'requested',
      line: 'to-go-and-see',
      facts: { because },
      visibility: readersOf(report, waiting),
    })
    return
  }
  // H1: a level that is on the list for this very matter does not clear itself, nor does one look at its own look.
  const judges = whoseWordItIs(report)
  const barred = new Set([...blamedUnitIds(report.redFaces), ...judges.map((judge) => judge.unitId)])
  const above = [...unitsAbove(report.unitPath)].reverse()
  askAbove(
    change,
    { kind: 'look', because },
    {
      side: 'level',
      actorId: 'rules',
      judges,
      rulingUnitId: above.find((id) => !barred.has(id)) ?? null,
    },
  )
}

// ── the red-face list ──

/**
 * Puts a cause on the red-face list with the units it belongs to: a new episode with notice, or one more cause
 * on the running one. A confidential report never goes on it; the level above is told instead.
 */
export const addCause = (
  change: ReportChange,
  cause: RedFaceCause,
  units: readonly UnitRef[],
  speakerKeys: readonly string[] = [],
): void => {
  const { report, law, at } = change
  if (isConfidential(report)) {
    // A public entry would tell the accused unit that somebody has complained about it.
    announce(change, {
      template: 'cause-of-complaint',
      units: { cause },
      onlyUnits: [oneLevelUp(report.unitPath)],
    })
    return
  }
  const publicAt = needsNoNotice(change, cause, speakerKeys)
    ? at
    : noticeEndsAt(law.calendar, at, {
        noticeHours: law.rules.redFace.noticeHours,
        workingHoursOfIt: law.rules.redFace.noticeWorkingHours,
        isUrgent: isUrgent(change),
      })
  const saidBy = speakerKeys.length === 0 ? {} : { saidBy: speakerKeys }
  const urgent = isMissedStep(cause) && isUrgent(change) ? { isUrgent: true } : {}
  const added: CauseRecord[] = []
  for (const unit of units) {
    const opened = openRedFace(report.redFaces, { cause, unit, at, publicAt, ...urgent }, saidBy)
    report.redFaces = opened.episodes
    if (opened.added) added.push(opened.added)
  }
  if (added.length === 0) return
  record(change, {
    kind: 'red-face-noticed',
    facts: { cause, units: added.map(({ unit }) => unit.name) },
    visibility: isUntold({ cause }) ? 'staff' : 'parties',
  })
  announce(change, {
    template: 'red-face-noticed',
    units: { cause, ...(publicAt > at ? { publicAt } : {}) },
    onlyUnits: added.map((one) => actingFor(one).id),
    ...(isUntold({ cause }) ? { isNews: true } : {}),
  })
}

/** Who reads of these causes: everybody, the reporters too while they are within their notice, or staff alone (F1, F2). */
export const readersAmong = (
  causes: readonly CauseRecord[],
): Exclude<ReportEvent['visibility'], 'person'> => {
  if (causes.some((cause) => cause.publishedAt !== undefined)) return 'public'
  return causes.every(isUntold) ? 'staff' : 'parties'
}

/** A no within `noNoticeWithinDays` of a clearing that one of its speakers had not agreed to is public at once (F2). */
const needsNoNotice = (
  change: ReportChange,
  cause: RedFaceCause,
  speakerKeys: readonly string[],
): boolean => {
  if (cause !== 'rated-unsolved' && cause !== 'reopened-twice') return false
  const { report, law, at } = change
  const last = lastCleared(report.redFaces)
  if (last?.endedAt === undefined || !hasBeenPublic(last)) return false
  const withinMs = law.rules.redFace.noNoticeWithinDays * dayMs
  const agreed = new Set(last.words.flatMap((word) => (word.isGone ? word.key : [])))
  const speakers = speakerKeys.length > 0 ? speakerKeys : [report.reporterKey ?? '']
  return at - last.endedAt <= withinMs && !speakers.every((key) => agreed.has(key))
}

/** A missed step belongs to the units that had the report long enough (A2). */
export const addMissedStep = (
  change: ReportChange,
  cause: 'resolve-overdue' | 'plan-overdue',
  dueAt: number,
): void => {
  const { stints, holds, startedAt } = timeTowards(change.report, dueAt)
  addCause(change, cause, unitsThatMissed(stints, holds, startedAt, dueAt))
}

/** 上榜: from now on everyone sees these causes; the units they belong to, and the residents, are told. */
export const publishCauses = (change: ReportChange, isMeant: (cause: CauseRecord) => boolean): void => {
  const { report, at } = change
  const episode = activeEpisode(report.redFaces)
  const meant = episode?.causes.filter(
    (cause) => isStanding(cause) && cause.publishedAt === undefined && isMeant(cause),
  )
  if (!episode || !meant || meant.length === 0) return
  const wasPublic = isOnPage(episode)
  const numbers = new Set(meant.map((cause) => cause.no))
  report.redFaces = changeCauses(
    report.redFaces,
    (cause) => numbers.has(cause.no),
    (cause) => ({ ...cause, publishedAt: at }),
  )
  const causes = [...new Set(meant.map((cause) => cause.cause))]
  record(change, { kind: 'red-face-published', facts: { causes } })
  announce(change, {
    template: 'red-face-published',
    units: { causes },
    onlyUnits: [...new Set(meant.map((cause) => actingFor(cause).id))],
    ...(wasPublic
      ? {}
      : {
          residents: {},
          // F5: only now may they know what the evidence is for.
          supporters: episode.evidence ? { isAsked: true } : {},
        }),
  })
  if (!isTold(episode)) judgeEpisode(change)
}

/** What was asked of a stay on the list falls as it ends (K8): a look to clear it, too, and not one for the third 没解决. */
const dropAskedOfStay = (change: ReportChange, others: readonly RequestKind[] = []): void => {
  const look = requestOf(change.report.requests, 'look')
  const looks: readonly RequestKind[] = look && !isLookOwed(look.because) ? ['look'] : []
  dropRequests(change, ['appeal-red-face', ...others, ...looks])
}

/** 销号: evidence and consent are there, or it ended otherwise; the ledger keeps it for good. */
export const clearEpisode = (change: ReportChange, because: Clearing['because']): void => {
  const { report, law, at } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode) return
  const wasPublic = isOnPage(episode)
  report.redFaces = endEpisode(report.redFaces, because, at)
  // H1: a look does not end an appeal against what the same level may have struck.
  dropAskedOfStay(change, because === 'look' ? [] : ['appeal-struck'])
  const facts: Clearing = {
    because,
    ...(because === 'posted' ? { days: law.rules.redFace.postingWorkingDays } : {}),
  }
  record(change, { kind: 'red-face-cleared', facts, visibility: readersAmong(standingCauses(episode)) })
  announce(change, {
    template: 'red-face-cleared',
    units: facts,
    onlyUnits: [report.answerableUnit.id, ...episode.causes.map((cause) => actingFor(cause).id)],
    ...(wasPublic ? { residents: facts, supporters: facts } : {}),
  })
}

/** F1: withdrawn, it has not come back: what no resident was told of ends with it, and its units alone hear of that. */
export const endUntold = (change: ReportChange): void => {
  const { report, at } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode || isToldToStand(episode)) return
  const facts: Clearing = { because: 'withdrawn' }
  const unitIds = standingCauses(episode).map((cause) => actingFor(cause).id)
  report.redFaces = endEpisode(report.redFaces, 'withdrawn', at)
  record(change, { kind: 'red-face-cleared', facts, visibility: 'staff' })
  announce(change, { template: 'red-face-cleared', units: facts, onlyUnits: unitIds })
}

/**
 * Strikes causes that are meant (F3, K4, K8): never one of the unit that acts, which would decide its own act (H1). Nobody
 * stands above the top of the tree: there a colleague may.
 */
export const strikeCauses = (
  change: ReportChange,
  isMeant: (cause: CauseRecord) => boolean,
  because: Striking['because'],
): void => {
  const { report, at } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode) return
  const ownUnitId = isTop(report, change.by.unitId) ? undefined : change.by.unitId
  const struck = standingCauses(episode).filter(
    (cause) => isMeant(cause) && actingFor(cause).id !== ownUnitId,
  )
  if (struck.length === 0) return
  const numbers = new Set(struck.map((cause) => cause.no))
  const struckBy = judgeOf(change)
  report.redFaces = changeCauses(
    report.redFaces,
    (cause) => numbers.has(cause.no),
    ({ appeal: _ruled, ...cause }) => ({ ...cause, struckAt: at, ...(struckBy ? { struckBy } : {}) }),
  )
  const wasPublic = struck.some((cause) => cause.publishedAt !== undefined)
  record(change, {
    kind: 'red-face-struck',
    facts: { because },
    visibility: readersAmong(struck),
  })
  const verdicts = struck.filter(isVerdict)
  const toAppeal = { because, appealDays: change.law.rules.report.appealWithinDays }
  const saidBySupporters = whoseVerdict(report, verdicts).filter((key) =>
    report.supporters.heard.some((one) => one.key === key),
  )
  announce(change, {
    template: 'red-face-struck',
    units: { because },
    onlyUnits: struck.map((cause) => actingFor(cause).id),
    // F3: whose word it was hears of it, whether or not it was public yet.
    ...(wasPublic || verdicts.length > 0 ? { residents: verdicts.length > 0 ? toAppeal : { because } } : {}),
    ...(saidBySupporters.length > 0 ? { persons: toAppeal, personKeys: saidBySupporters } : {}),
    ...(wasPublic ? { supporters: { because } } : {}),
  })
  endIfNothingStands(change, 'appeal-upheld')
}

/**
 * F3: who said it has appealed with success against its striking. The cause stands again and is public at once, as
 * a cause of its own in the stay that runs or in a new one: what was struck within its notice stays closed.
 */
export const restoreCauses = (change: ReportChange, numbers: readonly number[]): void => {
  const { report, at } = change
  const restored = struckVerdicts(report.redFaces).filter((cause) => numbers.includes(cause.no))
  if (restored.length === 0) return
  for (const { no, cause, unit, at: saidAt, saidBy = [] } of restored) {
    const facts = { cause, unit, at: saidAt, publicAt: at, wasAppealed: true }
    report.redFaces = openRedFace(report.redFaces, facts, { saidBy, restores: no }).episodes
  }
  record(change, { kind: 'red-face-restored' })
  publishCauses(change, (cause) => cause.restores !== undefined && numbers.includes(cause.restores))
}

/**
 * F5: the look that ended a stay did not hold. What it took off the list stands again, as causes of their own, and is
 * public at once; so do the nos that it had settled.
 */
export const undoLook = (change: ReportChange): void => {
  const { report, at } = change
  const ended = endedByLook(report.redFaces)
  if (!ended) return
  for (const { no, saidBy, joinedAt, publishedAt: _then, appeal: _over, ...cause } of standingCauses(ended)) {
    const here = {
      restores: no,
      ...(saidBy ? { saidBy } : {}),
      ...(joinedAt === undefined ? {} : { joinedAt }),
    }
    report.redFaces = openRedFace(report.redFaces, { ...cause, publicAt: at }, here).episodes
  }
  report.redFaces = withNosOf(report.redFaces, ended, speakersIn(report))
  record(change, { kind: 'red-face-restored', line: 'look-undone' })
  publishCauses(change, () => true)
}

/** An episode all of whose causes are struck, or have left the page by themselves, is over. */
export const endIfNothingStands = (change: ReportChange, consent: RedFaceConsent): void => {
  const episode = activeEpisode(change.report.redFaces)
  if (!episode || standingCauses(episode).length > 0) return
  change.report.redFaces = endEpisode(change.report.redFaces, consent, change.at)
  dropAskedOfStay(change)
}

/** F5: whatever is laid from now on, a yes to it takes back no no that was said to what lay there before. */
export const keepNos = ({ report, law }: ReportChange, nosOf = saidNos): void => {
  const nos = nosOf(report, law.rules.report.rateWithinDays * dayMs)
  if (nos.length > 0) report.formerNos = nos
}

/** What lay before the residents has turned out not to hold: what is laid next is another fix (F5). */
export const withdrawFix = (change: ReportChange): void => {
  keepNos(change, nosOfTheEnded)
  change.report.redFaces = withdrawEvidence(change.report.redFaces)
}

/**
 * Puts evidence before the residents; it asks them all again and wipes nothing (F5). `laid`: whose it is, and what it
 * shows, where it is not that of a resolution.
 */
export const putEvidence = (
  change: ReportChange,
  laid?: Required<Pick<LaidEvidence, 'unit' | 'note' | 'photos'>>,
): void => {
  const { report, at } = change
  if (laid) keepNos(change)
  const author = judgeOf(change)
  const { photos = [], ...whose } = laid ?? {}
  report.redFaces = layEvidence(report.redFaces, {
    at,
    othersCount: report.supporters.count,
    ...whose,
    ...(laid && author ? { laidBy: author } : {}),
    ...(photos.length > 0 ? { photos } : {}),
  })
}

/**
 * F5: whoever has the place of a reporter who left a matter on the list does not clear it for them, nor does anybody
 * else: somebody goes and sees.
 */
const hasReporterLeft = (
  { succeededAt, reporterLeftAt = succeededAt }: Report,
  episode: RedFaceEpisode,
): boolean => reporterLeftAt !== undefined && episode.openedAt <= reporterLeftAt

/** Why a look alone ends the stay: its reporter has left it, or that was so, or a no stood, where a cause of it came from. */
const lookFirst = (report: Report, episode: RedFaceEpisode): OwedLook | undefined =>
  hasReporterLeft(report, episode) ? 'reporter-left' : standingCauses(episode).find(isForLookAlone)?.owedLook

/** The look that the causes of a stay take along when their matter is merged. What else was asked falls (K8). */
const owedWith = (report: Report, episode: RedFaceEpisode): OwedLook | undefined => {
  const first = lookFirst(report, episode)
  if (first || standingNos(episode.words).length > 0) return first ?? 'supporter-objects'
  return requestOf(report.requests, 'look')?.because === 'third-unsolved' ? 'third-unsolved' : undefined
}

/** Its stay ends with the merging: what stood in the way of a clearing goes along with the causes (F5). */
export const endByMerging = (change: ReportChange): void => {
  const { report, at } = change
  const episode = activeEpisode(report.redFaces)
  const owedLook = episode && owedWith(report, episode)
  if (owedLook) report.redFaces = changeCauses(report.redFaces, isStanding, (one) => ({ ...one, owedLook }))
  finish(change, 'merged')
  report.redFaces = endEpisode(report.redFaces, 'merged', at)
}

/**
 * Causes of another matter come in. The look that one of them is owed (`owedLook`) is asked for at once, but not that of an
 * untold cause: the request would tell of it (F1).
 */
export const takeInCauses = (
  change: ReportChange,
  causes: readonly CauseRecord[],
  here: (cause: CauseRecord) => Pick<CauseRecord, 'saidBy' | 'joinedAt'> = () => ({}),
): void => {
  const { report } = change
  for (const cause of causes) report.redFaces = openRedFace(report.redFaces, cause, here(cause)).episodes
  const owed = causes.find((cause) => cause.owedLook !== undefined && !isUntold(cause))?.owedLook
  if (owed) askForLook(change, owed)
}

/**
 * A merged report goes on by itself, and the nos that stood in it then stand again, where the family has not been cleared
 * meanwhile; in S they count once (F5).
 */
export const bringBackNos = (
  change: ReportChange,
  causes: readonly CauseRecord[],
  mergedAt: number,
): void => {
  const { report } = change
  const ended = report.redFaces.find(({ consent, endedAt }) => consent === 'merged' && endedAt === mergedAt)
  if (!ended || standingNos(ended.words).length === 0 || !causes.some(({ owedLook }) => owedLook)) return
  keepNos(change)
  report.redFaces = withStandingNosOf(report.redFaces, ended)
}

/** Where work on it never was accepted nothing is done: what has fallen due is due again, and a new miss a new cause. */
const dueAnew = (change: ReportChange): void => {
  const { report, at } = change
  if (report.deadlines.resolveDueAt <= at) {
    holdClock(change)
    releaseClock(change, 'a-third')
  }
  const stint = lastOf(report.stints)
  if (stint && stint.acceptedAt === undefined && stint.acceptDueAt <= at)
    setAcceptDueAt(change, acceptDueFrom(change))
}

/** 办结 by what the residents, or a look, have found: of the unit that laid the evidence, else of whoever has it now. */
const resolveAsFound = (change: ReportChange, evidence: LaidEvidence | undefined): void => {
  const { report, law } = change
  // What waits, or is in somebody else's hands, comes back first.
  if (report.status === 'suspended') resumeReport(change, 'reason-gone')
  else if (report.status === 'dispatched') move(change, 'accepted')
  const { unit = unitNow(report), note = '', photos = [], laidBy } = evidence ?? {}
  resolveReport(change, {
    note,
    remedy: categoryOf(law.rules, report.categoryId)?.remedy ?? 'lasting',
    before: [],
    after: photos,
    unit,
    byUnitName: unit.name,
    isOwnHands: true,
    ...(laidBy ? { doneBy: laidBy } : {}),
  })
}

/**
 * It is gone, say those who are asked, or a look (F5): off the list. What was still open is done by that, and goes on as
 * anything that is done: it is rated, reopened, closed.
 */
export const foundGone = (
  change: ReportChange,
  because: 'reporter' | 'posted' | 'supporters' | 'look',
): void => {
  const episode = activeEpisode(change.report.redFaces)
  if (!episode) return
  clearEpisode(change, because)
  const kind = statusKind(change.report.status)
  if (kind === 'working') resolveAsFound(change, episode.evidence)
  if (kind === 'waiting') dueAnew(change)
}

/** Takes a resident's word to the evidence and draws what follows from it. */
export const hearWord = (change: ReportChange, word: Word): void => {
  change.report.redFaces = takeWord(change.report.redFaces, word)
  judgeEpisode(change)
}

/**
 * When a reporter who is in it still has last said of what was done that it is well done in part, or not to their liking:
 * no word on whether it is gone, and no silence (F5). While they wait for an appeal they are not silent either.
 */
const spokenAt = (report: Report, now: number): number | undefined => {
  const keys = reporterKeys(report)
  const isWaiting = report.requests.some(
    (request) => request.kind.startsWith('appeal') && appellantsOf(request).some((key) => keys.includes(key)),
  )
  if (isWaiting) return now
  const resolutionNo = lastResolution(report)?.no
  const said = report.ratings.findLast(
    (one) =>
      one.resolutionNo === resolutionNo &&
      keys.includes(one.key) &&
      (saysNo(one) || (one.solved === 'partly' && !one.isOwn)),
  )
  return said?.at
}

/** Who is asked in it now, and since when they may be silent (F5). */
const partiesOf = (report: Report, now: number): ConsentParties => {
  const spoken = spokenAt(report, now)
  return { reporterKeys: reporterKeys(report), now, ...(spoken === undefined ? {} : { spokenAt: spoken }) }
}

/** Draws what follows from what the residents have said so far: a posting, a clearing, a look. */
export const judgeEpisode = (change: ReportChange): void => {
  const { report, law, at } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode) return
  const state = consentOf(episode, partiesOf(report, at), law.rules.redFace)
  if (state.kind === 'objected') {
    if (state.isLookDue) askForLook(change, 'supporter-objects')
    return
  }
  if (state.kind === 'none') return
  const because = lookFirst(report, episode)
  if (because) {
    askForLook(change, because)
    return
  }
  if (!state.isPostedFirst) {
    foundGone(change, state.by)
    return
  }
  // What nobody is told of is posted to nobody: it is once it is public.
  if (episode.posting || !isTold(episode)) return
  const days = law.rules.redFace.postingWorkingDays
  report.redFaces = changeActive(report.redFaces, (one) => ({
    ...one,
    posting: { from: at, until: endOfWorkingDayAfter(law.calendar, at, days), consent: state.by },
  }))
  record(change, {
    kind: 'red-face-posted',
    facts: { days },
    visibility: isOnPage(episode) ? 'public' : 'parties',
  })
  announce(change, {
    template: 'red-face-posted',
    units: { days },
    residents: { days },
    supporters: { days },
  })
}

/**
 * The posting is over: cleared unless somebody objected, or something has arisen that nobody has agreed to. A yes to what
 * was not posted with it is posted anew.
 */
export const endPosting = (change: ReportChange): void => {
  const { report, law, at } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode?.posting) return
  report.redFaces = changeActive(report.redFaces, ({ posting: _over, ...one }) => one)
  if (isPostingOfOther(episode)) {
    // What it kept back is public now: put off from posting to posting it never would be.
    const { posting: _over, ...unposted } = episode
    publishCauses(change, (cause) => (publishesAt(unposted, cause) ?? Number.POSITIVE_INFINITY) <= at)
    judgeEpisode(change)
    return
  }
  const state = consentOf(episode, partiesOf(report, at), law.rules.redFace)
  if (state.kind !== 'agreed') return
  const because = lookFirst(report, episode)
  if (because) askForLook(change, because)
  else foundGone(change, 'posted')
}

// ── contact ──

/**
 * Somebody else takes the reporter's place. What was said before it had to be was said to who leaves, and lends the heir
 * no call (C1): theirs is due when it was, at the earliest when a clock that runs already may be (`soonestDeadlines`).
 * What had been due by then was kept, or missed, for good; only a co-reporter, whose own first word it stood for, may say
 * that nobody called them.
 */
export const heirIsToBeCalled = (change: ReportChange, heirKey: string, wasCoReporter: boolean): void => {
  const { report, law, at } = change
  const { contactDueAt } = report.deadlines
  if (contactDueAt <= at) {
    if (wasCoReporter) report.contacts = report.contacts.map((contact) => ({ ...contact, heirKey }))
    return
  }
  report.contacts = report.contacts.map((contact) =>
    contact.key === heirKey ? contact : { ...contact, leftAt: contact.leftAt ?? at },
  )
  recountContact(change)
  const category = categoryOf(law.rules, report.categoryId)
  if (report.contactedAt !== undefined || !category) return
  const soonest = soonestDeadlines(category, at, law.calendar, law.rules.version)
  report.deadlines = { ...report.deadlines, contactDueAt: Math.max(contactDueAt, soonest.contactDueAt) }
}

/** 没人联系我: what was claimed so far has not reached this person; what others were told is theirs to deny (C1). */
export const denyContact = (change: ReportChange, key: string): void => {
  const { report } = change
  report.contacts = report.contacts.map((contact) =>
    mayDeny(contact, key) ? { ...contact, deniedAt: contact.deniedAt ?? change.at } : contact,
  )
  recountContact(change)
}

// ── ends and beginnings ──

/**
 * Goes into a done status: the clock is held, what the branch asked falls, and of what ends unsolved the merged
 * reports have their own lives back (M5).
 */
export const finish = (
  change: ReportChange,
  to: 'resolved' | 'closed' | 'declined' | 'merged' | 'withdrawn',
): void => {
  move(change, to)
  holdClock(change)
  delete change.report.suspension
  dropRequests(change, to === 'merged' || to === 'withdrawn' ? goneDrops : doneDrops)
  if (to === 'withdrawn' || to === 'declined') releaseChildren(change)
}

/** Its reporter has taken it back, and nobody else is in it. */
export const endWithdrawn = (change: ReportChange): void => {
  endUntold(change)
  finish(change, 'withdrawn')
  record(change, { kind: 'withdrawn' })
  announce(change, { template: 'withdrawn', units: {} })
}

/** Gives every merged report its own life back, and tells the work that does it (M5). */
export const releaseChildren = (change: ReportChange): void => {
  if (change.report.childReportIds.length > 0) enqueueOnce(change, { kind: 'release-children' })
}

/** L3: a look that waits with a level which has just found the work good itself goes above it at once. */
const passLookUp = (change: ReportChange): void => {
  const { report } = change
  const waiting = requestOf(report.requests, 'look')
  const vouchers = vouchersOf(report)
  if (!waiting || !vouchers.some((judge) => judge.unitId === waiting.rulingUnitId)) return
  const rulingUnitId = aboveJudges(report.unitPath, vouchers) ?? waiting.rulingUnitId
  report.requests = report.requests.map((one) => (one.no === waiting.no ? { ...waiting, rulingUnitId } : one))
  announce(change, { template: 'look-passed-up', units: {}, onlyUnits: [rulingUnitId] })
}

/**
 * The branch puts the result before the residents, with evidence: 办结, and asks for a rating. It is the result of the
 * unit that answers, unless another's work was found good.
 */
export const resolveReport = (
  change: ReportChange,
  resolution: Omit<Resolution, 'no' | 'at' | 'unit'> & Partial<Pick<Resolution, 'unit'>>,
): void => {
  const { report, at } = change
  keepNos(change)
  const claim = report.fixClaim
  finish(change, 'resolved')
  if (claim) report.fixClaim = claim
  report.resolvedAt = at
  report.resolutions = [
    // What was said of an earlier fix stands in the trace; of these only the facts are asked for.
    ...report.resolutions.map((one) => ({ ...one, note: '' })),
    { unit: unitNow(report), ...resolution, no: report.resolutions.length + 1, at },
  ]
  passLookUp(change)
  putEvidence(change)
  record(change, {
    kind: 'resolved',
    facts: { note: resolution.note, remedy: resolution.remedy },
    photos: resolution.after,
  })
  announce(change, {
    template: 'resolved',
    units: reporterKeys(report).length === 0 ? { hasNoReporter: true } : {},
    residents: {},
    supporters: {},
  })
}

/** Against a new end everybody may appeal anew; against a look once for each entry (F5), against a striking once (F3). */
export const forgetAppeals = (change: ReportChange): void => {
  change.report.appealedKeys = change.report.appealedKeys.filter(
    (key) => key.startsWith(lookAppealPrefix) || key.startsWith(struckAppealPrefix),
  )
}
const struckAppealPrefix = 'struck-'
export const struckAppealKey = (causeNo: number, key: string): string =>
  `${struckAppealPrefix}${causeNo}-${key}`
const lookAppealPrefix = 'look-'
export const lookAppealKey = (episodeNo: number, key: string): string =>
  `${lookAppealPrefix}${episodeNo}-${key}`

/** 结案. */
export const closeReport = (change: ReportChange, facts: Closing): void => {
  finish(change, 'closed')
  change.report.closedAt = change.at
  forgetAppeals(change)
  record(change, { kind: 'closed', facts })
  announce(change, {
    template: 'closed',
    units: facts,
    residents: { ...facts, reopenDays: change.law.rules.report.reopenWithinDays },
    supporters: {},
  })
}

/** Where a matter that comes back goes when its own unit is no more (L1). */
export const comeBack = (
  change: ReportChange,
  atLeast: Stop['atLeast'],
  home: UnitRef | undefined,
  reason: WhyHere,
): void => {
  const { report } = change
  // First the problem's clock, then the unit's own time to accept: counted anew, it was never held. Whoever has done the
  // work owed the first word while it waited for the verdict, too: only of a decline is it due anew (Q1, Q2).
  releaseClock(change, atLeast, report.status !== 'declined')
  if (home && home.id !== report.answerableUnit.id) {
    handTo(change, home, { isSorting: false, policy: 'reassigned', reason })
  } else if (report.status === 'declined') {
    handTo(change, unitNow(report), { isSorting: false, policy: report.routing.policy, reason })
  } else {
    move(change, 'accepted')
  }
}

/** What was declined is a matter to be handled all the same: an appeal, or a look, has said so (L1, Q2). */
export const overturnDecline = (
  change: ReportChange,
  atLeast: Stop['atLeast'],
  home: UnitRef | undefined,
  reason: WhyHere,
): void => {
  const { report, at } = change
  if (report.decline) report.decline = { ...report.decline, overturnedAt: at }
  delete report.closedAt
  comeBack(change, atLeast, home, reason)
  withdrawFix(change)
}

/** Worked on anew so often, a matter is on the list for it (F1, `reopened-twice`). */
export const reopeningsToList = 2

/** Back to the branch: the resident's word counts, and the problem's clock was never reset. */
export const reopenReport = (
  change: ReportChange,
  atLeast: Stop['atLeast'],
  facts: Reopening,
  home: UnitRef | undefined,
  speakerKeys: readonly string[] = [],
  whose: { readonly isYours?: true } = {},
): void => {
  const { report } = change
  const reason = { why: 'reopened', ...facts } as const
  const wasDeclined = report.status === 'declined'
  if (wasDeclined) overturnDecline(change, atLeast, home, reason)
  else {
    withdrawFix(change)
    comeBack(change, atLeast, home, reason)
    // What was asked has come. An appeal against a look asks for more: that what the look took off the list stands again.
    dropRequests(change, ['appeal-closing'])
    report.reopenedAts = [...report.reopenedAts, change.at]
    delete report.resolvedAt
    delete report.closedAt
  }
  record(change, { kind: 'reopened', facts })
  announce(change, {
    template: 'reopened',
    units: facts,
    residents: { ...facts, ...whose },
    supporters: facts,
  })
  // M3, C1: who left while it was done left the place empty.
  fillPlace(change)
  if (wasDeclined) return
  const last = lastResolution(report)
  if (report.reopenedAts.length >= reopeningsToList && last)
    addCause(change, 'reopened-twice', [last.unit], speakerKeys)
}

/** Ends an approved suspension: what was left of the time is left again. */
export const resumeReport = (change: ReportChange, because: Resuming['because']): void => {
  const { report, at } = change
  const { suspension } = report
  move(change, 'accepted')
  releaseClock(change, 'what-was-left', true)
  // K6: days that were granted and not taken are left for another time.
  if (suspension && !suspension.isSeasonal)
    report.suspendedDays -= Math.max(0, chinaDaysBetween(at, suspension.untilAt))
  delete report.suspension
  dropRequests(change, ['resume'])
  const facts = { because }
  record(change, { kind: 'resumed', facts })
  announce(change, { template: 'resumed', units: facts, residents: facts, supporters: facts })
}

/** Stops the clock for an approved reason until a date (挂账). */
export const suspendReport = (
  change: ReportChange,
  suspension: NonNullable<Report['suspension']>,
  /** When the clock stood still: earlier than now where it was asked for in time and granted late (K8). */
  heldFrom: number = change.at,
): void => {
  const { report, law, at } = change
  move(change, 'suspended')
  holdClock(change, heldFrom)
  report.suspension = suspension
  const winter = suspension.isSeasonal ? winterAt(law.rules.frozenSeason, at) : undefined
  if (winter) report.suspendedWinters = [...report.suspendedWinters, winter.year]
  // K6: from when the clock stood still, however late somebody said yes.
  else report.suspendedDays += chinaDaysBetween(heldFrom, suspension.untilAt)
  const { untilAt, reason, plan } = suspension
  const facts = { untilAt, reason, plan, ...(winter ? { isSeasonal: true as const } : {}) }
  record(change, { kind: 'suspended', facts })
  announce(change, { template: 'suspended', units: { untilAt, reason }, residents: facts, supporters: facts })
}

export const isDone = (report: Pick<Report, 'status'>): boolean => statusKind(report.status) === 'done'
