import { distanceMetres, type Point } from '../../../ground/geometry'
import { shownRev } from '../../../journal/rules/journalled'
import type { Membership } from '../../organisation/rules/unit'
import type { PhotoUrls } from '../../photo/ports'
import { pageOf } from '../../red-face/rules/entries'
import {
  activeEpisode,
  askedSince,
  hasBeenPublic,
  isBeforeSupporters,
  isOnPage,
  isStanding,
  isTold,
  isUntold,
  publishesAt,
  type RedFaceConsent,
  type RedFaceEpisode,
  shownNoOf,
} from '../../red-face/rules/red-face'
import { isNearEnoughToTakeUp, publicDistanceMetres, publicRouting } from '../../routing/rules/public-place'
import { bookName, categoryNameOf, categoryOf } from '../../rule-book/rules/rule-book'
import { allowedActions, authorise, personOf, refusalOf, sceneOf } from '../access'
import type { OutputOf } from '../contract'
import { answerBar } from '../rules/barred-answers'
import type { Law } from '../rules/change'
import { isPhoneRevealed } from '../rules/contact'
import {
  type ClockedReport,
  deadlinesAhead,
  isDueSoon,
  isOverdue,
  publicClocks,
  runningDeadline,
} from '../rules/deadlines'
import { acceptanceOf } from '../rules/family'
import { timeTowards } from '../rules/family-clock'
import { barsToStriking } from '../rules/granting'
import { type ListedReport, listedOf } from '../rules/listed-report'
import { howReported, nameFor, reportedAtOf } from '../rules/matter-name'
import {
  coReportersShown,
  currentHandler,
  othersUntil,
  type Report,
  type ReportEvent,
  reporterSince,
} from '../rules/report'
import {
  appellantsOf,
  awaitsWordOf,
  type HearingWord,
  isForReporterAlone,
  isUntoldRequest,
  type LevelRequest,
} from '../rules/request'
import { ordinaryDaysLeft, putOffUntilOn } from '../rules/season'
import {
  branchStaff,
  type Caller,
  isOneOfOurs,
  mayRule,
  readingRoles,
  seatsFor,
  type View,
  viewOf,
  viewWithinComplaint,
} from '../rules/standing'
import { hasHadAThird } from '../rules/stint'
import type { Tally } from '../rules/trace'
import type { ReportAction } from '../steps/registry'
import { urgeAgainAt } from '../steps/urge'
import { asks } from '../views'
import { doerName, lineText, requestDetail, requestReason, whyHereText } from '../words'

export type ReportView = OutputOf<'report.get'>
export type ReportCard = OutputOf<'report.mine'>['rows'][number]

type Urls = ReadonlyMap<string, PhotoUrls>

/** Photo ids that have no URL any more are left out rather than shown broken. */
export const photoViews = (ids: readonly string[], urls: Urls) =>
  ids.flatMap((id) => {
    const url = urls.get(id)
    return url ? [{ id, ...url }] : []
  })

/** Every photo a detail page may show to this viewer: a resident's own only to that resident and staff (M3). */
export const photosOf = (report: Report, reader: Reader): readonly string[] => [
  ...(mayReadWords(reader.view) ? report.photos : []),
  ...report.resolutions.flatMap((resolution) => [...resolution.before, ...resolution.after]),
  ...(report.fixClaim && reader.view === 'staff'
    ? [...report.fixClaim.before, ...report.fixClaim.after]
    : []),
  ...report.timeline.filter((event) => mayRead(event, reader)).flatMap((event) => event.photos ?? []),
  ...laidSince(report),
  ...heardIn(report, reader).flatMap(({ photos }) => photos),
]

/** Pictures that lie before the residents and are not those of the last result. */
const laidSince = ({ redFaces, resolutions }: Report): readonly string[] => {
  const { photos = [], at = 0 } = activeEpisode(redFaces)?.evidence ?? {}
  return at > (resolutions[resolutions.length - 1]?.at ?? 0) ? photos : []
}

