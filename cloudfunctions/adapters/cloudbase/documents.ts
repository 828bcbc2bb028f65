import type { CategoryGroupId } from '../../contexts/category/rules/category'
import type { QueueTab } from '../../contexts/report/ports'
import { placeNameOf } from '../../contexts/report/rules/alike'
import { isConfidential } from '../../contexts/report/rules/confidential'
import { statusKind } from '../../contexts/report/rules/lifecycle'
import { groupsOf, type Report } from '../../contexts/report/rules/report'
import { publicPlaceOf } from '../../contexts/routing/rules/public-place'
import { pathTo } from '../../ground/unit-path'

/** A report as stored: the report itself and the few derived fields that its indexes need. */
export type ReportDocument = Omit<Report, 'id'> & {
  readonly _id: string
  readonly tab: QueueTab
  readonly isOpen: boolean
  /** When it is to be resolved, while it is open; null when it is done. */
  readonly openUntilAt: number | null
  /** Instant of the oldest derived work still to do; null when none is. */
  readonly outboxAt: number | null
  /** When the oldest request that waits was made; null when none does. */
  readonly requestedAt: number | null
  /** Every unit that has had the report. */
  readonly heldByUnitIds: readonly string[]
  /** Every unit that may rule on one of them. */
  readonly rulingUnitIds: readonly string[]
  /** Units that had the work and have it no longer. */
  readonly dispatchedUnitIds: readonly string[]
  /** Everyone may know of it; lists for everyone ask for these alone, so that no count or cursor tells of others. */
  readonly isPublic: boolean
  /** The rounded place by which outsiders find it; null without a point. */
  readonly publicPlace: string | null
  /** Every group it counts for in every map tile it has lain in: an index may run over one list only. */
  readonly groupTiles: readonly string[]
  /** What its lane, yard or building is called; null where the words name none. */
  readonly placeName: string | null
}

/** The keys under which reports of these groups in these map tiles are found. */
export const groupTilesOf = (
  groupIds: readonly CategoryGroupId[],
  tiles: readonly string[],
): readonly string[] => groupIds.flatMap((groupId) => tiles.map((tile) => `${groupId}:${tile}`))

const tabOf = (report: Report): QueueTab => {
  switch (report.status) {
    case 'unrouted':
      return 'sorting'
    case 'routed':
      return 'waiting'
    case 'awaiting-check':
      return 'check'
    case 'suspended':
      return 'suspended'
    default:
      return statusKind(report.status) === 'done' ? 'done' : 'working'
  }
}

const rulingUnits = (report: Report): readonly string[] => [
  ...new Set(
    report.requests.flatMap(({ rulingUnitId }) => {
      return rulingUnitId === null ? [] : (pathTo(report.unitPath, rulingUnitId) ?? [rulingUnitId])
    }),
  ),
]

export const toReportDocument = (report: Report): ReportDocument => {
  const { id, ...rest } = report
  return {
    _id: id,
    ...rest,
    tab: tabOf(report),
    isOpen: statusKind(report.status) !== 'done',
    openUntilAt: statusKind(report.status) === 'done' ? null : report.deadlines.resolveDueAt,
    outboxAt: report.outbox[0]?.at ?? null,
    requestedAt: report.requests.length === 0 ? null : Math.min(...report.requests.map((one) => one.at)),
    heldByUnitIds: [...new Set(report.stints.map((stint) => stint.unit.id))],
    rulingUnitIds: rulingUnits(report),
    dispatchedUnitIds: [...new Set(report.dispatches.map((dispatch) => dispatch.unitId))].filter(
      (unitId) => unitId !== report.handlerUnitId,
    ),
    isPublic: !isConfidential(report),
    publicPlace: report.publicPoint ? publicPlaceOf(report.publicPoint) : null,
    groupTiles: groupTilesOf(groupsOf(report), report.tiles),
    placeName: placeNameOf(report.place.words),
  }
}

export const toReport = (document: ReportDocument): Report => {
  const {
    _id,
    tab: _tab,
    isOpen: _isOpen,
    openUntilAt: _openUntilAt,
    outboxAt: _outboxAt,
    requestedAt: _requestedAt,
    heldByUnitIds: _heldByUnitIds,
    rulingUnitIds: _rulingUnitIds,
    dispatchedUnitIds: _ids,
    isPublic: _isPublic,
    publicPlace: _publicPlace,
    groupTiles: _groupTiles,
    placeName: _placeName,
    ...rest
  } = document
  return { id: _id, ...rest }
}
