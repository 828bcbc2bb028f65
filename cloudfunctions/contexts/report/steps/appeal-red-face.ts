import * as z from 'zod/mini'
import { refusal, refuse } from '../../../ground/result'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import { aboveJudges } from '../../organisation/rules/unit'
import { activeEpisode, changeCauses, isStanding, isVerdict } from '../../red-face/rules/red-face'
import { actingUnit, announce, record } from '../rules/change'
import { askAbove, vouchersAt, whoseVerdict } from '../rules/moves'
import type { Report } from '../rules/report'
import { type Hearing, requestOf } from '../rules/request'
import { branchLead } from '../rules/standing'
import { reason, seen } from './fields'
import { answered, staff, step } from './step'

/** A unit disputes causes that belong to it, each once; what is public stays, marked 申诉中 (F3). */
export const appealRedFace = step({
  action: 'appeal-red-face',
  grants: [staff('blamed', branchLead, answered)],
  input: seen({
    reason,
    /** None: every cause of the unit that can still be disputed. */
    causeNos: z._default(z.array(z.int().check(z.minimum(1))).check(z.maxLength(50)), []),
  }),
  refuses: (report, scene) => {
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
})
