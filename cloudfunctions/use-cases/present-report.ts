import type { OutputOf } from '../contract/contract'
import { allowedActions, type Caller, viewOf } from '../domain/access/authorise'
import { isDueSoon, isOverdue, publicClocks, runningDeadline } from '../domain/deadline/deadlines'
import { activeEpisode, hasBeenPublic } from '../domain/red-face/red-face'
import type { Point } from '../domain/report/report'
import { currentHandler, type Report } from '../domain/report/report'
import { distanceMetres } from '../domain/routing/geometry'
import { publicDistanceMetres, publicRouting } from '../domain/routing/public-place'
import { categoryOf, type RuleBook } from '../domain/rules'
import type { PhotoUrls } from './ports'

export type ReportView = OutputOf<'report.get'>
export type ReportCard = OutputOf<'report.mine'>['rows'][number]

type Urls = ReadonlyMap<string, PhotoUrls>

/** Photo ids that have no URL any more are left out rather than shown broken. */
export const photoViews = (ids: readonly string[], urls: Urls) =>
  ids.flatMap((id) => {
    const url = urls.get(id)
    return url ? [{ id, ...url }] : []
  })

/** Every photo a detail page may show to this viewer: the resident's own only to the parties and staff. */
export const photosOf = (report: Report, view: 'staff' | 'parties' | 'public'): readonly string[] => [
  ...(view === 'public' ? [] : report.photos),
  ...report.resolutions.flatMap((resolution) => [...resolution.before, ...resolution.after]),
  ...(report.fixClaim && view !== 'public' ? [...report.fixClaim.before, ...report.fixClaim.after] : []),
  ...report.timeline.filter((event) => maySee(event.visibility, view)).flatMap((event) => event.photos ?? []),
]

const maySee = (visibility: 'public' | 'parties' | 'staff', view: 'staff' | 'parties' | 'public'): boolean =>
  view === 'staff' || visibility === 'public' || (view === 'parties' && visibility === 'parties')

