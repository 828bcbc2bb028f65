import { chinaDateOn, chinaDaysBetween, dayMs, monthDayText } from '../../../ground/instant'
import { type Refusal, type RefusalCode, refuse } from '../../../ground/result'
import { bannerOf, isBelowBanner } from '../../../ground/unit-path'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import { aboveJudges } from '../../organisation/rules/unit'
import {
  activeEpisode,
  changeCauses,
  isStanding,
  isVerdict,
  standingNos,
} from '../../red-face/rules/red-face'
import { actingUnit, announce, type ReportChange, record, recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import {
  addCause,
  askAbove,
  askForLook,
  markAccepted,
  resumeReport,
  unitNow,
  vouchersAt,
  whoseVerdict,
} from '../rules/moves'
import type { Report } from '../rules/report'
import { type Hearing, type RequestKind, requestOf } from '../rules/request'
import { ordinaryDaysLeft, putOffUntilOn, seasonBars } from '../rules/season'
import { branchLead } from '../rules/standing'
import { answered, type Refused, type StepOf, staff, working } from './step'

const refusal = (code: RefusalCode): Refusal => refuse(code).error

const pending = (report: Report, kind: RequestKind): Refusal | undefined =>
  requestOf(report.requests, kind) ? refusal('request-pending') : undefined

/** Proposed once by whoever has it, granted one level up; proposed in time is in time (A1). */
export const decline: StepOf<'decline'> = {
  grants: [staff('branch', branchLead, ['routed']), staff('sorter', ['clerk'], ['unrouted'])],
  bars: (report) => pending(report, 'decline') ?? (report.decline ? refusal('declined-once') : undefined),
  decide: (change, command, scene) => {
    const { report } = change
    markAccepted(change)
    report.decline = { proposedAt: change.at }
    recordNote(change, command.note)
    askAbove(change, { kind: 'decline', because: command.reason }, { side: 'branch', actorId: scene.actorId })
    return undefined
  },
}

export const suspend: StepOf<'suspend'> = {
  grants: [staff('branch', branchLead, ['accepted', 'dispatched'])],
  bars: (report, scene) =>
    pending(report, 'suspend') ??
    (ordinaryDaysLeft(report, scene) === 0 && seasonBars(report, scene)
      ? refusal('suspension-in-all')
      : undefined),
  decide: (change, command, scene) => {
    const { report, at } = change
    const { untilAt, plan, reason, isSeasonal } = command
    if (untilAt <= at) return refuse('date-in-past')
    const refused = isSeasonal ? beyondThaw(change, untilAt) : beyondOrdinaryDays(change, untilAt)
    if (refused) return refused
    askAbove(
      change,
      { kind: 'suspend', untilAt, plan, ...(isSeasonal ? { isSeasonal } : {}) },
      {
        side: 'branch',
        reason,
        actorId: scene.actorId,
        ...(isSeasonal && isBelowBanner(report.unitPath) ? { rulingUnitId: bannerOf(report.unitPath) } : {}),
      },
    )
    return undefined
  },
}

const beyondOrdinaryDays = ({ report, law, at }: ReportChange, untilAt: number): Refused | undefined => {
  const days = chinaDaysBetween(at, untilAt)
  const { maxSuspensionDays, maxSuspensionDaysInAll } = law.rules.report
  if (days > maxSuspensionDays) {
    return refuse('suspension-too-long', { days: maxSuspensionDays }, `挂账一次最长${maxSuspensionDays}天`)
  }
  if (report.suspendedDays + days <= maxSuspensionDaysInAll) return undefined
  const left = maxSuspensionDaysInAll - report.suspendedDays
  return refuse(
    'suspension-in-all',
    { days: left },
    `挂账前后一共最长${maxSuspensionDaysInAll}天，还剩${left}天`,
  )
}

/** Only for what waits for the thaw, and no longer than it takes (K6). */
const beyondThaw = ({ report, law, at }: ReportChange, untilAt: number): Refused | undefined => {
  const moment = { now: at, law }
  const barred = seasonBars(report, moment)
  if (barred) return { ok: false, error: barred }
  const lastOn = putOffUntilOn(report, moment) ?? ''
  if (chinaDateOn(untilAt) <= lastOn) return undefined
  const lastDay = monthDayText(lastOn.slice('YYYY-'.length))
  return refuse('suspension-too-long', { untilOn: lastOn }, `土冻住了的，最晚挂到${lastDay}`)
}

/** The time that was allowed at first: without what holding the clock or an extension has added (K7). */
const originalMsOf = ({ deadlines, extensions }: Pick<Report, 'deadlines' | 'extensions'>): number =>
  extensions.reduce(
    (ms, one) => ms - one.byMs,
    deadlines.resolveDueAt - deadlines.startedAt - (deadlines.heldMs ?? 0),
  )

/** At most the original allowance, at most two; a further one needs every reporter's word (K7). */
export const extend: StepOf<'extend'> = {
  grants: [staff('branch', branchLead, ['accepted', 'dispatched', 'awaiting-check'])],
  bars: (report, scene) =>
    pending(report, 'extend') ??
    // So late that no date could be named any more.
    (scene.now >= report.deadlines.resolveDueAt + originalMsOf(report)
      ? refusal('extension-too-long')
      : undefined),
  decide: (change, command, scene) => {
    const { report, law, at } = change
    const { resolveDueAt } = report.deadlines
    if (command.resolveDueAt <= resolveDueAt || command.resolveDueAt <= at) {
      return refuse('date-in-past', undefined, '延期后的日期要晚于现在的时限')
    }
    const originalMs = originalMsOf(report)
    if (command.resolveDueAt - resolveDueAt > originalMs) {
      return refuse('extension-too-long', { days: Math.floor(originalMs / dayMs) })
    }
    askAbove(
      change,
      { kind: 'extend', resolveDueAt: command.resolveDueAt },
      { side: 'branch', reason: command.reason, actorId: scene.actorId },
    )
    if (report.extensions.length >= law.rules.report.maxExtensions) {
      announce(change, { template: 'extend-again', residents: { unit: actingUnit(change) } })
    }
    return undefined
  },
}

export const resume: StepOf<'resume'> = {
  grants: [staff('branch', branchLead, ['suspended'])],
  decide: (change, command) => {
    resumeReport(change, 'unit-goes-on')
    recordNote(change, command.note)
    return undefined
  },
}

/** Asks the level above to go and see: after the reporter's silence, or where somebody's no stands (F5). */
export const askLook: StepOf<'ask-look'> = {
  grants: [staff('branch', branchLead, answered)],
  bars: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refusal('no-active-entry')
    if (!episode.evidence) return refusal('not-yet')
    const silenceEndsAt = episode.evidence.at + scene.law.rules.redFace.consentWithinDays * dayMs
    const hasNo = standingNos(episode.words).length > 0
    if (!hasNo && scene.now < silenceEndsAt) return refusal('not-yet')
    return pending(report, 'look')
  },
  decide: (change, command) => {
    const episode = activeEpisode(change.report.redFaces)
    recordNote(change, command.note)
    askForLook(change, episode && standingNos(episode.words).length > 0 ? 'supporter-objects' : 'silence')
    return undefined
  },
}

