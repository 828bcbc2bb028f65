import type { RefusalCode } from '../../../ground/result'
import { lastOf } from '../../../ground/unit-path'
import {
  activeEpisode,
  forgetWords,
  isToldToStand,
  nowSpeaksAs,
  othersCame,
  standingCauses,
  standingNos,
} from '../../red-face/rules/red-face'
import { isSameMatter } from './alike'
import { forgetAppellants } from './appealing'
import { announce, enqueue, move, type ReportChange, record } from './change'
import { isConfidential } from './confidential'
import { leaveClock } from './family-clock'
import { recountUse } from './family-use'
import { isOpen, statusKind } from './lifecycle'
import type { Parting } from './lines'
import { missedContact } from './missed-contact'
import {
  acceptAnew,
  bringBackNos,
  endByMerging,
  handTo,
  keepNos,
  releaseClock,
  stepHasCome,
  takeInCauses,
  takeOn,
} from './moves'
import { recountContact } from './recount-contact'
import { isAnsweredBy, type Merging, type Report, type Supporter } from './report'
import { fillPlace, hasNoReporter, tookPlaceBefore, vacatePlace } from './reporters-place'
import { type LevelRequest, requestOf } from './request'
import { saidNos } from './said-nos'
import { unitsInIt } from './standing'
import type { FamilyNow, MergedChild, MergeParent } from './step-facts'
import { isLookOpen, isStrikeOpen } from './struck'
import { supporterAgain } from './supporters'

/** A cause stands that nothing has ended: whoever merged it away would take it off the list. */
export const hasOpenCause = (report: Pick<Report, 'redFaces'>): boolean => {
  const episode = activeEpisode(report.redFaces)
  return episode !== undefined && standingCauses(episode).length > 0
}

/** The same, of what its reporters may know: what hangs on a word of theirs tells them of nothing else (F1). */
const hasToldCause = ({ redFaces }: Pick<Report, 'redFaces'>): boolean => {
  const episode = activeEpisode(redFaces)
  return episode !== undefined && isToldToStand(episode)
}

/** Said by its reporter of the parent, or of something that lies in the parent by now. */
export const saidNotTheSame = (
  report: Pick<Report, 'neverMergeInto'>,
  parent: Pick<MergeParent, 'id' | 'childReportIds'>,
): boolean => [parent.id, ...parent.childReportIds].some((id) => report.neverMergeInto.includes(id))

/** What those who lie in a matter have said is another (M4). */
const apartFrom = ({ mergings, childReportIds }: Pick<Report, 'mergings' | 'childReportIds'>) =>
  mergings.flatMap((one) => (childReportIds.includes(one.childReportId) ? (one.apartFrom ?? []) : []))

/** M4: has either side's reporter said that the report and the matter, or what lies in it, are not the same? */
export const isKeptApart = (report: Report, child: Pick<MergedChild, 'id' | 'neverMergeInto'>): boolean =>
  saidNotTheSame(child, report) || apartFrom(report).includes(child.id)

/** What a report that is to be merged must know of the other. */
export const mergeParentOf = (child: Report, parent: Report): MergeParent => ({
  id: parent.id,
  isSameMatter: isSameMatter(child, parent),
  isOpen: isOpen(parent.status),
  isSuspended: parent.status === 'suspended',
  isConfidential: isConfidential(parent),
  answerableUnit: parent.answerableUnit,
  isSorting: parent.isSorting,
  unitPath: parent.unitPath,
  submittedAt: parent.submittedAt,
  hasToldCause: hasToldCause(parent),
  publicSummary: parent.publicSummary,
  childReportIds: parent.childReportIds,
  apartFrom: apartFrom(parent),
  unitIds: [...unitsInIt(parent)],
})

/** M4: what its reporter has taken out only their word brings back. Why they cannot be asked for it now. */
export const cannotAsk = (
  report: Pick<Report, 'reporterKey' | 'reporterLeftAt' | 'requests'>,
): RefusalCode | undefined => {
  if (report.reporterKey === null || report.reporterLeftAt !== undefined) return 'never-again'
  return requestOf(report.requests, 'merge') ? 'request-pending' : undefined
}