const requestDetail = (request: NonNullable<Report['pendingRequest']>): string | null => {
  const on = (at: number) => {
    const day = new Date(at + 8 * 3_600_000)
    return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`
  }
  switch (request.kind) {
    case 'suspend':
      return `挂账到${on(request.untilAt)}，计划：${request.plan}`
    case 'extend':
      return `延期到${on(request.resolveDueAt)}`
    case 'transfer':
      return `转给${request.toUnitName}`
    default:
      return null
  }
}

/** What is due by when, as this reader may know it. */
const dueOf = (report: Report, isPublic: boolean, now: number) => {
  const clocks = isPublic ? publicClocks(report) : report
  const running = runningDeadline(clocks)
  return {
    runningDueAt: running?.dueAt ?? null,
    runningDueKind: running?.kind ?? null,
    isOverdue: isOverdue(clocks, now),
    isDueSoon: isDueSoon(clocks, now),
  }
}

/** The report as this caller may read it; null when it does not exist for them. */
export const presentReport = (
  report: Report,
  caller: Caller,
  context: {
    readonly rules: RuleBook
    readonly now: number
    readonly urls: Urls
    readonly participantKey: string | null
  },
): ReportView | null => {
  const view = viewOf(caller, report)
  if (view === null) return null
  const isPublic = view === 'public'
  const { now, rules, urls } = context
  const episode = activeEpisode(report.redFaces) ?? report.redFaces[report.redFaces.length - 1]
  const isEpisodeShown = episode && (!isPublic || hasBeenPublic(episode))
  const handler = currentHandler(report)
  const resolution = report.resolutions[report.resolutions.length - 1]
  const request = isPublic ? undefined : report.pendingRequest
  return {
    id: report.id,
    rev: report.rev,
    status: report.status,
    view,
    part: caller.participation ?? null,
    categoryId: report.categoryId,
    categoryName: categoryOf(rules, report.categoryId)?.name ?? '',
    text: isPublic ? null : report.text,
    publicSummary: report.publicSummary,
    photos: isPublic ? [] : photoViews(report.photos, urls),
    placeWords: isPublic ? null : report.place.words,
    point: (isPublic ? report.publicPoint : report.place.point) ?? null,
    isPointRounded: isPublic,
    pseudonym: isPublic ? null : report.pseudonym,
    hasPhone: !isPublic && report.hasPhone,
    branch: {
      id: report.branchId ?? report.unitPath[report.unitPath.length - 1] ?? '',
      name: report.branchName,
    },
    unitPath: [...report.unitPath],
    routing: isPublic
      ? publicRouting(report)
      : {
          policy: report.routing.policy,
          reasons: [...report.routing.reasons],
          cellId: report.routing.cellId ?? null,
          cellName: report.routing.cellName ?? null,
          isProvisional: report.routing.isProvisional,
          alternateName: report.routing.alternate?.name ?? null,
        },
    submittedAt: report.submittedAt,
    acceptDueAt: report.deadlines.acceptDueAt,
    contactDueAt: isPublic ? null : report.deadlines.contactDueAt,
    planDueAt: report.deadlines.planDueAt ?? null,
    resolveDueAt: report.deadlines.resolveDueAt,
    ...dueOf(report, isPublic, now),
    contactedAt: isPublic ? null : (report.contactedAt ?? null),
    handler: handler
      ? { id: handler.unitId, name: handler.unitName, at: handler.at, note: isPublic ? '' : handler.note }
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
          isOwnHands: resolution.isOwnHands,
          before: photoViews(resolution.before, urls),
          after: photoViews(resolution.after, urls),
        }
      : null,
    ratings: report.ratings.map((rating) => ({ ...rating, remark: isPublic ? null : rating.remark })),
    suspension: report.suspension
      ? {
          reason: report.suspension.reason,
          plan: report.suspension.plan,
          untilAt: report.suspension.untilAt,
          approvedByUnitName: report.suspension.approvedByUnitName,
        }
      : null,
    pendingRequest: request
      ? {
          kind: request.kind,
          at: request.at,
          byUnitName: request.byUnitName,
          reason: request.reason,
          detail: requestDetail(request),
        }
      : null,
    supporterCount: report.supporters.length,
    parentReportId: report.parentReportId ?? null,
    childCount: report.childReportIds.length,
    redFace: isEpisodeShown
      ? {
          no: episode.no,
          state: episode.state,
          causes: episode.causes.map((one) => ({ cause: one.cause, at: one.at })),
          noticedAt: episode.noticedAt,
          publicAt: episode.publicAt,
          clearedAt: episode.clearedAt ?? null,
          consent: episode.consent ?? null,
          evidenceAt: episode.evidenceAt ?? null,
          hasAnswered: episode.answers.some((answer) => answer.key === context.participantKey),
        }
      : null,
    timeline: report.timeline
      .filter((event) => maySee(event.visibility, view))
      .map((event) => ({
        seq: event.seq,
        kind: event.kind,
        at: event.at,
        side: event.side,
        unitName: event.unitName ?? null,
        text: event.text,
        photos: photoViews(event.photos ?? [], urls),
      })),
    actions: [...allowedActions(caller, report)],
  }
}

/** One row of a list; null when this caller may not know of the report. */
export const presentCard = (
  report: Report,
  caller: Caller,
  context: { readonly rules: RuleBook; readonly now: number; readonly urls: Urls; readonly around?: Point },
): ReportCard | null => {
  const view = viewOf(caller, report)
  if (view === null) return null
  const isPublic = view === 'public'
  const episode = activeEpisode(report.redFaces)
  const { around } = context
  return {
    id: report.id,
    rev: report.rev,
    status: report.status,
    categoryId: report.categoryId,
    categoryName: categoryOf(context.rules, report.categoryId)?.name ?? '',
    title: isPublic ? report.publicSummary : report.text,
    placeWords: isPublic ? null : report.place.words,
    branchName: report.branchName,
    handlerName: currentHandler(report)?.unitName ?? null,
    thumbUrl: cardPhoto(report, view, context.urls),
    submittedAt: report.submittedAt,
    changedAt: report.changedAt,
    ...dueOf(report, isPublic, context.now),
    supporterCount: report.supporters.length,
    redFaceState:
      episode && episode.state !== 'cleared' && (!isPublic || episode.state === 'public')
        ? episode.state
        : null,
    pendingRequestKind: isPublic ? null : (report.pendingRequest?.kind ?? null),
    distanceMetres: around ? metresFrom(around, report, isPublic) : null,
  }
}

/** S1: staff and parties know the place itself, everybody else the rounded one. */
const metresFrom = (around: Point, { place, publicPoint }: Report, isPublic: boolean): number | null => {
  if (isPublic) return publicPoint ? publicDistanceMetres(around, publicPoint) : null
  return place.point ? Math.round(distanceMetres(around, place.point)) : null
}

/** The one photo a row shows: what the resident saw, or for everybody else what was done about it. */
export const cardPhotoId = (report: Report, view: 'staff' | 'parties' | 'public'): string | undefined =>
  view === 'public' ? report.resolutions[report.resolutions.length - 1]?.after[0] : report.photos[0]

const cardPhoto = (report: Report, view: 'staff' | 'parties' | 'public', urls: Urls): string | null => {
  const id = cardPhotoId(report, view)
  return (id !== undefined && urls.get(id)?.thumbUrl) || null
}
