import * as z from 'zod/mini'
import { refusal, refuse } from '../../../ground/result'
import { bannerOf, isBelowBanner } from '../../../ground/unit-path'
import { instant, typedText } from '../../../terms/primitives'
import { askAbove } from '../rules/moves'
import { pending } from '../rules/request'
import { ordinaryDaysLeft, seasonBars, suspensionBars } from '../rules/season'
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
    const refused = suspensionBars(change, command, at)
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
