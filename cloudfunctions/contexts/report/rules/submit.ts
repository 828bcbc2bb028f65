import { roundPoint } from '../../../ground/geometry'
import { bannerOf } from '../../../ground/unit-path'
import type { Category } from '../../category/rules/category'
import type { RoutedUnit, UnitRef } from '../../organisation/rules/unit'
import type { Place } from '../../routing/rules/routing'
import { type ActingSide, announce, beginChange, finishChange, type Law, noDueAt, record } from './change'
import { countedContact } from './contact'
import { setDeadlines, soonestDeadlines } from './deadlines'
import { areaNameOf } from './matter-name'
import { movedDueAt } from './move-deadlines'
import { addCause, announceNew } from './moves'
import { longestSummary } from './reasons'
import type { Receipt } from './receipt'
import type { Deadlines, Report } from './report'
import type { ReportNumber } from './report-number'
import type { Resumed } from './resumed'
import type { Whereabouts } from './why-here'

/** What a new report consists of once everything has been looked up. */
export interface Submission {
  readonly id: string
  readonly number: ReportNumber
  readonly pseudonym: string
  /** Null for a matter that the branch lists itself and nobody has reported (declared). */
  readonly reporterKey: string | null
  readonly category: Category
  readonly text: string
  readonly photos: readonly string[]
  readonly place: Place
  readonly hasPhone: boolean
  readonly isByMember: boolean
  /** Of what a service centre files for somebody. */
  readonly receipt?: Receipt
  /** The service centre, as it acts. */
  readonly filedBy?: ActingSide
  readonly accusedUnitId?: string
  readonly decision: Whereabouts
  readonly responsible: RoutedUnit | null
  /** Who sorts by hand when nobody is responsible yet, and whose banner's rules it is judged by. */
  readonly sorter: RoutedUnit
  /** Who sorts it instead, because there nobody may know of it (H4). */
  readonly sorterAbove?: RoutedUnit
  readonly isRecurring: boolean
  /** The unit whose fix did not hold; absent: the unit that answers now. */
  readonly recurringUnit?: UnitRef
  /** The clock of the report that the same person withdrew from here shortly before (K5). */
  readonly resumes?: Resumed
  readonly command: { readonly id: string; readonly action: string; readonly digest: string }
}

/** What everyone may read before staff write a better summary: unit and category, no cell and no word of the resident (S1). */
export const defaultPublicSummary = (category: Category, unit: { readonly name: string }): string =>
  `${areaNameOf(unit.name)} · ${category.name}`

/**
 * K5: the deadlines of a problem whose clock goes on from an earlier report. What that one missed it missed itself: this one
 * is late for nothing before anybody could act (`soonestDeadlines`), and has what the earlier one had left, with the time
 * that it was granted; of another kind, never more of it than whatever of that kind is reported now.
 */
const goingOn = (category: Category, now: number, { calendar, rules }: Law, resumes: Resumed): Deadlines => {
  const startsAt = Math.min(now, resumes.startedAt + resumes.heldMs)
  const own = setDeadlines(category, now, calendar, rules.version)
  const kept = setDeadlines(category, startsAt, calendar, rules.version)
  const soonest = soonestDeadlines(category, now, calendar, rules.version)
  const leftAt = movedDueAt(calendar, now + (resumes.left?.ms ?? 0), category.isUrgent)
  const isSameKind = resumes.left?.categoryId === category.id
  return {
    ...kept,
    acceptDueAt: own.acceptDueAt,
    contactDueAt: Math.max(kept.contactDueAt, soonest.contactDueAt),
    ...(kept.planDueAt === undefined
      ? {}
      : { planDueAt: Math.max(kept.planDueAt, soonest.planDueAt ?? kept.planDueAt) }),
    resolveDueAt: Math.max(
      kept.resolveDueAt,
      soonest.resolveDueAt,
      isSameKind ? leftAt : Math.min(leftAt, own.resolveDueAt),
    ),
  }
}

