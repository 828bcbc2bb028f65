import {
  type JournalDocument,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import type { CategoryGroupId } from '../category/rules/category'
import { publicPlaceOf } from '../routing/rules/public-place'
import { placeNameOf } from './rules/alike'
import { isConfidential } from './rules/confidential'
import { formerHandlers, type QueueTab, rulingUnits, tabOf } from './rules/lies-in'
import { statusKind } from './rules/lifecycle'
import { groupsOf, type Report } from './rules/report'

/** A report as stored: the report itself and the few derived fields that its indexes need. */
export type ReportDocument = JournalDocument<Report> & {
  /** In whose own queue it lies: the unit that answers; null while a level sorts it, which finds it by `unitPath`. */
  readonly queueUnitId: string | null
  readonly tab: QueueTab
  readonly isOpen: boolean
  /** When it is to be resolved, while it is open; null when it is done. */
  readonly openUntilAt: number | null
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

export const toReportDocument = (report: Report): ReportDocument => ({
  ...toJournalDocument(report),
  queueUnitId: report.isSorting ? null : report.answerableUnit.id,
  tab: tabOf(report),
  isOpen: statusKind(report.status) !== 'done',
  openUntilAt: statusKind(report.status) === 'done' ? null : report.deadlines.resolveDueAt,
  requestedAt: report.requests.length === 0 ? null : Math.min(...report.requests.map((one) => one.at)),
  heldByUnitIds: [...new Set(report.stints.map((stint) => stint.unit.id))],
  rulingUnitIds: rulingUnits(report),
  dispatchedUnitIds: formerHandlers(report),
  isPublic: !isConfidential(report),
  publicPlace: report.publicPoint ? publicPlaceOf(report.publicPoint) : null,
  groupTiles: groupTilesOf(groupsOf(report), report.tiles),
  placeName: placeNameOf(report.place.words),
})

export const toReport = (document: ReportDocument): Report => {
  const {
    queueUnitId: _queueUnitId,
    tab: _tab,
    isOpen: _isOpen,
    openUntilAt: _openUntilAt,
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
  return toJournalled<Report>(rest)
}
