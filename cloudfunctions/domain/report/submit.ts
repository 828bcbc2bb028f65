import type { WorkingCalendar } from '../calendar/working-calendar'
import type { Category } from '../category/category'
import { setDeadlines } from '../deadline/deadlines'
import { roundPoint, tilesAround } from '../routing/geometry'
import { publicRoutingText } from '../routing/public-place'
import type { RoutedUnit, RoutingDecision } from '../routing/routing'
import type { RuleBook } from '../rules'
import {
  addRedFaceCause,
  beginChange,
  enqueue,
  finishChange,
  noDueAt,
  record,
  tellReporter,
  tellUnit,
} from './change'
import type { Place, Report } from './report'

/** What a new report consists of once everything has been looked up. */
export interface Submission {
  readonly id: string
  readonly pseudonym: string
  readonly category: Category
  readonly text: string
  readonly photos: readonly string[]
  readonly place: Place
  readonly hasPhone: boolean
  readonly isByMember: boolean
  readonly decision: RoutingDecision
  readonly responsible: RoutedUnit | null
  /** Who sorts by hand when nobody is responsible yet. */
  readonly sorter: RoutedUnit
  readonly isRecurring: boolean
  readonly command: { readonly id: string; readonly action: string; readonly digest: string }
}

/** S1: what everyone may read before staff write a better summary: unit and category, no cell and no word of the resident. */
export const defaultPublicSummary = (category: Category, unit: RoutedUnit): string =>
  `${unit.name} · ${category.name}`

/** A new report: routed, its clocks running from now, its branch and its reporter told. */
export const submitReport = (
  submission: Submission,
  now: number,
  calendar: WorkingCalendar,
  rules: RuleBook,
): Report => {
  const { category, decision, responsible, sorter } = submission
  const unit = responsible ?? sorter
  const deadlines = setDeadlines(category, now, calendar, rules.version)
  const status = responsible ? 'routed' : 'unrouted'
  const blank: Report = {
    id: submission.id,
    rev: 0,
    status,
    pseudonym: submission.pseudonym,
    categoryId: category.id,
    text: submission.text,
    publicSummary: defaultPublicSummary(category, unit),
    photos: submission.photos,
    place: submission.place,
    ...(submission.place.point ? { publicPoint: roundPoint(submission.place.point) } : {}),
    tiles: submission.place.point ? tilesAround(submission.place.point, 0) : [],
    branchId: responsible?.id ?? null,
    branchName: unit.name,
    unitPath: unit.path,
    routing: decision,
    submittedAt: now,
    changedAt: now,
    firstAnswer: {
      status,
      branchName: unit.name,
      reasons: decision.reasons,
      isProvisional: decision.isProvisional,
      acceptDueAt: deadlines.acceptDueAt,
      resolveDueAt: deadlines.resolveDueAt,
    },
    deadlines,
    dueAt: noDueAt,
    nextClockAt: null,
    hasPhone: submission.hasPhone,
    isByMember: submission.isByMember,
    dispatches: [],
    handlerUnitId: null,
    resolutions: [],
    ratings: [],
    returnCount: 0,
    reworkCount: 0,
    reopenedAts: [],
    supervisedAts: [],
    suspendedMs: 0,
    extensions: [],
    supporters: [],
    childReportIds: [],
    redFaces: [],
    clockMarks: [],
    timeline: [],
    outbox: [],
  }
  const change = beginChange(blank, now, { side: 'resident' }, rules, submission.command)
  record(change, { kind: 'submitted', text: '居民上报' })
  record(change, {
    kind: 'routed',
    text: publicRoutingText(responsible !== null, unit.name),
  })
  tellUnit(
    change,
    unit.id,
    responsible ? '新诉求' : '待分派',
    `“${blank.publicSummary}”，请${responsible ? '受理' : '指定责任支部'}。`,
  )
  if (decision.alternate) {
    tellUnit(
      change,
      decision.alternate.id,
      '边界诉求',
      `“${blank.publicSummary}”靠近你们的网格，如属于你们可以主动接办。`,
    )
  }
  if (decision.isCoverageGap) enqueue(change, { kind: 'coverage-gap' })
  tellReporter(
    change,
    '已收到',
    responsible
      ? `由${responsible.name}负责。${decision.reasons[0] ?? ''}`
      : `由${sorter.name}指定责任支部。`,
  )
  if (submission.isRecurring) addRedFaceCause(change, 'recurring')
  return finishChange(change)
}