/** A unit disputes causes that belong to it, each once; what is public stays, marked 申诉中 (F3). */
export const appealRedFace: StepOf<'appeal-red-face'> = {
  grants: [staff('blamed', branchLead, answered)],
  bars: (report, scene) => {
    if (requestOf(report.requests, 'appeal-red-face')) return refusal('request-pending')
    const episode = activeEpisode(report.redFaces)
    const disputable = episode?.causes.some(
      (cause) =>
        isStanding(cause) && !cause.wasAppealed && cause.units.some((unit) => unit.id === scene.unitId),
    )
    return disputable ? undefined : refusal(episode ? 'already-appealed' : 'no-active-entry')
  },
  decide: (change, command, scene) => {
    const { report, law, at } = change
    const episode = activeEpisode(report.redFaces)
    const chosen = new Set(command.causeNos)
    const disputed =
      episode?.causes.filter(
        (cause) =>
          isStanding(cause) &&
          !cause.wasAppealed &&
          cause.units.some((unit) => unit.id === scene.unitId) &&
          (chosen.size === 0 || chosen.has(cause.no)),
      ) ?? []
    if (disputed.length === 0) return refuse('already-appealed')
    const unit = disputed[0]?.units.find((one) => one.id === scene.unitId)
    const numbers = disputed.map((cause) => cause.no)
    // H1: above the unit it blames, and above who has found the work good that residents call bad.
    const verdicts = disputed.filter(isVerdict)
    const vouchers = verdicts.flatMap((cause) => vouchersAt(report, cause.at))
    const { hearingWorkingDays } = law.rules.redFace
    const hearing: Hearing | undefined =
      verdicts.length === 0
        ? undefined
        : {
            askedKeys: whoseVerdict(report as Report, verdicts),
            saidKeys: [],
            until: endOfWorkingDayAfter(law.calendar, at, hearingWorkingDays),
          }
    askAbove(
      change,
      { kind: 'appeal-red-face', causeNos: numbers, ...(hearing ? { hearing } : {}) },
      {
        side: 'branch',
        reason: command.reason,
        actorId: scene.actorId,
        rulingUnitId: unit ? aboveJudges(unit.path, [{ unitId: unit.id }, ...vouchers]) : null,
        judges: vouchers,
      },
    )
    const heldUntil = endOfWorkingDayAfter(law.calendar, at, law.rules.redFace.appealHoldsWorkingDays)
    const requestNo = report.requestCount
    report.redFaces = changeCauses(
      report.redFaces,
      (cause) => numbers.includes(cause.no),
      (cause) => ({ ...cause, wasAppealed: true, appeal: { requestNo, at, heldUntil } }),
    )
    record(change, {
      kind: 'red-face-appealed',
      visibility: disputed.some((cause) => cause.publishedAt !== undefined) ? 'public' : 'parties',
    })
    if (hearing) {
      announce(change, {
        template: 'verdict-disputed',
        persons: { unit: actingUnit(change), days: hearingWorkingDays },
        personKeys: hearing.askedKeys,
      })
    }
    return undefined
  },
}

/** The branch itself lists what its people are least satisfied with. */
export const declareRedFace: StepOf<'declare-red-face'> = {
  grants: [staff('branch', branchLead, working)],
  bars: (report) => {
    if (isConfidential(report)) return refusal('confidential')
    const declared = activeEpisode(report.redFaces)?.causes.some(
      (cause) => cause.cause === 'declared' && isStanding(cause),
    )
    return declared ? refusal('wrong-status') : undefined
  },
  decide: (change, command) => {
    record(change, { kind: 'progressed', line: 'listed-by-its-unit', facts: { note: command.note } })
    addCause(change, 'declared', [unitNow(change.report)])
    const facts = { unit: actingUnit(change) }
    announce(change, { template: 'listed-by-its-unit', residents: facts, supporters: facts })
    return undefined
  },
}
