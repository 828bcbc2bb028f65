import type { Refusal } from '../../../ground/result'
import type { StaffRole } from '../../organisation/rules/unit'
import type { ReportChange } from '../rules/change'
import type { ReportCommand } from '../rules/commands'
import { type ReportStatus, reportStatuses, statusKind } from '../rules/lifecycle'
import type { Report } from '../rules/report'
import type { Refused, Scene } from '../rules/scene'
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