/** Who reads: what may be seen at all, and whose own words are among it. */
export interface Reader {
  readonly view: View
  readonly key?: string | undefined
  /** Of a matter that was a complaint: the last line written within it, and in which view that is read (K9). */
  readonly complaint?: { readonly lastSeq: number; readonly view: View | null }
}

/** What this caller may read by, beside their view: their key, and what they may know of the time when it was a complaint. */
export const readerOf = (caller: Caller, report: Report, view: View): Reader => {
  const { wasComplaint } = report
  return {
    view,
    key: caller.key,
    ...(wasComplaint
      ? { complaint: { lastSeq: wasComplaint.lastSeq, view: viewWithinComplaint(caller, wasComplaint) } }
      : {}),
  }
}

/**
 * The revision at which this caller has seen the report, which has been caught up. The report's own counts lines that
 * are not everybody's to read: who reads no more than everybody is told how many lines they have seen, those of the
 * clock included that nobody has written down yet.
 */
export const seenRev = (report: Report, caller: Caller): number => {
  const view = viewOf(caller, report)
  if (view !== 'public') return shownRev(report)
  const reader = readerOf(caller, report, view)
  return olderCount(report, reader) + report.timeline.filter((event) => mayRead(event, reader)).length
}

/** The reporter's words, pictures and exact place: theirs and the staff's, never a co-reporter's or an heir's (M3). */
const mayReadWords = (view: View): boolean => view === 'staff' || view === 'parties'

/** One visibility, kept in every channel. */
export const mayRead = (
  event: Pick<ReportEvent, 'seq' | 'visibility' | 'personKey'>,
  { view: viewNow, key, complaint }: Reader,
): boolean => {
  const view = complaint && event.seq <= complaint.lastSeq ? complaint.view : viewNow
  if (view === null) return false
  switch (event.visibility) {
    case 'public':
      return true
    case 'parties':
      return view !== 'public'
    case 'person':
      return view === 'staff' || (key !== undefined && event.personKey === key)
    case 'staff':
      return view === 'staff'
  }
}

const readableOf = (tally: Tally, view: View | null, key: string | undefined): number => {
  if (view === null) return 0
  const ofPersons = Object.entries(tally.persons).reduce(
    (sum, [of, count]) => (view === 'staff' || of === key ? sum + count : sum),
    0,
  )
  return (
    tally.public + ofPersons + (view === 'public' ? 0 : tally.parties) + (view === 'staff' ? tally.staff : 0)
  )
}

/** How many lines this reader may read of those that the report does not hold itself. */
const olderCount = ({ shelved }: Pick<Report, 'shelved'>, { view, key, complaint }: Reader): number => {
  if (!shelved) return 0
  const { tally, withinComplaint } = shelved
  const within = withinComplaint ? readableOf(withinComplaint, complaint ? complaint.view : view, key) : 0
  return readableOf(tally, view, key) + within
}

/** A line with the number by which this reader knows it: gaps would say how much is hidden. */
export const numbered = (event: ReportEvent, seq: number, urls: Urls): ReportView['timeline'][number] => ({
  seq,
  kind: event.kind,
  at: event.at,
  side: event.side,
  unitName: event.unitName ?? null,
  text: lineText(event),
  photos: photoViews(event.photos ?? [], urls),
})

/** Whoever took the reporter's place reads what was asked of them, not of the one before (M3). */
const questionsFor = (report: Report, { participation }: Caller, hasWords: boolean) => {
  const from = hasWords
    ? 0
    : participation === 'reporter'
      ? (othersUntil(report) ?? 0)
      : Number.POSITIVE_INFINITY
  return report.questions
    .filter(({ at }) => at >= from)
    .map((question) => ({ ...question, answeredAt: question.answeredAt ?? null }))
}

/** What a resident says to an appeal is theirs and the staff's (M3). */
const isReadBy = ({ view, key }: Reader, word: HearingWord): boolean => view === 'staff' || key === word.key

