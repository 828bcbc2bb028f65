import * as z from 'zod/mini'
import { ok, type Result, refusal, refuse } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { actingUnit } from '../rules/change'
import { denyRequest, grantRequest } from '../rules/granting'
import { reportStatuses } from '../rules/lifecycle'
import { isAnsweredBy, type Report } from '../rules/report'
import { type LevelRequest, type RequestKind, requestKinds } from '../rules/request'
import type { Scene } from '../rules/scene'
import { isOwnRequest, levelStaff, mayRule } from '../rules/standing'
import type { UnitFacts } from '../rules/step-facts'
import { optionalNote, seen } from './fields'
import { whereTo } from './look-ups'
import { preparedStep, staff } from './step'

/** The requests this seat may rule on: its turn or any level above it, and never its own (H1). */
const rulable = (report: Report, scene: Scene): readonly LevelRequest[] =>
  scene.unitId === undefined
    ? []
    : report.requests.filter(
        (request) => request.kind !== 'look' && mayRule(report, request, scene.unitId ?? '', scene.actorId),
      )

interface Ruling {
  readonly request: RequestKind
  readonly requestNo?: number | undefined
  readonly isGranted: boolean
  readonly note: string
  /** Where it goes when the answer sends it on: to whom it was asked for, whom the level chose, or home (A5, L1). */
  readonly home?: UnitFacts
}

export const ruleOn = preparedStep({
  action: 'rule-on',
  grants: [staff('above', levelStaff, [...reportStatuses]), staff('ruling', levelStaff, [...reportStatuses])],
  input: seen({
    request: z.enum(requestKinds, '没有这种申请'),
    /** Which, where several units have appealed; absent: the first that this seat may rule on. */
    requestNo: z.optional(z.int()),
    isGranted: z.boolean('请选择同意或不同意'),
    note: optionalNote,
    /** Where it is handed on, the level may choose to whom. */
    toUnitId: z.optional(id),
  }),
  refuses: (report, scene) => (rulable(report, scene).length > 0 ? undefined : refusal('no-request')),
  prepare: async ({ request, isGranted, note, toUnitId }, report, lookUps): Promise<Result<Ruling>> => {
    // Of nothing else may a level say who gets it: what comes back goes to the unit that had it, or home (L1).
    if (request !== 'pass-on' || toUnitId === undefined)
      return ok({ request, isGranted, note, ...(await whereTo(report, request, lookUps)) })
    const chosen = await lookUps.target(toUnitId)
    return chosen.ok ? ok({ request, isGranted, note, home: chosen.value }) : chosen
  },
  decide: (change, command, scene) => {
    const { report } = change
    const meant = report.requests.filter(
      ({ kind, no }) =>
        kind === command.request && (command.requestNo === undefined || no === command.requestNo),
    )
    const may = rulable(report, scene)
    const request = meant.find((one) => may.includes(one)) ?? meant[0]
    if (!request) return refuse('no-request')
    if (isOwnRequest(report, request, scene.unitId ?? '', scene.actorId)) return refuse('own-request')
    if (!may.includes(request)) return refuse('not-allowed')
    const by = { unit: actingUnit(change) }
    // K7: beyond the second extension only every reporter's word counts.
    const isBeyondLimit =
      request.kind === 'extend' && report.extensions.length >= change.law.rules.report.maxExtensions
    if (command.isGranted && isBeyondLimit) return refuse('extension-limit')
    // A5: the level has decided that whoever has it keeps it.
    const isKept = request.kind === 'pass-on' && isAnsweredBy(report, command.home?.id)
    if (command.isGranted && !isKept) return grantRequest(change, request, by, command.home, command.note)
    denyRequest(change, request, by, command.note)
    return undefined
  },
})
