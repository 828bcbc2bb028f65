import * as z from 'zod/mini'
import { refusal, refuse } from '../../../ground/result'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import { aboveJudges } from '../../organisation/rules/unit'
import {
  actingFor,
  activeEpisode,
  blamedUnitIds,
  type CauseRecord,
  changeCauses,
  isStanding,
  isVerdict,
} from '../../red-face/rules/red-face'
import { actingUnit, announce, record } from '../rules/change'
import { askAbove, readersAmong, vouchersAt, whoseVerdict } from '../rules/moves'
import type { Report } from '../rules/report'
import type { Hearing } from '../rules/request'
import { branchLead } from '../rules/standing'
import { reason, seen } from './fields'
import { answered, staff, step } from './step'

/** The causes of this unit, or of one that it is the heir of (A4), that can still be disputed: each once. */
const disputable = (report: Report, unitId: string | undefined): readonly CauseRecord[] =>
  (activeEpisode(report.redFaces)?.causes ?? []).filter(
    (cause) => isStanding(cause) && !cause.wasAppealed && actingFor(cause).id === unitId,
  )

/**
 * A unit disputes causes that belong to it, each once; what is public stays, marked 申诉中 (F3). Each unit has a slot of
 * its own.
 */
export const appealRedFace = step({
  action: 'appeal-red-face',
  grants: [staff('blamed', branchLead, answered)],
  input: seen({
    reason,
    /** None: every cause of the unit that can still be disputed. */
    causeNos: z._default(z.array(z.int().check(z.minimum(1))).check(z.maxLength(50)), []),
  }),
  refuses: (report, scene) => {
    const isWaiting = report.requests.some(
      (request) => request.kind === 'appeal-red-face' && request.byUnitId === scene.unitId,
    )
    if (isWaiting) return refusal('request-pending')
    if (disputable(report, scene.unitId).length > 0) return undefined
    return refusal(activeEpisode(report.redFaces) ? 'already-appealed' : 'no-active-entry')
  },
  decide: (change, command, scene) => {
    const { report, law, at } = change
    const chosen = new Set(command.causeNos)
    const disputed = disputable(report, scene.unitId).filter(
      (cause) => chosen.size === 0 || chosen.has(cause.no),
    )
    const unit = disputed[0]?.unit
    if (!unit) return refuse('already-appealed')
    const numbers = disputed.map((cause) => cause.no)
    // H1: above every unit that is on the list for it, and above who has found the work good that residents call bad.
    const blamed = [...blamedUnitIds(report.redFaces)].map((unitId) => ({ unitId }))
    const verdicts = disputed.filter(isVerdict)
    const vouchers = verdicts.flatMap((cause) => vouchersAt(report, cause.at))
    const { hearingWorkingDays } = law.rules.redFace
    const hearing: Hearing | undefined =
      verdicts.length === 0
        ? undefined
        : {
            askedKeys: whoseVerdict(report, verdicts),
            saidKeys: [],
            words: [],
            until: endOfWorkingDayAfter(law.calendar, at, hearingWorkingDays),
          }
    askAbove(
      change,
      { kind: 'appeal-red-face', causeNos: numbers, ...(hearing ? { hearing } : {}) },
      {
        side: 'branch',
        reason: command.reason,
        actorId: scene.actorId,
        rulingUnitId: aboveJudges(unit.path, [...blamed, ...vouchers]),
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
    record(change, { kind: 'red-face-appealed', visibility: readersAmong(disputed) })
    if (hearing) {
      announce(change, {
        template: 'verdict-disputed',
        persons: { unit: actingUnit(change), days: hearingWorkingDays },
        personKeys: hearing.askedKeys,
      })
    }
    return undefined
  },
})
