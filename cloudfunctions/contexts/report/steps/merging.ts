import { type Refusal, type RefusalCode, refuse } from '../../../ground/result'
import { lastOf, unitOf } from '../../../ground/unit-path'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import {
  activeEpisode,
  endEpisode,
  forgetWords,
  isVerdict,
  nowSpeaksAs,
  openRedFace,
  standingCauses,
} from '../../red-face/rules/red-face'
import { announce, enqueue, move, type ReportChange, record } from '../rules/change'
import type { FamilyNow, MergeParent, ReportCommand } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { isOpen, statusKind } from '../rules/lifecycle'
import type { Parting } from '../rules/lines'
import {
  type Asking,
  acceptAnew,
  askReporter,
  finish,
  handTo,
  markAccepted,
  releaseClock,
  stepHasCome,
} from '../rules/moves'
import { type Deadlines, householdsIn, type Report } from '../rules/report'
import { type LevelRequest, requestOf } from '../rules/request'
import { branchLead, levelStaff } from '../rules/standing'
import { isStrikeOpen } from '../rules/struck'
import { type Refused, resident, type StepOf, staff } from './step'

const refusal = (code: RefusalCode): Refusal => refuse(code).error

const hasOpenCause = (report: Pick<Report, 'redFaces'>): boolean => {
  const episode = activeEpisode(report.redFaces)
  return episode !== undefined && standingCauses(episode).length > 0
}

/** 并案: only the same matter (M1); across branches, and with an open cause, the level above does it. */
export const merge: StepOf<'merge'> = {
  grants: [
    staff('branch', branchLead, ['routed', 'accepted']),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', levelStaff, ['unrouted', 'routed', 'accepted']),
  ],
  bars: (report, scene) => {
    if (isConfidential(report)) return refusal('confidential')
    if (report.childReportIds.length > 0) return refusal('has-children')
    // F3: the time to appeal against a striking does not end with the matter's own life.
    if (isStrikeOpen(report, scene)) return refusal('strike-open')
    return scene.unitId === report.branchId && hasOpenCause(report) ? refusal('level-merges') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const { parent } = command
    const barred = cannotMerge(change, parent, scene.unitId ?? null)
    if (barred) return refuse(barred)
    if (!saidNotTheSame(report, parent)) {
      mergeInto(change, parent)
      return undefined
    }
    const silent = cannotAsk(report)
    if (silent) return refuse(silent)
    askToMergeAgain(change, parent, {
      side: scene.unitId === report.branchId ? 'branch' : 'level',
      actorId: scene.actorId,
    })
    return undefined
  },
}

/** M4: only their word merges it again; unanswered the request lapses when another would have moved up. */
const askToMergeAgain = (change: ReportChange, parent: MergeParent, asking: Asking): void => {
  const { law, at } = change
  const other = parent.publicSummary
  const by = askReporter(
    change,
    { kind: 'merge', parentReportId: parent.id, parentSummary: other },
    asking,
    endOfWorkingDayAfter(law.calendar, at, law.rules.report.requestMovesUpAfterWorkingDays),
    (asker) => ({ kind: 'requested', line: 'asked-to-merge-again', facts: { by: asker, other } }),
  )
  announce(change, { template: 'merge-again', units: { by, other }, reporter: { by, other } })
}

/** Said by its reporter of the parent, or of something that lies in the parent by now. */
export const saidNotTheSame = (
  report: Pick<Report, 'neverMergeInto'>,
  parent: Pick<MergeParent, 'id' | 'childReportIds'>,
): boolean => [parent.id, ...parent.childReportIds].some((id) => report.neverMergeInto.includes(id))

/** M4: what its reporter has taken out only their word brings back. Why they cannot be asked for it now. */
export const cannotAsk = (
  report: Pick<Report, 'reporterKey' | 'reporterLeftAt' | 'requests'>,
): RefusalCode | undefined => {
  if (report.reporterKey === null || report.reporterLeftAt !== undefined) return 'never-again'
  return requestOf(report.requests, 'merge') ? 'request-pending' : undefined
}