/** A new report: routed, its clocks running from now, its unit and its reporter told. */
export const submitReport = (submission: Submission, now: number, law: Law): Report => {
  const { category, decision, responsible, sorter, resumes } = submission
  const unit = responsible ?? submission.sorterAbove ?? sorter
  const used = resumes?.used
  const deadlines = resumes
    ? goingOn(category, now, law, resumes)
    : setDeadlines(category, now, law.calendar, law.rules.version)
  // One that was in time has been said; by a shorter clock it was not.
  const firstWordAt = countedContact(resumes?.firstWords ?? [])?.at
  const isCalled = firstWordAt !== undefined && firstWordAt < deadlines.contactDueAt
  const firstWords = isCalled ? (resumes?.firstWords ?? []) : []
  const status = responsible ? 'routed' : 'unrouted'
  const { id, name, path } = unit
  // What a branch lists itself it has written for everybody: those who live there must know it again.
  const isForAll = submission.reporterKey === null && submission.text.length <= longestSummary
  const blank: Report = {
    id: submission.id,
    number: submission.number,
    rev: 0,
    status,
    pseudonym: submission.pseudonym,
    reporterKey: submission.reporterKey,
    categoryId: category.id,
    text: submission.text,
    publicSummary: isForAll ? submission.text : defaultPublicSummary(category, unit),
    photos: submission.photos,
    place: submission.place,
    ...(submission.place.point ? { publicPoint: roundPoint(submission.place.point) } : {}),
    ...(submission.accusedUnitId ? { accusedUnitId: submission.accusedUnitId } : {}),
    answerableUnit: { id, name },
    isSorting: responsible === null,
    unitPath: path,
    routing: decision,
    stints: [
      {
        unit: { id, name, path },
        isSorting: responsible === null,
        from: now,
        acceptDueAt: deadlines.acceptDueAt,
      },
    ],
    ...(resumes?.stints ? { earlierStints: resumes.stints } : {}),
    holds: [],
    submittedAt: now,
    submittedUnder: { bannerId: bannerOf(sorter.path), version: law.rules.version },
    changedAt: now,
    firstAnswer: {
      status,
      unitName: name,
      reasons: decision.reasons,
      isProvisional: decision.isProvisional,
      acceptDueAt: deadlines.acceptDueAt,
      ...(isCalled || submission.reporterKey === null ? {} : { contactDueAt: deadlines.contactDueAt }),
      ...(deadlines.planDueAt === undefined ? {} : { planDueAt: deadlines.planDueAt }),
      resolveDueAt: deadlines.resolveDueAt,
    },
    deadlines,
    dueAt: noDueAt,
    nextClockAt: null,
    // Theirs to deny here: they are known by another key in each report.
    contacts: firstWords.map((one, place) => ({ ...one, no: place + 1, key: submission.reporterKey ?? '' })),
    ...(isCalled ? { contactedAt: firstWordAt } : {}),
    hasPhone: submission.hasPhone,
    isByMember: submission.isByMember,
    ...(submission.receipt ? { receipt: submission.receipt } : {}),
    dispatches: [],
    handlerUnitId: null,
    workers: [],
    resolutions: [],
    ratings: [],
    questions: [],
    passCount: used?.passCount ?? 0,
    reworkCount: 0,
    reopenedAts: [],
    supervisedAts: [],
    urges: [],
    suspendedDays: used?.suspendedDays ?? 0,
    suspendedWinters: used?.suspendedWinters ?? [],
    extensions: used?.extensions ?? [],
    requests: [],
    requestCount: 0,
    appealedKeys: [],
    supporters: { count: 0, countedIn: [], heard: [] },
    coReporters: [],
    neverMergeInto: [],
    mergings: [],
    childReportIds: [],
    redFaces: [],
    ...(submission.isRecurring ? { comesBackTo: submission.recurringUnit ?? { id, name, path } } : {}),
    clockMarks: [],
    timeline: [],
    outbox: [],
  }
  const isDeclared = submission.reporterKey === null
  const change = beginChange(
    blank,
    now,
    isDeclared ? { side: 'staff', unitId: id, unitName: name } : { side: 'resident' },
    law,
    { command: submission.command },
  )
  const routed = { unit: name, isAnswering: responsible !== null }
  record(change, isDeclared ? { kind: 'declared' } : { kind: 'submitted' })
  if (submission.filedBy && submission.receipt) {
    const { key, isForFamily } = submission.receipt
    record(
      { ...change, by: submission.filedBy },
      {
        kind: 'filed-on-behalf',
        facts: isForFamily ? { isForFamily } : {},
        visibility: 'person',
        personKey: key,
      },
    )
  }
  record(change, { kind: 'routed', facts: routed })
  announce(change, { template: 'received', residents: routed })
  announceNew(change)
  if (isDeclared) addCause(change, 'declared', [{ id, name, path }])
  return finishChange(change)
}
