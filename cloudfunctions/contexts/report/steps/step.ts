import type * as z from 'zod/mini'
import { ok, type Refusal, type Result, refusal } from '../../../ground/result'
import type { ActionLimits } from '../../../terms/limits'
import type { StaffRole } from '../../organisation/rules/unit'
import { type CallOf, callOf } from '../rules/call-of'
import type { ReportChange } from '../rules/change'
import { type ReportStatus, reportStatuses, statusKind } from '../rules/lifecycle'
import type { Report } from '../rules/report'
import type { Refused, Scene } from '../rules/scene'
import type { Relation } from '../rules/standing'
import type { LookUps } from './look-ups'

/** Who may take a step, and while the report stands as what. */
export interface Grant {
  readonly relation: Relation
  /** Staff roles that may; empty for residents. */
  readonly roles: readonly StaffRole[]
  readonly statuses: readonly ReportStatus[]
}

/**
 * What a step does: changes the report, or refuses what only now can be known. A method, so that a list can hold steps
 * of different facts; each is given what its own `prepare` has made.
 */
interface Decides<F extends object> {
  decide(change: ReportChange, facts: F, scene: Scene): Refused | undefined
}

interface Described<A extends string, I extends z.ZodMiniType, F extends object> extends Decides<F> {
  /** What the step is called; its file too. */
  readonly action: A
  readonly grants: readonly Grant[]
  /** What is sent. */
  readonly input: I
  /** How often one account may; absent: as often as any ordinary step, all of them counted together. */
  readonly limits?: ActionLimits
  /**
   * Why it would be refused before anything is typed: the button's condition and the refusal are one and the same (L5).
   */
  readonly refuses?: (report: Report, scene: Scene) => Refusal | undefined
  /** Whoever printed a receipt takes it for nobody: through a device or an account of ours it is refused (Q5). */
  readonly isByOwnDevice?: true
}

/** A step with all that its description refuses. */
const refusing = <D extends Pick<Described<string, z.ZodMiniType, object>, 'refuses' | 'isByOwnDevice'>>(
  described: D,
): D =>
  described.isByOwnDevice
    ? {
        ...described,
        refuses: (report: Report, scene: Scene) =>
          scene.isThroughOurs ? refusal('by-own-device') : described.refuses?.(report, scene),
      }
    : described

/** One step of a person on a report. */
export interface Step<
  A extends string = string,
  I extends z.ZodMiniType = z.ZodMiniType,
  F extends object = object,
  C extends string = string,
> extends Described<A, I, F> {
  /** The call of the contract by which it is taken. */
  readonly call: C
}

/** What is sent with every step that is taken on a report as its reader saw it. */
export interface Seen {
  readonly commandId: string
  readonly reportId: string
  readonly rev: number
  readonly asUnitId?: string | undefined
}

type SeenInput = z.ZodMiniType<Seen>
/** What was typed, without what is sent with every step. */
type Typed<I extends SeenInput> = Omit<z.output<I>, keyof Seen>

interface Evidence {
  /** The field whose photos prove the work: they must be new (F5). */
  readonly evidence?: 'after' | 'photos'
}

interface Prepares<I extends SeenInput, F extends object> {
  /** The facts it is decided on: what was typed, and what has to be looked up. */
  prepare(typed: z.output<I>, report: Report, lookUps: LookUps): Promise<Result<F>>
}

/** A step on a report as its reader saw it, at that revision. */
export interface SeenStep<
  A extends string = string,
  I extends SeenInput = SeenInput,
  F extends object = object,
  C extends string = string,
> extends Step<A, I, F, C>,
    Evidence,
    Prepares<I, F> {}

/** A step that is decided on what was typed. */
export const step = <const A extends string, I extends SeenInput>(
  described: Described<A, I, Typed<I>> & Evidence,
): SeenStep<A, I, Typed<I>, CallOf<A>> => ({
  ...refusing(described),
  call: callOf(described.action),
  prepare: async (typed) => ok(typed),
})

/** A step for which something has to be looked up first. */
export const preparedStep = <const A extends string, I extends SeenInput, F extends object>(
  described: Described<A, I, F> & Evidence & Prepares<I, F>,
): SeenStep<A, I, F, CallOf<A>> => ({ ...refusing(described), call: callOf(described.action) })

/** A step by which somebody gets a part in a report, whichever revision they saw: its facts name them. */
export const joiningStep = <const A extends string, I extends z.ZodMiniType, F extends object>(
  described: Described<A, I, F>,
): Step<A, I, F, CallOf<A>> => ({ ...described, call: callOf(described.action) })

/** A step of the product's own. */
export interface SystemStep<F extends object = object> extends Decides<F> {
  readonly action: string
}

export const systemStep = <const A extends string, F extends object>(
  described: SystemStep<F> & { readonly action: A },
): SystemStep<F> & { readonly action: A } => described

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
