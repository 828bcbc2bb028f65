import type { Refusal } from '../../../ground/result'
import type { StaffRole } from '../../organisation/rules/unit'
import type { Law, ReportChange } from '../rules/change'
import type { ReportCommand } from '../rules/commands'
import { type ReportStatus, reportStatuses, statusKind } from '../rules/lifecycle'
import { currentHandler, type Report } from '../rules/report'
import type { Relation } from '../rules/standing'

export type SystemAction = 'absorb' | 'release' | 'give-back' | 'go-home'
/** What a person does to a report; the rest is the product's own. */
export type ReportAction = Exclude<ReportCommand['kind'], SystemAction>

export interface Grant {
  readonly relation: Relation
  /** Staff roles that may; empty for residents. */
  readonly roles: readonly StaffRole[]
  readonly statuses: readonly ReportStatus[]
}

/** Who stands before a report, as far as a step's condition may know. */
export interface Scene {
  readonly now: number
  readonly law: Law
  /** Opaque id of the person. */
  readonly actorId: string
  /** The unit whose seat acts; absent for residents. */
  readonly unitId?: string
  readonly unitName?: string
  /** Every unit in which the person has a seat. */
  readonly seatUnitIds: readonly string[]
  /** The resident's key within this report, and part. */
  readonly person?: { readonly key: string; readonly part: 'reporter' | 'co-reporter' | 'supporter' }
  /** Belongs to a unit concerned: a yes counts nowhere (H3). */
  readonly isOneOfOurs: boolean
}

export type Refused = { readonly ok: false; readonly error: Refusal }

/**
 * One step: who may take it, why it would be refused before anything is typed (the button's condition and the
 * refusal are one and the same, L5), and what it does.
 */
export interface Step<C extends ReportCommand> {
  readonly grants: readonly Grant[]
  readonly bars?: (report: Report, scene: Scene) => Refusal | undefined
  readonly decide: (change: ReportChange, command: C, scene: Scene) => Refused | undefined
}

export type StepOf<K extends ReportCommand['kind']> = Step<Extract<ReportCommand, { kind: K }>>

export const waiting = reportStatuses.filter((status) => statusKind(status) === 'waiting')
export const working = reportStatuses.filter((status) => statusKind(status) === 'working')
export const open: readonly ReportStatus[] = [...waiting, ...working]
/** Everything that a red-face entry may still hang on. */
export const answered: readonly ReportStatus[] = [...open, 'resolved', 'closed', 'declined']

export const resident = (relation: Relation, statuses: readonly ReportStatus[]): Grant => ({
  relation,
  roles: [],
  statuses,
})
export const staff = (
  relation: Relation,
  roles: readonly StaffRole[],
  statuses: readonly ReportStatus[],
): Grant => ({ relation, roles, statuses })

/** Both who reported it and whose report was merged into it. */
export const reporters = (statuses: readonly ReportStatus[]): readonly Grant[] => [
  resident('reporter', statuses),
  resident('co-reporter', statuses),
]

/** Does this seat act for the handler: as anybody of a partner, or as the member who was handed the work? */
export const actsForHandler = (report: Report, scene: Scene): boolean => {
  const handler = currentHandler(report)
  if (!handler || handler.unitId !== scene.unitId) return false
  return handler.memberId === undefined || handler.memberId === scene.actorId
}