/** Why this unit may not merge it there now; undefined where it may. */
const cannotMerge = (
  { report, law, at }: ReportChange,
  parent: MergeParent,
  byUnitId: string | null,
): RefusalCode | undefined => {
  if (
    parent.id === report.id ||
    !parent.isOpen ||
    parent.isSuspended ||
    parent.isConfidential ||
    parent.submittedAt >= report.submittedAt
  ) {
    return 'merge-target'
  }
  if (isStrikeOpen(report, { now: at, law })) return 'strike-open'
  const isForTheLevel = parent.branchId !== report.branchId || parent.hasOpenCause || hasOpenCause(report)
  if (byUnitId === report.branchId) {
    if (isForTheLevel) return 'level-merges'
    // A level above both: the parent must lie below the unit that merges.
  } else if (byUnitId === null || !parent.unitPath.includes(byUnitId)) return 'merge-target'
  // Said last: exact places decide it, and of a matter elsewhere not even that may be learnt (S1).
  return parent.isSameMatter ? undefined : 'not-same-matter'
}

const mergeInto = (change: ReportChange, parent: MergeParent, askedByUnitId: string | null = null): void => {
  const { report } = change
  const no = report.rev + 1
  report.merged = {
    parentReportId: parent.id,
    no,
    at: change.at,
    previousStatus: report.status,
    handlerUnitId: null,
  }
  report.parentReportId = parent.id
  finish(change, 'merged')
  report.redFaces = endEpisode(report.redFaces, 'merged', change.at)
  record(change, { kind: 'merged' })
  enqueue(change, { kind: 'merge', parentReportId: parent.id, mergingNo: no })
  const facts = { other: parent.publicSummary }
  announce(change, {
    template: 'merged',
    units: facts,
    residents: facts,
    supporters: facts,
    alsoUnits: [askedByUnitId],
  })
}

/**
 * 还是同一件事: the reporter's word merges it again (M4), on behalf of the unit that asked. Where that unit could
 * not merge it there any more, the word leads nowhere and what was said before stands.
 */
export const mergeByWord = (
  change: ReportChange,
  request: Extract<LevelRequest, { kind: 'merge' }>,
  parent: MergeParent | undefined,
): void => {
  const { report } = change
  report.requests = report.requests.filter((one) => one.no !== request.no)
  record(change, { kind: 'request-agreed', line: 'agreed-to-merge', visibility: 'parties' })
  if (parent?.id === request.parentReportId && !cannotMerge(change, parent, request.byUnitId)) {
    const isMeant = new Set([parent.id, ...parent.childReportIds])
    report.neverMergeInto = report.neverMergeInto.filter((id) => !isMeant.has(id))
    mergeInto(change, parent, request.byUnitId)
    return
  }
  const facts = { other: request.parentSummary }
  record(change, { kind: 'request-lapsed', line: 'merging-lapsed', facts, visibility: 'parties' })
  announce(change, {
    template: 'merging-lapsed',
    units: facts,
    reporter: facts,
    alsoUnits: [request.byUnitId],
  })
}

/** The family runs on its earliest clock (M2); a first word that one of them has had no longer runs. */
const earliest = (one: Deadlines, other: Deadlines, isContacted: boolean): Deadlines => ({
  ...one,
  startedAt: Math.min(one.startedAt, other.startedAt),
  contactDueAt: isContacted ? one.contactDueAt : Math.min(one.contactDueAt, other.contactDueAt),
  ...(one.planDueAt === undefined && other.planDueAt === undefined
    ? {}
    : {
        planDueAt: Math.min(
          one.planDueAt ?? Number.POSITIVE_INFINITY,
          other.planDueAt ?? Number.POSITIVE_INFINITY,
        ),
      }),
  resolveDueAt: Math.min(one.resolveDueAt, other.resolveDueAt),
})

/** Who reported the child reports the parent too; a reporter of the parent stays what they are. */
const joinAsCoReporter = (
  { report, at }: ReportChange,
  child: { readonly id: string; readonly reporterKey: string | null },
): void => {
  const key = child.reporterKey
  if (key === null || key === report.reporterKey) return
  if (report.coReporters.some((one) => one.key === key)) {
    report.coReporters = report.coReporters.map((one) =>
      one.key === key ? { ...one, alsoFrom: [...(one.alsoFrom ?? []), child.id] } : one,
    )
    return
  }
  const wasSupporter = report.supporters.find((one) => one.key === key)
  report.coReporters = [
    ...report.coReporters,
    { key, at, fromReportId: child.id, ...(wasSupporter ? { wasSupporter } : {}) },
  ]
  report.supporters = report.supporters.filter((one) => one.key !== key)
  report.redFaces = nowSpeaksAs(report.redFaces, key, 'co-reporter')
}

