import * as z from 'zod/mini'
import { chinaDateOn, chinaDaysBetween, monthDayText } from '../../../ground/instant'
import { refusal, refuse } from '../../../ground/result'
import { bannerOf, isBelowBanner } from '../../../ground/unit-path'
import { instant, typedText } from '../../../terms/primitives'
import type { ReportChange } from '../rules/change'
import { askAbove } from '../rules/moves'
import { pending } from '../rules/request'
import type { Refused } from '../rules/scene'
import { ordinaryDaysLeft, putOffUntilOn, seasonBars } from '../rules/season'
import { branchLead } from '../rules/standing'
import { reason, seen } from './fields'
import { staff, step } from './step'

export const suspend = step({
  action: 'suspend',
  grants: [staff('branch', branchLead, ['accepted', 'dispatched'])],
  input: seen({
    reason,
    plan: typedText(1, 300),
    untilAt: instant,
    /** 土冻住了，开春再干 (K6) */
    isSeasonal: z._default(z.boolean(), false),
  }),
  refuses: (report, scene) =>
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
})

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