/** What was said to an appeal that waits, as far as this reader may read it. */
const heardIn = (report: Report, reader: Reader): readonly HearingWord[] =>
  report.requests.flatMap((request) =>
    request.kind === 'appeal-red-face'
      ? (request.hearing?.words ?? []).filter((word) => isReadBy(reader, word))
      : [],
  )

const hearingView = (
  report: Report,
  request: LevelRequest,
  reader: Reader,
  { now, urls }: PresentScene,
): Pick<ReportView['requests'][number], 'hearing' | 'notYet'> => {
  if (request.kind !== 'appeal-red-face' || !request.hearing) return { hearing: null, notYet: null }
  const { until, askedKeys, saidKeys, words } = request.hearing
  const barred = barsToStriking(report, request, now)?.code
  return {
    hearing: {
      until,
      askedCount: askedKeys.length,
      saidCount: saidKeys.length,
      words: words
        .filter((word) => isReadBy(reader, word))
        .map(({ at, note, photos }) => ({
          at,
          text: lineText({
            kind: 'said-to-appeal',
            line: 'resident-said',
            facts: note ? { note } : {},
          }),
          photos: photoViews(photos, urls),
        })),
    },
    notYet: barred === 'look-first' || barred === 'hear-first' ? barred : null,
  }
}

/** The unit that acts for the caller, when it may rule on something here. */
const rulingUnitOf = (caller: Caller, report: Report): string | undefined =>
  [...seatsFor(caller, report, 'above', ['clerk']), ...seatsFor(caller, report, 'ruling', ['clerk'])][0]
    ?.unitId

/** Whether this resident asks for it, alone or with others. */
const isAskedBy = (request: LevelRequest, { key }: Reader): boolean =>
  key !== undefined && appellantsOf(request).includes(key)

const requestViews = (
  report: Report,
  caller: Caller,
  reader: Reader,
  scene: PresentScene,
): ReportView['requests'] => {
  const unitId = rulingUnitOf(caller, report)
  const isStaff = reader.view === 'staff'
  const requests = report.requests.filter((request) =>
    reader.view === 'public' ? isAskedBy(request, reader) : isStaff || !isUntoldRequest(report, request),
  )
  return requests.map((request, place) => ({
    // Only who rules names one by its number; to others a gap would tell of what they may not know.
    no: isStaff ? request.no : place + 1,
    kind: request.kind,
    side: request.side,
    at: request.at,
    ...(request.side === 'resident' ? { isYours: isAskedBy(request, reader) } : {}),
    byUnitName: doerName(request.by),
    reason:
      reader.view === 'staff' || request.byKey === undefined || request.byKey === reader.key
        ? requestReason(request)
        : null,
    detail: requestDetail(request, scene.law.rules),
    movesUpAt: request.movesUpAt,
    endsAt: request.endsAt ?? null,
    mayRule: unitId !== undefined && mayRule(report, request, unitId, scene.actorId),
    parentReportId: request.kind === 'merge' ? request.parentReportId : null,
    isForReporterAlone: isForReporterAlone(request),
    ...hearingView(report, request, reader, scene),
    mayAgree: awaitsWordOf(report, request, personOf(caller).person, scene.law.rules),
  }))
}

/**
 * What this reader may know of a stay on the list: outsiders only causes that are public and stand or were struck since,
 * those who reported it all but what is untold.
 */