/** What becomes of the co-reporters when one of their reports leaves. */
const withoutChild = (
  coReporters: Report['coReporters'],
  childReportId: string,
): {
  readonly staying: Report['coReporters']
  /** Supporters again, as they were before. */
  readonly back: Report['supporters']
  readonly gone: readonly string[]
} => {
  const staying: Report['coReporters'][number][] = []
  const back: Report['supporters'][number][] = []
  const gone: string[] = []
  for (const one of coReporters) {
    const { alsoFrom, ...rest } = one
    const left = [one.fromReportId, ...(alsoFrom ?? [])].filter((id) => id !== childReportId)
    const [fromReportId, ...others] = left
    if (fromReportId !== undefined) {
      staying.push({ ...rest, fromReportId, ...(others.length > 0 ? { alsoFrom: others } : {}) })
    } else if (one.wasSupporter) back.push(one.wasSupporter)
    else gone.push(one.key)
  }
  return { staying, back, gone }
}

/** The parent takes the child in. Refused where it is done meanwhile: the child then goes its own way (M5). */
export const absorb = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'absorb' }>,
): Refused | undefined => {
  const { report } = change
  const { child } = command
  const isIn = report.childReportIds.includes(child.id)
  const latest = latestMerging(report, child.id)
  if (isIn && latest === child.mergingNo) return undefined
  // Its reporter has taken it out again, and the parent heard of that first.
  if (child.mergingNo <= latest) return refuse('merge-target')
  if (!isOpen(report.status) || report.status === 'suspended' || isConfidential(report)) {
    return refuse('merge-target')
  }
  if (isIn) letGo(change, child.id)
  noteMerging(change, child.id, child.mergingNo)
  report.childReportIds = [...report.childReportIds, child.id]
  const known = new Set<string | null>([
    report.reporterKey,
    ...report.coReporters.map((one) => one.key),
    ...report.supporters.map((one) => one.key),
  ])
  joinAsCoReporter(change, child)
  report.supporters = [
    ...report.supporters,
    ...child.supporters
      .filter((one) => !known.has(one.key) && one.key !== child.reporterKey)
      .map((one) => ({ ...one, fromReportId: child.id })),
  ]
  const isContacted = report.contactedAt !== undefined || child.contactedAt !== undefined
  report.deadlines = earliest(report.deadlines, child.deadlines, isContacted)
  for (const cause of child.causes) {
    const saidBy = isVerdict(cause) && child.reporterKey !== null ? { saidBy: [child.reporterKey] } : {}
    report.redFaces = openRedFace(report.redFaces, cause, saidBy).episodes
  }
  const facts = { households: householdsIn(report) }
  record(change, { kind: 'absorbed', facts })
  announce(change, { template: 'absorbed', units: facts })
  return undefined
}

const latestMerging = (report: Pick<Report, 'mergings'>, childReportId: string): number =>
  report.mergings.find((one) => one.childReportId === childReportId)?.no ?? 0

const noteMerging = ({ report }: ReportChange, childReportId: string, no: number): void => {
  const others = report.mergings.filter((one) => one.childReportId !== childReportId)
  report.mergings = [...others, { childReportId, no }]
}

/**
 * The parent lets a child go, with the people who came with it. It is noted also where the child never came: who
 * still carries it in then comes too late.
 */
export const release = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'release' }>,
): Refused | undefined => {
  const { report } = change
  const { childReportId, mergingNo } = command
  const latest = latestMerging(report, childReportId)
  // Merged anew since, which this says nothing of.
  if (latest > mergingNo) return undefined
  if (latest < mergingNo) noteMerging(change, childReportId, mergingNo)
  if (!report.childReportIds.includes(childReportId)) return undefined
  letGo(change, childReportId)
  record(change, { kind: 'released' })
  announce(change, { template: 'released', units: {} })
  return undefined
}

const letGo = (change: ReportChange, childReportId: string): void => {
  const { report } = change
  report.childReportIds = report.childReportIds.filter((id) => id !== childReportId)
  const { staying, back, gone } = withoutChild(report.coReporters, childReportId)
  const goneSupporters = report.supporters.filter((one) => one.fromReportId === childReportId)
  report.coReporters = staying
  report.supporters = [...report.supporters.filter((one) => one.fromReportId !== childReportId), ...back]
  // They speak of their own matter from now on: here nobody could ask them again.
  report.redFaces = forgetWords(report.redFaces, new Set([...gone, ...goneSupporters.map((one) => one.key)]))
  for (const one of back) report.redFaces = nowSpeaksAs(report.redFaces, one.key, 'supporter')
}

