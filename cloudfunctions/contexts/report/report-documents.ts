import { type Point, tilesAround } from '../../ground/geometry'
import { townshipOf } from '../../ground/unit-path'
import {
  type JournalDocument,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import { type CategoryGroupId, groupOf } from '../category/rules/category'
import { publicPlaceOf } from '../routing/rules/public-place'
import { placeNameOf, takesOthersIn } from './rules/alike'
import { accusedBy, isConfidential } from './rules/confidential'
import { formerHandlers, handOf, type QueueTab, rulingUnits, tabOf } from './rules/lies-in'
import { isOpen } from './rules/lifecycle'
import { type Excerpt, excerptOf, type ListedReport, listedFields } from './rules/listed-report'
import { lastDueAt } from './rules/move-deadlines'
import { groupsOf, pointsOf, type Report } from './rules/report'

/** A report as stored: the report itself and the few derived fields that its indexes need. */
export type ReportDocument = JournalDocument<Report> & {
  /** In whose own queue it lies: the unit that answers; null while a level sorts it, which finds it by `sortingIn`. */
  readonly queueUnitId: string | null
  readonly tab: QueueTab
  /** The units in whose area it is open, from the region down; of what is done no index says more than that. */
  readonly openIn: readonly string[]
  /** The same, while somebody has to say who answers. */
  readonly sortingIn: readonly string[]
  /** The last of its deadlines, while it is open; null when it is done. */
  readonly openUntilAt: number | null
  /** When the oldest request that waits was made; null when none does. */
  readonly requestedAt: number | null
  /** Every unit that may rule on one of them. */
  readonly rulingUnitIds: readonly string[]
  /** Units that had the work and have it no longer. */
  readonly dispatchedUnitIds: readonly string[]
  /** Which of the unit's own people has the work (`handKeyOf`): one, or none. */
  readonly inHandOf: readonly string[]
  /** Everyone may know of it; lists for everyone ask for these alone, so that no count or cursor tells of others. */
  readonly isPublic: boolean
  /** Whom it accuses, so that lists leave it out for those who may not know of it; null of what is no complaint (H4). */
  readonly accuses: string | null
  /** Group, part and spot of every place it has had; none of what was merged or declined. */
  readonly spots: readonly string[]
  /** Until when somebody had the problem; of what is open `openSince`. */
  readonly aliveUntilAt: number
  /** Group and rounded place by which outsiders find it while it is open; null when it is done, confidential or without a point. */
  readonly openPublicPlace: string | null
  /**
   * Group, township and what its lane, yard or building is called, while others may be merged into it, alone and with the
   * tile in which it lies; none where the words name none.
   */
  readonly openPlaceNames: readonly string[]
  /** What a row of a list needs besides plain fields, so that nobody reads the whole for it. */
  readonly excerpt: Excerpt
}

/** Lists by which a report is found: a unit's path, and the lists of figures in which it lies, some for each unit of it. */
type Found = 'unitPath' | 'countedIn'
/** Every list of a report, and what holds lists: a new one has to say whether it may leave (`longDocuments`). */
type Lists = {
  [K in keyof Report]-?: NonNullable<Report[K]> extends readonly unknown[] ? K : never
}[keyof Report]

/** What grows with time and people, and nothing is found by. */
const grows: Readonly<Record<Exclude<Lists, Found>, true>> & Partial<Readonly<Record<keyof Report, true>>> = {
  timeline: true,
  outbox: true,
  clockMarks: true,
  shelved: true,
  photos: true,
  stints: true,
  earlierStints: true,
  holds: true,
  contacts: true,
  dispatches: true,
  workers: true,
  resolutions: true,
  ratings: true,
  formerNos: true,
  leavings: true,
  questions: true,
  reopenedAts: true,
  supervisedAts: true,
  urges: true,
  suspendedWinters: true,
  extensions: true,
  requests: true,
  appealedKeys: true,
  supporters: true,
  coReporters: true,
  neverMergeInto: true,
  childReportIds: true,
  mergings: true,
  redFaces: true,
  formerCategoryIds: true,
  formerGroups: true,
  formerPoints: true,
  phoneRevealedTo: true,
}
export const growing = Object.keys(grows) as readonly (keyof Report)[]

/** What is read of a document for a row of a list. */
export const rowFields = [...listedFields, 'excerpt'] as const satisfies readonly (keyof ReportDocument)[]
/** Without an excerpt an instance of a version before this one has written it. */
export type RowDocument = Pick<ReportDocument, '_id' | (typeof listedFields)[number]> &
  Partial<Pick<ReportDocument, 'excerpt'>>

export const toListed = ({ _id, excerpt, ...plain }: RowDocument): ListedReport | undefined =>
  excerpt && { id: _id, ...plain, ...excerpt }

/** Later than every instant. */
const stillOpen = Date.UTC(9999, 0, 1)
/** How long what is open and was submitted then has been alive: longer than all that is done, the newest longest. */
export const openSince = (submittedAt: number): number => stillOpen + submittedAt

/**
 * As what a report is found at a place: `parent`, others may be merged into it there (M1); `occurrence`, it counts as one
 * (F1) and takes nothing in, or not there; `withdrawn`, its reporter may have taken it back (K5). Each question asks for
 * its own parts alone: none of the others can stand before what it is about.
 */
export type SpotPart = 'parent' | 'occurrence' | 'withdrawn'

/** Of about 60 m in the region: a circle of 50 m touches nine of them at most, one of 100 m twenty-five. */
const spotZoom = 19

/** Under what reports of a group are found that have one of these parts within so many metres. */
export const spotsAround = (
  groupId: CategoryGroupId,
  parts: readonly SpotPart[],
  point: Point,
  metres: number,
): readonly string[] => {
  const tiles = tilesAround(point, metres, spotZoom)
  return parts.flatMap((part) => tiles.map((tile) => `${groupId}:${part}:${tile}`))
}

/** Under what reports of a group are found that have no point and somebody has taken back, by the community that was named. */
export const takenBackIn = (groupId: CategoryGroupId, namedUnitId: string): string =>
  `${groupId}:withdrawn:@${namedUnitId}`

/** Under what open reports of a group are found by their rounded place (`publicPlaceOf`). */
export const publicPlaceKey = (groupId: CategoryGroupId, publicPlace: string): string =>
  `${groupId}:${publicPlace}`

/** Of about 470 m in the region: half of what lies in those around a circle of a kilometre lies within it. */
const placeNameZoom = 16

interface NamedPlace {
  readonly groupId: CategoryGroupId
  readonly townshipId: string
  /** What its lane, yard or building is called (`placeNameOf`). */
  readonly name: string
}

const placeNameKey = ({ groupId, townshipId, name }: NamedPlace): string => `${groupId}:${townshipId}:${name}`

/**
 * Under what reports of a group are found that take others in and whose words name the same place in a township, those
 * without a point among them: a lane is called alike in every village, so only those so near that they may be meant.
 */
export const placeNamesAround = (
  place: NamedPlace,
  point: Point | undefined,
  metres: number,
): readonly string[] => {
  const key = placeNameKey(place)
  return point
    ? [`${key}@`, ...tilesAround(point, metres, placeNameZoom).map((tile) => `${key}@${tile}`)]
    : [key]
}

/** What lies in another report or was declined is no matter of its own (F1). */
const isMatterOfItsOwn = ({ status }: Report): boolean => status !== 'merged' && status !== 'declined'

/** What it was (K9) still counts, but nothing is merged into that. */
const spotsOf = (report: Report): readonly string[] => {
  if (!isMatterOfItsOwn(report)) return []
  const { status, categoryId, place } = report
  const partAt = (groupId: CategoryGroupId, point: Point): SpotPart => {
    if (status === 'withdrawn') return 'withdrawn'
    const isNow = groupId === groupOf(categoryId) && point === place.point
    return isNow && takesOthersIn(status) ? 'parent' : 'occurrence'
  }
  const isTakenBack = status === 'withdrawn' || (report.leavings ?? []).length > 0
  const all = groupsOf(report).flatMap((groupId) => {
    const points = pointsOf(report).flatMap((point) => {
      const part = partAt(groupId, point)
      const parts: readonly SpotPart[] = isTakenBack && part !== 'withdrawn' ? [part, 'withdrawn'] : [part]
      return spotsAround(groupId, parts, point, 0)
    })
    return isTakenBack && place.namedUnitId !== undefined
      ? [...points, takenBackIn(groupId, place.namedUnitId)]
      : points
  })
  return [...new Set(all)]
}

const aliveUntilOf = ({ status, submittedAt, resolvedAt, changedAt }: Report): number => {
  if (isOpen(status)) return openSince(submittedAt)
  return (status === 'withdrawn' ? undefined : resolvedAt) ?? changedAt
}

const openPublicPlaceOf = (report: Report): string | null =>
  isOpen(report.status) && report.publicPoint && !isConfidential(report)
    ? publicPlaceKey(groupOf(report.categoryId), publicPlaceOf(report.publicPoint))
    : null

const openPlaceNamesOf = ({ status, categoryId, unitPath, place }: Report): readonly string[] => {
  const townshipId = townshipOf(unitPath)
  const name = placeNameOf(place.words)
  if (!takesOthersIn(status) || townshipId === null || name === null) return []
  const named = { groupId: groupOf(categoryId), townshipId, name }
  const key = placeNameKey(named)
  return [
    key,
    ...(place.point ? tilesAround(place.point, 0, placeNameZoom) : ['']).map((tile) => `${key}@${tile}`),
  ]
}

export const toReportDocument = (report: Report): ReportDocument => ({
  ...toJournalDocument(report),
  queueUnitId: report.isSorting ? null : report.answerableUnit.id,
  tab: tabOf(report),
  openIn: isOpen(report.status) ? report.unitPath : [],
  sortingIn: report.status === 'unrouted' ? report.unitPath : [],
  openUntilAt: isOpen(report.status) ? lastDueAt(report.deadlines) : null,
  requestedAt: report.requests.length === 0 ? null : Math.min(...report.requests.map((one) => one.at)),
  rulingUnitIds: rulingUnits(report),
  dispatchedUnitIds: formerHandlers(report),
  inHandOf: [handOf(report) ?? []].flat(),
  isPublic: !isConfidential(report),
  accuses: accusedBy(report) ?? null,
  spots: spotsOf(report),
  aliveUntilAt: aliveUntilOf(report),
  openPublicPlace: openPublicPlaceOf(report),
  openPlaceNames: openPlaceNamesOf(report),
  excerpt: excerptOf(report),
})

export const toReport = (document: ReportDocument): Report => {
  const {
    queueUnitId: _queueUnitId,
    tab: _tab,
    openIn: _openIn,
    sortingIn: _sortingIn,
    openUntilAt: _openUntilAt,
    requestedAt: _requestedAt,
    rulingUnitIds: _rulingUnitIds,
    dispatchedUnitIds: _ids,
    inHandOf: _inHandOf,
    isPublic: _isPublic,
    accuses: _accuses,
    spots: _spots,
    aliveUntilAt: _aliveUntilAt,
    openPublicPlace: _openPublicPlace,
    openPlaceNames: _openPlaceNames,
    excerpt: _excerpt,
    ...rest
  } = document
  return toJournalled<Report>(rest)
}