export const episodeView = (
  episode: RedFaceEpisode,
  reader: Reader,
  /** On the list for it: its causes are disputed by their numbers. */
  isBlamed = false,
): NonNullable<ReportView['redFace']> | null => {
  // F3: to others than staff a gap would tell of what was struck within its notice, or is kept back.
  const isStaff = reader.view === 'staff'
  const isOutside = reader.view === 'public'
  const causes = episode.causes.filter(
    (cause) => isStaff || (isOutside ? cause.publishedAt !== undefined : !isUntold(cause)),
  )
  if (causes.length === 0) return null
  const end = endFor(episode, causes, isStaff)
  // F2: what is laid and said after that is about causes that are within their notice.
  const until = isOutside && end ? end.at : Number.POSITIVE_INFINITY
  const counted = episode.words.filter((word) => word.at <= until && !(word.isOwn && word.isGone))
  const evidenceAt = episode.evidence?.at ?? null
  const state = end ? 'cleared' : isOnPage(episode) ? 'public' : 'noticed'
  return {
    no: isStaff ? episode.no : shownNoOf(episode),
    state,
    causes: causes.map((cause, place) => ({
      no: isStaff || isBlamed ? cause.no : place + 1,
      cause: cause.cause,
      at: cause.at,
      unitNames: [cause.unit.name],
      ...(cause.heir ? { heirName: cause.heir.name } : {}),
      publicAt: cause.publishedAt ?? cause.publicAt,
      isPublic: cause.publishedAt !== undefined,
      ...publishing(episode, cause),
      isAppealed: cause.appeal !== undefined,
      wasAppealed: cause.wasAppealed,
      isStruck: cause.struckAt !== undefined,
    })),
    noticedAt: isStaff ? episode.openedAt : Math.min(...causes.map((cause) => cause.at)),
    publicAt: firstPublicAt(state === 'noticed' ? causes.filter(isStanding) : causes),
    clearedAt: end?.at ?? null,
    consent: end?.consent ?? null,
    evidenceAt: evidenceAt !== null && evidenceAt <= until ? evidenceAt : null,
    postedUntil: isOutside && end ? null : (episode.posting?.until ?? null),
    goneCount: counted.filter((word) => word.isGone).length,
    notGoneCount: counted.filter((word) => !word.isGone).length,
    hasAnswered: hasAnswered(episode, reader.key),
  }
}

/** The same beside its report, with where everybody reads it. */
const stayView = (
  report: Report,
  episode: RedFaceEpisode,
  caller: Caller,
  reader: Reader,
): ReportView['redFace'] => {
  const isBlamed = seatsFor(caller, report, 'blamed', readingRoles).length > 0
  const stay = episodeView(episode, reader, isBlamed)
  const entryId = pageOf(report.id, episode, report.answerableUnit.id)
  return stay && entryId !== undefined ? { ...stay, entryId } : stay
}

/** Of what is public, since when; of what is not yet, when the first notice ends. */
const firstPublicAt = (causes: RedFaceEpisode['causes']): number => {
  const published = causes.flatMap(({ publishedAt }) => publishedAt ?? [])
  return Math.min(...(published.length > 0 ? published : causes.map(({ publicAt }) => publicAt)))
}

const publishing = (
  episode: RedFaceEpisode,
  cause: RedFaceEpisode['causes'][number],
): { readonly publishesAt?: number } => {
  const at = publishesAt(episode, cause)
  return at === null ? {} : { publishesAt: at }
}

/** When and how the stay ended for this reader: where only what they may not know of goes on, with the last cause they read of. */
const endFor = (
  episode: RedFaceEpisode,
  causes: RedFaceEpisode['causes'],
  isStaff: boolean,
): { readonly at: number; readonly consent: RedFaceConsent | null } | undefined => {
  const { endedAt, consent = null } = episode
  if (!isStaff && causes.every((cause) => !isStanding(cause))) {
    const at = Math.max(...causes.map((cause) => cause.struckAt ?? cause.leftAt ?? 0))
    return { at, consent: causes.some((cause) => cause.leftAt !== undefined) ? 'came-late' : 'appeal-upheld' }
  }
  return endedAt === undefined ? undefined : { at: endedAt, consent }
}

const hasAnswered = (episode: RedFaceEpisode, key: string | undefined): boolean =>
  episode.words.some((word) => word.key === key && word.at >= (askedSince(episode) ?? 0))

/** Of an entry that a supporter may not know of, the yes alone that is posted to them (F5). */
const postingView = ({ redFaces }: Report, caller: Caller): ReportView['posting'] => {
  const episode = activeEpisode(redFaces)
  return caller.participation === 'supporter' && episode?.posting && !isOnPage(episode)
    ? { until: episode.posting.until, hasAnswered: hasAnswered(episode, caller.key) }
    : null
}

