import { byName } from '../../ground/by-name'
import type { Refusal } from '../../ground/result'
import type { Membership } from '../organisation/rules/unit'
import type { ActingSide } from './rules/change'
import type { Report } from './rules/report'
import type { Scene } from './rules/scene'
import { type Caller, isOneOfOurs, relationsOf, seatsFor } from './rules/standing'
import { everyStep, type ReportAction, reportActions, steps } from './steps/registry'
import type { Grant } from './steps/step'
import { whyNot } from './steps/why-not'

/** Who may do what: relation × role × status for each action. What is not here is denied (L4). */
export const accessTable: Readonly<Record<ReportAction, readonly Grant[]>> = byName(
  everyStep.map((step): readonly [ReportAction, readonly Grant[]] => [step.action, step.grants]),
)

export type Verdict =
  | { readonly isAllowed: true; readonly membership?: Membership }
  | { readonly isAllowed: false; readonly why: 'wrong-status' | 'not-allowed' }

/**
 * May this caller do this to this report now? Default deny. `wrong-status` is said only to those who could
 * do it in another status; everybody else gets `not-allowed`. Who holds several seats may say which one acts.
 */
export const authorise = (
  caller: Caller,
  action: ReportAction,
  report: Report,
  seatUnitId?: string,
): Verdict => {
  let couldLater = false
  for (const grant of accessTable[action]) {
    const seats = grant.roles.length > 0 ? seatsFor(caller, report, grant.relation, grant.roles) : []
    const membership = seats.find((seat) => seatUnitId === undefined || seat.unitId === seatUnitId)
    const stands =
      grant.roles.length > 0 ? membership !== undefined : relationsOf(caller, report).includes(grant.relation)
    if (!stands) continue
    if (grant.statuses.includes(report.status))
      return membership ? { isAllowed: true, membership } : { isAllowed: true }
    couldLater = true
  }
  return { isAllowed: false, why: couldLater ? 'wrong-status' : 'not-allowed' }
}

/** Could the caller take this step in some status? Asked before a repeated command is answered again. */
export const standsFor = (caller: Caller, action: ReportAction, report: Report): boolean => {
  const verdict = authorise(caller, action, report)
  return verdict.isAllowed || verdict.why === 'wrong-status'
}

/** The resident in the caller, if they have a part in the report. */
export const personOf = ({ key, participation, supports }: Caller): Pick<Scene, 'person'> =>
  key !== undefined && participation
    ? { person: { key, part: participation, ...(supports ? { supports } : {}) } }
    : {}

/** As what somebody acts: through this seat, or as a resident. */
export const actingSideOf = (membership: Membership | undefined): ActingSide =>
  membership
    ? {
        side: 'staff',
        unitId: membership.unitId,
        unitName: membership.unitName,
        role: membership.role,
      }
    : { side: 'resident' }

/** The scene a step's condition is judged in, for whoever acts through this seat. */
export const sceneOf = (
  caller: Caller,
  report: Report,
  context: Pick<Scene, 'now' | 'law' | 'actorId'>,
  membership: Membership | undefined,
): Scene => ({
  ...context,
  ...(membership ? { unitId: membership.unitId, unitName: membership.unitName } : {}),
  seatUnitIds: caller.memberships.map((one) => one.unitId),
  ...personOf(caller),
  isOneOfOurs: isOneOfOurs(caller, report),
  ...(caller.isThroughOurs ? { isThroughOurs: true as const } : {}),
})

/** Why the step would be refused before anything is typed; undefined when it may be offered (L5). */
export const refusalOf = (
  caller: Caller,
  action: ReportAction,
  report: Report,
  context: Pick<Scene, 'now' | 'law' | 'actorId'>,
): Refusal | undefined => {
  const verdict = authorise(caller, action, report)
  if (!verdict.isAllowed) return { code: verdict.why, message: '' }
  return whyNot(steps[action], report, sceneOf(caller, report, context, verdict.membership))
}

/** The actions the screen may offer this caller now, in the order of the table. */
export const allowedActions = (
  caller: Caller,
  report: Report,
  context: Pick<Scene, 'now' | 'law' | 'actorId'>,
): readonly ReportAction[] =>
  reportActions.filter((action) => refusalOf(caller, action, report, context) === undefined)