/**
 * A merged report goes its own way again, further on by what was done for the family meanwhile (M4, M5): a first
 * word, a plan, and the acceptance where the unit that accepted is its own (A1). Never further: a handler, a
 * suspension and evidence were given for the other matter.
 */
const goOwnWay = (change: ReportChange, family: FamilyNow, facts: Parting): void => {
  const { report } = change
  const { merged } = report
  if (!merged) throw new Error(`report ${report.id} is not merged`)
  const { home, acceptedBy, plan } = family
  const movesTo = home && home.id !== unitOf(report.unitPath) ? home : undefined
  delete report.merged
  delete report.parentReportId
  releaseClock(change, 'one-working-day')
  if (movesTo) {
    handTo(change, movesTo, { isSorting: false, policy: 'reassigned', reason: { why: 'unmerged', ...facts } })
  } else {
    move(change, merged.previousStatus)
    // The decline that had been proposed fell with the merge (K8).
    const isAnswered = lastOf(report.stints)?.acceptedAt !== undefined
    if (statusKind(report.status) === 'waiting' && isAnswered) acceptAnew(change)
  }
  if (family.contactedAt !== undefined) {
    report.contacts = [
      ...report.contacts,
      {
        no: report.contacts.length + 1,
        at: family.contactedAt,
        channel: 'visit',
        unitId: report.branchId ?? '',
      },
    ]
    report.contactedAt = Math.min(report.contactedAt ?? Number.POSITIVE_INFINITY, family.contactedAt)
  }
  for (const cause of family.causes) report.redFaces = openRedFace(report.redFaces, cause).episodes
  record(change, { kind: 'unmerged', facts })
  if (plan && report.deadlines.planDueAt !== undefined && report.plan === undefined) {
    report.plan = plan
    stepHasCome(change, 'plan-overdue')
    record(change, {
      kind: 'plan-laid',
      line: 'plan-laid-while-merged',
      facts: { plan: plan.text, budget: plan.budget },
    })
  }
  if (!movesTo && report.status === 'routed' && acceptedBy?.unitId === report.branchId) {
    markAccepted(change, Math.max(acceptedBy.at, merged.at))
    move(change, 'accepted')
    record(change, {
      kind: 'accepted',
      line: 'accepted-while-merged',
      facts: { unit: report.branchName },
    })
  }
  announce(change, {
    template: 'unmerged',
    units: facts,
    residents: facts,
    supporters: facts,
    alsoUnits: [unitOf(report.unitPath)],
  })
}

/** 不是同一件事: said by the one whose report it is, at once and for good (M4). */
export const unmerge: StepOf<'unmerge'> = {
  grants: [resident('reporter', ['merged'])],
  decide: (change, command) => {
    const { report } = change
    const { merged } = report
    if (!merged) throw new Error(`report ${report.id} is not merged`)
    const parentId = merged.parentReportId
    goOwnWay(change, command.family, { because: 'not-the-same' })
    report.neverMergeInto = [...new Set([...report.neverMergeInto, parentId])]
    enqueue(change, { kind: 'leave-parent', parentReportId: parentId, mergingNo: merged.no })
    return undefined
  },
}

/** The parent was withdrawn or declined, or was done before it could take the child in (M5). */
export const giveBack = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'give-back' }>,
): Refused | undefined => {
  const { report } = change
  const { merged } = report
  if (merged?.parentReportId !== command.parentReportId || merged.no !== command.mergingNo) return undefined
  goOwnWay(change, command.family, { because: 'parent-is-over' })
  return undefined
}

/** A temporary unit's open reports go home on its last day, with a note (A6). */
export const goHome = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'go-home' }>,
): Refused | undefined => {
  const { report } = change
  if (!isOpen(report.status) || report.branchId === command.to.id) return undefined
  const facts = { from: report.branchName, to: command.to.name }
  handTo(change, command.to, {
    isSorting: false,
    policy: 'went-home',
    reason: { why: 'went-home', ...facts },
  })
  record(change, { kind: 'went-home', facts })
  record(change, { kind: 'noted', line: 'unit-gone', facts: command.gone, visibility: 'staff' })
  announce(change, { template: 'went-home', units: facts, residents: facts, supporters: facts })
  return undefined
}