/** Pictures that are asked about: within the notice they are to outsiders what every progress shows (F2). */
const freshEvidenceFor = (report: Report, { view }: Reader, caller: Caller): readonly string[] => {
  const episode = activeEpisode(report.redFaces)
  const isKnown = episode && (caller.participation === 'supporter' ? isBeforeSupporters : isOnPage)(episode)
  return view !== 'public' || isKnown ? laidSince(report) : []
}

/** Nothing for who is not asked, and nothing where every answer is open. */
export const barredAnswersOf = (
  report: Report,
  caller: Caller,
  actions: readonly ReportAction[],
): Pick<ReportView, 'barredAnswers'> => {
  const isAskedIfGone = actions.includes('answer-red-face')
  const isToRate = actions.includes('rate')
  if (!isAskedIfGone && !isToRate) return {}
  const scene = { ...personOf(caller), isOneOfOurs: isOneOfOurs(caller, report) }
  const gone = isAskedIfGone ? answerBar(report, scene, true) : undefined
  const notGone = isAskedIfGone ? answerBar(report, scene, false) : undefined
  const barred = {
    ...(scene.isOneOfOurs && isToRate ? { praise: 'one-of-ours' as const } : {}),
    ...(gone ? { gone } : {}),
    ...(notGone ? { notGone } : {}),
  }
  return Object.keys(barred).length > 0 ? { barredAnswers: barred } : {}
}

/** Nothing for who may not urge at all, and for who may now. */
const urgeAgainFor = (
  report: Report,
  caller: Caller,
  context: Pick<PresentScene, 'now' | 'law' | 'actorId'>,
): Pick<ReportView, 'urgeAgainAt'> => {
  const verdict = authorise(caller, 'urge', report)
  if (!verdict.isAllowed) return {}
  const againAt = urgeAgainAt(report, sceneOf(caller, report, context, verdict.membership))
  return againAt === undefined ? {} : { urgeAgainAt: againAt }
}

/** What is due by when, as this reader may know it. */
const dueOf = (
  report: ClockedReport & Pick<Report, 'categoryId'>,
  isPublic: boolean,
  { now, law }: Pick<PresentScene, 'now' | 'law'>,
) => {
  const clocks = isPublic ? publicClocks(report) : report
  const isUrgent = categoryOf(law.rules, report.categoryId)?.isUrgent ?? false
  const running = runningDeadline(clocks)
  return {
    runningDueAt: running?.dueAt ?? null,
    runningDueKind: running?.kind ?? null,
    isOverdue: isOverdue(clocks, now),
    isDueSoon: isDueSoon(clocks, now, { isUrgent }),
  }
}

/** Which of the branch's own people has the work: for colleagues alone; without a seat, somebody who has left. */
const handlerMember = (
  report: Pick<Report, 'handlerUnitId' | 'dispatches'>,
  caller: Caller,
  view: View,
  seat: Membership | undefined,
): ReportCard['handlerMember'] => {
  const memberId = currentHandler(report)?.memberId
  if (memberId === undefined || view !== 'staff') return null
  return {
    id: memberId,
    name: seat?.name ?? null,
    role: seat?.role ?? null,
    isYou: memberId === caller.actorId,
  }
}

/** What decides how a report is shown, besides who reads it. */
export interface PresentScene {
  readonly law: Law
  readonly now: number
  readonly urls: Urls
  readonly actorId: string
  /** The unit's duty telephone, where it matters. */
  readonly dutyPhone?: string | null
  /** Of the one of the unit's own people who has the work. */
  readonly handlerSeat?: Membership | undefined
}

const publicRoutingView = (report: Report): ReportView['routing'] => {
  const { reasons, ...routing } = publicRouting(report)
  return { ...routing, reasons: reasons.map(whyHereText) }
}

/** 转出后超期仍记本单位 (A2): has the unit had it for a third of the time? */
const staysWith = (report: Report, unitId: string, now: number): boolean => {
  const { resolveDueAt } = report.deadlines
  const { stints, holds, startedAt } = timeTowards(report, resolveDueAt)
  return hasHadAThird(stints, holds, unitId, startedAt, resolveDueAt, now)
}

