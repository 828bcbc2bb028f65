import {
  activeEpisode,
  endEpisode,
  forgetWords,
  isVerdict,
  nowSpeaksAs,
  openRedFace,
  standingCauses,
} from '../../red-face/red-face'
import { type Refusal, type RefusalCode, refuse } from '../../result'
import { announce, enqueue, move, type ReportChange, record } from '../change'
import type { FamilyNow, ReportCommand } from '../commands'
import { isConfidential } from '../confidential'
import { isOpen } from '../lifecycle'
import { finish, handTo, named, releaseClock } from '../moves'
import { type Deadlines, householdsIn, type Report } from '../report'
import { branchLead, levelStaff, type Refused, resident, type StepOf, staff } from '../step'
import { isStrikeOpen } from './resident'

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
    if (report.neverMergeInto.includes(parent.id)) return refuse('never-again')
    if (
      parent.id === report.id ||
      !parent.isOpen ||
      parent.isSuspended ||
      parent.isConfidential ||
      parent.submittedAt >= report.submittedAt
    ) {
      return refuse('merge-target')
    }
    if (!parent.isSameMatter) return refuse('not-same-matter')
    const isBranch = scene.unitId === report.branchId
    if (isBranch && (parent.branchId !== report.branchId || parent.hasOpenCause)) {
      return refuse('level-merges')
    }
    // A level above both: the parent must lie below the unit that merges.
    if (!isBranch && !parent.unitPath.includes(scene.unitId ?? '')) return refuse('merge-target')
    const previousStatus = report.status
    report.merged = { parentReportId: parent.id, at: change.at, previousStatus, handlerUnitId: null }
    report.parentReportId = parent.id
    finish(change, 'merged')
    report.redFaces = endEpisode(report.redFaces, 'merged', change.at)
    record(change, { kind: 'merged', text: `与${named(parent)}并案办理` })
    enqueue(change, { kind: 'merge', parentReportId: parent.id })
    announce(change, {
      title: '已并案',
      units: `${named(report)}与${named(parent)}并案办理。`,
      residents: `您反映的${named(report)}与${named(parent)}一起办理，每一步都会告诉您。不是同一件事？可以拆开。`,
      supporters: `您关心的${named(report)}与${named(parent)}一起办理。`,
    })
    return undefined
  },
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
  if (report.childReportIds.includes(child.id)) return undefined
  if (!isOpen(report.status) || report.status === 'suspended' || isConfidential(report)) {
    return refuse('merge-target')
  }
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
  const households = householdsIn(report)
  record(change, { kind: 'absorbed', text: `并入一件同样的诉求，共${households}户` })
  announce(change, { title: '并入', units: `${named(report)}并入一件同样的诉求，共${households}户。` })
  return undefined
}

/** The parent lets a child go, with the people who came with it. */
export const release = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'release' }>,
): Refused | undefined => {
  const { report } = change
  if (!report.childReportIds.includes(command.childReportId)) return undefined
  report.childReportIds = report.childReportIds.filter((id) => id !== command.childReportId)
  const { staying, back, gone } = withoutChild(report.coReporters, command.childReportId)
  const goneSupporters = report.supporters.filter((one) => one.fromReportId === command.childReportId)
  report.coReporters = staying
  report.supporters = [
    ...report.supporters.filter((one) => one.fromReportId !== command.childReportId),
    ...back,
  ]
  // They speak of their own matter from now on: here nobody could ask them again.
  report.redFaces = forgetWords(report.redFaces, new Set([...gone, ...goneSupporters.map((one) => one.key)]))
  for (const one of back) report.redFaces = nowSpeaksAs(report.redFaces, one.key, 'supporter')
  record(change, { kind: 'released', text: '一件并入的诉求已拆出，单独办理' })
  announce(change, { title: '拆案', units: `并入${named(report)}的一件诉求已拆出。` })
  return undefined
}

/** A merged report goes its own way again, further on by what was done for the family meanwhile (M4, M5). */
const goOwnWay = (change: ReportChange, family: FamilyNow, text: string): void => {
  const { report } = change
  const { merged } = report
  if (!merged) throw new Error(`report ${report.id} is not merged`)
  const { home } = family
  delete report.merged
  delete report.parentReportId
  releaseClock(change, 'one-working-day')
  if (home && home.id !== report.unitPath[report.unitPath.length - 1]) {
    handTo(change, home, { isSorting: false, policy: 'reassigned', reason: text })
  } else {
    move(change, merged.previousStatus)
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
  record(change, { kind: 'unmerged', text })
  announce(change, {
    title: '拆案',
    units: `${named(report)}${text}。`,
    residents: `您反映的${named(report)}${text}，时限照原来的算。`,
    supporters: `您关心的${named(report)}${text}。`,
    alsoUnits: [report.unitPath[report.unitPath.length - 1] ?? null],
  })
}

/** 不是同一件事: said by the one whose report it is, at once and for good (M4). */
export const unmerge: StepOf<'unmerge'> = {
  grants: [resident('reporter', ['merged'])],
  decide: (change, command) => {
    const { report } = change
    const parentId = report.parentReportId
    if (parentId === undefined) throw new Error(`report ${report.id} is merged into nothing`)
    goOwnWay(change, command.family, '居民说不是同一件事，已拆开单独办理')
    report.neverMergeInto = [...new Set([...report.neverMergeInto, parentId])]
    enqueue(change, { kind: 'leave-parent', parentReportId: parentId })
    return undefined
  },
}

/** The parent was withdrawn or declined, or was done before it could take the child in (M5). */
export const giveBack = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'give-back' }>,
): Refused | undefined => {
  const { report } = change
  if (report.status !== 'merged' || report.parentReportId !== command.parentReportId) return undefined
  goOwnWay(change, command.family, '原来并案的那件已经了结，这件单独接着办')
  return undefined
}

/** A temporary unit's open reports go home on its last day, with a note (A6). */
export const goHome = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'go-home' }>,
): Refused | undefined => {
  const { report } = change
  if (!isOpen(report.status) || report.branchId === command.to.id) return undefined
  const from = report.branchName
  const text = `${from}已撤，由${command.to.name}接着办`
  handTo(change, command.to, { isSorting: false, policy: 'went-home', reason: text })
  record(change, { kind: 'went-home', text: `${text}，时限不变` })
  record(change, { kind: 'noted', text: command.note, visibility: 'staff' })
  announce(change, {
    title: '责任单位变更',
    units: `${named(report)}${text}，时限不变。`,
    residents: `您反映的${named(report)}${text}，时限不变。`,
    supporters: `您关心的${named(report)}${text}。`,
  })
  return undefined
}