/** Why this unit may not merge it there now; undefined where it may. `seatUnitIds`: wherever who acts for it has a seat. */
export const cannotMerge = (
  { report, law, at }: ReportChange,
  parent: MergeParent,
  byUnitId: string | null,
  seatUnitIds: readonly string[] = [],
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
  if (isLookOpen(report, { now: at, law })) return 'look-open'
  if (isAnsweredBy(report, byUnitId)) {
    if (!isAnsweredBy(parent, byUnitId) || parent.hasToldCause || hasToldCause(report)) return 'level-merges'
    // A level above both: the parent must lie below the unit that merges.
  } else if (byUnitId === null || !parent.unitPath.includes(byUnitId)) return 'merge-target'
  // H1: it is an act in both matters, and no level's of whoever sits with another unit that is in either.
  else if (seatUnitIds.some((id) => id !== byUnitId && parent.unitIds.includes(id))) return 'not-eligible'
  // M4: it is for them to take back, and they are not asked here.
  if (parent.apartFrom.includes(report.id)) return 'never-again'
  // Said last: exact places decide it, and of a matter elsewhere not even that may be learnt (S1).
  return parent.isSameMatter ? undefined : 'not-same-matter'
}

/** The report goes on in another, until it is let go. */
export const mergeInto = (
  change: ReportChange,
  parent: MergeParent,
  askedByUnitId: string | null = null,
): void => {
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
  endByMerging(change)
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

/** What becomes of the co-reporters when one of their reports leaves. */
const withoutChild = (
  { coReporters, childReportIds }: Pick<Report, 'coReporters' | 'childReportIds'>,
  childReportId: string,
): {
  readonly staying: Report['coReporters']
  /** Supporters again, as they were before. */
  readonly back: readonly Supporter[]
  readonly gone: readonly string[]
} => {
  const staying: Report['coReporters'][number][] = []
  const back: Supporter[] = []
  const gone: string[] = []
  const isStillIn = ({ fromReportId }: Supporter): boolean =>
    fromReportId === undefined || (fromReportId !== childReportId && childReportIds.includes(fromReportId))
  for (const one of coReporters) {
    const { alsoFrom, ...rest } = one
    const left = [one.fromReportId, ...(alsoFrom ?? [])].filter((id) => id !== childReportId)
    const [fromReportId, ...others] = left
    if (fromReportId !== undefined) {
      staying.push({ ...rest, fromReportId, ...(others.length > 0 ? { alsoFrom: others } : {}) })
    } else if (one.wasSupporter && isStillIn(one.wasSupporter)) back.push(one.wasSupporter)
    else gone.push(one.key)
  }
  return { staying, back, gone }
}

/** The last of the child's mergings that the parent has heard of; 0 for none. */
export const latestMerging = (report: Pick<Report, 'mergings'>, childReportId: string): number =>
  report.mergings.find((one) => one.childReportId === childReportId)?.no ?? 0

/**
 * Also a merging that changes nothing is noted, with its number: news of an earlier one that arrives later is then known
 * to be old (`latestMerging`). `came`: what came into the parent with the child.
 */
export const noteMerging = (
  { report }: ReportChange,
  childReportId: string,
  no: number,
  came: Pick<MergedChild, 'cameCount' | 'neverMergeInto'> &
    Pick<Merging, 'clock' | 'stints' | 'used' | 'unitIds'> = {
    cameCount: 0,
    neverMergeInto: [],
  },
): void => {
  const others = report.mergings.filter((one) => one.childReportId !== childReportId)
  const { cameCount, neverMergeInto, clock, stints, used, unitIds = [] } = came
  report.mergings = [
    ...others,
    {
      childReportId,
      no,
      ...(cameCount > 0 ? { cameCount } : {}),
      ...(neverMergeInto.length > 0 ? { apartFrom: neverMergeInto } : {}),
      ...(clock ? { clock } : {}),
      ...(stints ? { stints } : {}),
      ...(used ? { used } : {}),
      ...(unitIds.length > 0 ? { unitIds } : {}),
    },
  ]
}

/**
 * M3: who had left the parent while it was listed, and filed anew what has been merged into it, is its reporter again.
 * A first word that had not been due when they left is due by the new report's clock.
 */
export const reporterIsBack = (change: ReportChange, child: MergedChild): void => {
  const { report } = change
  tookPlaceBefore(change, child.id)
  const key = report.reporterKey
  const before = report.mergings.find(({ cameBack }) => cameBack !== undefined && cameBack.key === key)
  const leftAt = report.reporterLeftAt ?? before?.cameBack?.leftAt
  if (leftAt === undefined || key === null) return
  const cameBack = { key, leftAt }
  report.mergings = report.mergings.map((one) =>
    one.childReportId === child.id ? { ...one, cameBack } : one,
  )
  if (report.reporterLeftAt === undefined) return
  delete report.reporterLeftAt
  if (report.deadlines.contactDueAt <= leftAt) return
  report.deadlines = { ...report.deadlines, contactDueAt: child.deadlines.contactDueAt }
}

/** The parent's reporter had come back (`cameBack`) with the child that leaves, and with no other child: they have left again. */
const reporterIsGone = ({ report }: ReportChange, { cameBack }: Merging): void => {
  if (!cameBack || cameBack.key !== report.reporterKey || report.reporterLeftAt !== undefined) return
  const isStillBack = report.mergings.some(
    (one) => one.cameBack?.key === cameBack.key && report.childReportIds.includes(one.childReportId),
  )
  if (!isStillBack) report.reporterLeftAt = cameBack.leftAt
}

/** A child leaves, with the people who came with it. */
export const letGo = (change: ReportChange, childReportId: string): void => {
  const { report } = change
  const { staying, ...others } = withoutChild(report, childReportId)
  const back = [...others.back]
  const gone = [...others.gone]
  recountUse(change, () => {
    report.childReportIds = report.childReportIds.filter((id) => id !== childReportId)
  })
  report.coReporters = staying
  const merging = report.mergings.find((one) => one.childReportId === childReportId)
  const cameWith = (one: Supporter): boolean => one.fromReportId === childReportId
  const goneHeard = report.supporters.heard.filter(cameWith)
  report.supporters = {
    ...report.supporters,
    count: report.supporters.count - (merging?.cameCount ?? 0),
    heard: report.supporters.heard.filter((one) => !cameWith(one)),
  }
  report.redFaces = othersCame(report.redFaces, -(merging?.cameCount ?? 0))
  if (merging) {
    leaveClock(change, merging)
    noteMerging(change, childReportId, merging.no)
    const missed = missedContact(change)
    reporterIsGone(change, merging)
    const left = vacatePlace(change, merging)
    // M6: what was missed with the family's reporter stays missed, whoever of them leaves.
    if (missed && hasNoReporter(report)) report.missedContact ??= missed
    const from = left?.wasSupporter?.fromReportId
    if (left?.wasSupporter && (from === undefined || report.childReportIds.includes(from)))
      back.push(left.wasSupporter)
    else if (left) gone.push(left.key)
  }
  // They speak of their own matter from now on: here nobody could ask them again.
  const noMoreHere = new Set([...gone, ...goneHeard.map((one) => one.key)])
  // What they have said no to was no good, and stays so in S (F5).
  const kept = report.formerNos ?? []
  keepNos(change, (said, withinMs) =>
    saidNos(said, withinMs).filter((no) => kept.includes(no) || noMoreHere.has(no.key)),
  )
  report.redFaces = forgetWords(report.redFaces, noMoreHere)
  forgetAppellants(change, noMoreHere)
  // A first word to who leaves is theirs, not the family's; what had been due by then was kept.
  if (report.deadlines.contactDueAt > change.at)
    report.contacts = report.contacts.map((one) =>
      one.key !== undefined && gone.includes(one.key) ? { ...one, leftAt: one.leftAt ?? change.at } : one,
    )
  recountContact(change)
  for (const one of back) {
    supporterAgain(change, one)
    // F5: a no stands until who said it says yes: it grows no weaker as they become less.
    const nos = standingNos(activeEpisode(report.redFaces)?.words ?? [])
    if (!nos.some(({ key }) => key === one.key))
      report.redFaces = nowSpeaksAs(report.redFaces, one.key, 'supporter')
  }
  if (isOpen(report.status)) fillPlace(change)
}

/**
 * A merged report goes its own way again, further on by what was done for the family meanwhile (M4, M5): a plan, and
 * the acceptance where the unit that accepted is its own (A1). Never further: a handler, a suspension and evidence were
 * given for the other matter, and a first word reached whom it was said to (C1).
 */
export const goOwnWay = (change: ReportChange, family: FamilyNow, facts: Parting): void => {
  const { report } = change
  const { merged } = report
  if (!merged) throw new Error(`report ${report.id} is not merged`)
  const { home, acceptedBy, plan } = family
  const movesTo = home && home.id !== report.answerableUnit.id ? home : undefined
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
  takeInCauses(change, family.causes)
  bringBackNos(change, family.causes, merged.at)
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
  if (!movesTo && report.status === 'routed' && acceptedBy && isAnsweredBy(report, acceptedBy.unitId)) {
    takeOn(change, Math.max(acceptedBy.at, merged.at))
    record(change, {
      kind: 'accepted',
      line: 'accepted-while-merged',
      facts: { unit: report.answerableUnit.name },
    })
  }
  announce(change, {
    template: 'unmerged',
    units: facts,
    residents: facts,
    supporters: facts,
    alsoUnits: [report.answerableUnit.id],
  })
}