/** The report as this caller may read it; null when it does not exist for them. */
export const presentReport = (report: Report, caller: Caller, scene: PresentScene): ReportView | null => {
  const view = viewOf(caller, report)
  if (view === null) return null
  const reader = readerOf(caller, report, view)
  const isPublic = view === 'public'
  const hasWords = mayReadWords(view)
  const isReporter = caller.participation === 'reporter'
  const { law, now, urls } = scene
  const { rules } = law
  // F2: what outsiders may not know of takes no place of what they may.
  const episodes = report.redFaces.filter(isPublic ? hasBeenPublic : (one) => view === 'staff' || isTold(one))
  const episode = activeEpisode(episodes) ?? episodes[episodes.length - 1]
  const handler = currentHandler(report)
  const resolution = report.resolutions[report.resolutions.length - 1]
  const actions = allowedActions(caller, report, scene)
  const ownSeat = seatsFor(caller, report, 'branch', branchStaff)[0]
  const timeline = report.timeline.filter((event) => mayRead(event, reader))
  const older = olderCount(report, reader)
  const acceptance = acceptanceOf(report)
  const categoryName = categoryNameOf(rules, report.categoryId)
  return {
    id: report.id,
    number: nameFor(report, { categoryName, mayReadWords: hasWords, isReporter }).number,
    rev: seenRev(report, caller),
    status: report.status,
    view,
    part: caller.participation ?? null,
    categoryId: report.categoryId,
    categoryName,
    text: hasWords ? report.text : null,
    publicSummary: report.publicSummary,
    photos: hasWords ? photoViews(report.photos, urls) : [],
    placeWords: hasWords ? report.place.words : null,
    point: (hasWords ? report.place.point : report.publicPoint) ?? null,
    isPointRounded: !hasWords,
    pseudonym: hasWords ? report.pseudonym : null,
    hasPhone: hasWords && report.hasPhone,
    branch: report.answerableUnit,
    unitPath: [...report.unitPath],
    routing: hasWords
      ? {
          policy: report.routing.policy,
          reasons: report.routing.reasons.map(whyHereText),
          cellId: report.routing.cellId ?? null,
          cellName: report.routing.cellName ?? null,
          isProvisional: report.routing.isProvisional,
          alternateName: report.routing.alternate?.name ?? null,
        }
      : publicRoutingView(report),
    submittedAt: report.submittedAt,
    ...howReported({ reporterKey: report.reporterKey, reportedAt: reportedAtOf(report) }),
    ...(isReporter && reporterSince(report) > 0 ? { yoursSince: reporterSince(report) } : {}),
    acceptDueAt: report.deadlines.acceptDueAt,
    contactDueAt: isPublic ? null : report.deadlines.contactDueAt,
    planDueAt: report.deadlines.planDueAt ?? null,
    resolveDueAt: report.deadlines.resolveDueAt,
    ...dueOf(report, isPublic, scene),
    dues: deadlinesAhead(isPublic ? publicClocks(report) : report).map(({ kind, dueAt }) => ({
      kind,
      dueAt,
    })),
    contactedAt: isPublic ? null : (report.contactedAt ?? null),
    handler: handler
      ? {
          id: handler.unitId,
          name: handler.unitName,
          at: handler.at,
          note: view === 'staff' ? handler.note : '',
          member: handlerMember(report, caller, view, scene.handlerSeat),
        }
      : null,
    fixClaim:
      report.fixClaim && view === 'staff'
        ? {
            unitName: report.fixClaim.unitName,
            at: report.fixClaim.at,
            note: report.fixClaim.note,
            remedy: report.fixClaim.remedy,
            before: photoViews(report.fixClaim.before, urls),
            after: photoViews(report.fixClaim.after, urls),
          }
        : null,
    resolution: resolution
      ? {
          at: resolution.at,
          note: resolution.note,
          remedy: resolution.remedy,
          byUnitName: resolution.byUnitName,
          isChecked: !resolution.isOwnHands || (resolution.vouchedBy ?? []).length > 0,
          before: photoViews(resolution.before, urls),
          after: photoViews(resolution.after, urls),
        }
      : null,
    ratings: report.ratings.map(({ contacted, solved, satisfaction, remark, at, key }) => {
      const isRead = view === 'staff' || key === caller.key
      return {
        isYours: key === caller.key,
        contacted: isRead ? contacted : null,
        solved,
        satisfaction,
        remark: isRead ? remark : null,
        at,
      }
    }),
    suspension: report.suspension
      ? {
          reason: report.suspension.reason,
          plan: report.suspension.plan,
          untilAt: report.suspension.untilAt,
          approvedByUnitName: doerName(report.suspension.approvedBy),
          isSeasonal: report.suspension.isSeasonal ?? false,
        }
      : null,
    suspendable: actions.includes('suspend')
      ? { ordinaryDays: ordinaryDaysLeft(report, scene), putOffUntilOn: putOffUntilOn(report, scene) }
      : null,
    requests: requestViews(report, caller, reader, scene),
    plan: report.plan ?? null,
    questions: questionsFor(report, caller, hasWords),
    freePassesLeft: Math.max(0, rules.report.freePasses - report.passCount),
    staysWithUs: ownSeat !== undefined && staysWith(report, ownSeat.unitId, now),
    dutyPhone: hasWords || caller.participation === 'reporter' ? (scene.dutyPhone ?? null) : null,
    supporterCount: report.supporters.count,
    coReporterCount: hasWords ? report.coReporters.length : coReportersShown(report),
    parentReportId: report.parentReportId ?? null,
    childCount: report.childReportIds.length,
    redFace: episode ? stayView(report, episode, caller, reader) : null,
    posting: postingView(report, caller),
    timeline: timeline.map((event, place) =>
      numbered(event, (event.seq === 1 ? 0 : older) + place + 1, urls),
    ),
    olderCount: older,
    // A complaint that was ended has been handed on since, and was never answered: neither tells of what was within it (K9).
    ...(acceptance ? { acceptedAt: acceptance.at } : {}),
    wasReopened: report.reopenedAts.length > 0,
    freshEvidence: photoViews(freshEvidenceFor(report, reader, caller), urls),
    submittedUnder: bookName(report.submittedUnder),
    ...(actions.includes('contact') && report.hasPhone
      ? { isPhoneRevealed: isPhoneRevealed(report, ownSeat?.unitName ?? '') }
      : {}),
    actions: [...actions],
    ...barredAnswersOf(report, caller, actions),
    ...urgeAgainFor(report, caller, scene),
  }
}

/** The one thing this resident is asked for now (L6); a verdict only while the matter waits for it. */
const askOf = (report: Report, caller: Caller, context: CardContext): ReportCard['ask'] => {
  if (!caller.participation) return null
  const episode = activeEpisode(report.redFaces)
  const isAnswered = {
    rate: report.status !== 'resolved',
    'answer-red-face': episode !== undefined && hasAnswered(episode, caller.key),
    answer: false,
    agree: false,
  }
  const scene = { now: context.now, law: context.law, actorId: '' }
  const isAsked = (action: (typeof asks)[number]): boolean =>
    !isAnswered[action] && refusalOf(caller, action, report, scene) === undefined
  return asks.find(isAsked) ?? null
}

interface CardContext {
  readonly law: Law
  readonly now: number
  readonly urls: Urls
  readonly around?: Point
  readonly handlerSeat?: Membership | undefined
}

/** One row of a list, made of the whole report; null when this caller may not know of it. */
export const presentCard = (report: Report, caller: Caller, context: CardContext): ReportCard | null => {
  const view = viewOf(caller, report)
  const row = presentRow(listedOf(report), caller, context)
  if (view === null || row === null) return null
  return {
    ...row,
    rev: seenRev(report, caller),
    ...(view === 'public' ? { changedAt: lastPublicAt(report, readerOf(caller, report, view)) } : {}),
    ask: askOf(report, caller, context),
  }
}

/** Within its notice an entry is its own people's to know, and one that is untold the staff's (F1, F2). */
const redFaceStateFor = ({ redFaceState, isUntold }: ListedReport, view: View): ReportCard['redFaceState'] =>
  view !== 'staff' && (isUntold || (view === 'public' && redFaceState === 'noticed')) ? null : redFaceState

const requestsFor = ({ requests }: Pick<ListedReport, 'requests'>, view: View): ListedReport['requests'] =>
  view === 'staff' ? requests : requests.filter(({ isUntold }) => !isUntold)

/** One row of a list of a report of which no more was read, for somebody of whom nothing is asked; null as above. */
export const presentRow = (report: ListedReport, caller: Caller, context: CardContext): ReportCard | null => {
  const view = viewOf(caller, report)
  if (view === null) return null
  const isPublic = view === 'public'
  const hasWords = mayReadWords(view)
  const { around } = context
  const categoryName = categoryNameOf(context.law.rules, report.categoryId)
  const isReporter = caller.participation === 'reporter'
  const name = nameFor(report, { categoryName, mayReadWords: hasWords, isReporter })
  const handler = currentHandler(report)
  return {
    ...name,
    id: report.id,
    rev: isPublic ? report.publicLines : shownRev(report),
    status: report.status,
    categoryId: report.categoryId,
    title: hasWords ? report.text : name.title,
    branchName: report.answerableUnit.name,
    handlerName: handler?.unitName ?? null,
    handedAt: view === 'staff' ? (handler?.at ?? null) : null,
    handedNote: view === 'staff' ? (handler?.note ?? null) : null,
    handlerMember: handlerMember(report, caller, view, context.handlerSeat),
    thumbUrl: cardPhoto(report, view, context.urls),
    changedAt: isPublic ? report.publicAt : report.changedAt,
    ...dueOf(report, isPublic, context),
    suspendedUntilAt: report.suspension?.untilAt ?? null,
    supporterCount: report.supporterCount,
    coReporterCount: (hasWords ? report.coReporterCount : report.coReportersShown) ?? 0,
    isUnreported: report.reporterKey === null,
    mayTakeUp:
      around !== undefined &&
      report.reporterKey === null &&
      report.publicPoint !== undefined &&
      isNearEnoughToTakeUp(around, report.publicPoint),
    redFaceState: redFaceStateFor(report, view),
    pendingRequestKind: isPublic ? null : (requestsFor(report, view)[0]?.kind ?? null),
    distanceMetres: around ? metresFrom(around, report, !hasWords) : null,
    part: caller.participation ?? null,
    ask: null,
  }
}

/** Outsiders read when something happened that they may read of. */
const lastPublicAt = (report: Report, reader: Reader): number =>
  report.timeline.reduce(
    (last, event) =>
      event.visibility === 'public' && mayRead(event, reader) ? Math.max(last, event.at) : last,
    report.shelved?.lastPublicAt ?? report.submittedAt,
  )

/** S1: staff and parties know the place itself, everybody else the rounded one. */
const metresFrom = (
  around: Point,
  { place, publicPoint }: Pick<Report, 'place' | 'publicPoint'>,
  isPublic: boolean,
): number | null => {
  if (isPublic) return publicPoint ? publicDistanceMetres(around, publicPoint) : null
  return place.point ? Math.round(distanceMetres(around, place.point)) : null
}

/** The one photo a row shows: what the resident saw, or for everybody else what was done about it. */
export const cardPhotoId = (
  report: Pick<ListedReport, 'photos' | 'donePhoto'>,
  view: View,
): string | undefined => (mayReadWords(view) ? report.photos[0] : report.donePhoto)

const cardPhoto = (report: ListedReport, view: View, urls: Urls): string | null => {
  const id = cardPhotoId(report, view)
  return (id !== undefined && urls.get(id)?.thumbUrl) || null
}
