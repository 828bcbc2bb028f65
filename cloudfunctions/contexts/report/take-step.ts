import { ok, type Result } from '../../ground/result'
import type { CommandOrigin } from '../../journal/rules/journalled'
import { type ActingSide, beginChange, finishChange, type Law, type ReportChange } from './rules/change'
import type { Report } from './rules/report'
import type { Scene } from './rules/scene'
import type { Step, SystemStep } from './steps/step'
import { whyNot } from './steps/why-not'
import { catchUp } from './tick'

/** Who takes a step and when; authorisation has already been given (see access.ts). */
export interface Taking {
  readonly law: Law
  readonly by: ActingSide
  readonly scene: Scene
  readonly command: CommandOrigin
  /** Units above that have somebody who may decide in this matter; absent: every one (H1). */
  readonly ableAbove?: ReadonlySet<string>
}

/** A change of the report as it is now. */
const beginNow = (report: Report, { law, by, scene, command, ableAbove }: Taking): ReportChange => {
  const current = catchUp(report, scene.now, law)
  return beginChange(current, Math.max(scene.now, current.changedAt), by, law, {
    command,
    actorId: scene.actorId,
    ...(ableAbove ? { ableAbove } : {}),
  })
}

/**
 * One step of a person on a report: catches it up to now, then takes the step on these facts. Answers the changed
 * report, or a refusal that changes nothing.
 */
export const takeStep = <F extends object>(
  report: Report,
  step: Pick<Step<string, Step['input'], F>, 'refuses' | 'decide'>,
  facts: NoInfer<F>,
  taking: Taking,
): Result<Report> => {
  const change = beginNow(report, taking)
  const error = whyNot(step, change.before, taking.scene)
  if (error) return { ok: false, error }
  return step.decide(change, facts, taking.scene) ?? ok(finishChange(change))
}

const isUntouched = (after: Report, before: Report): boolean =>
  (Object.keys(after) as (keyof Report)[]).every((field) => after[field] === before[field])

/** One of the product's own steps; its id tells it from every other, so that it is done once. */
export const takeSystemStep = <F extends object>(
  report: Report,
  step: SystemStep<F>,
  facts: NoInfer<F>,
  { id, now, law }: { readonly id: string; readonly now: number; readonly law: Law },
): Result<Report> => {
  const scene: Scene = { now, law, actorId: 'system', seatUnitIds: [], isOneOfOurs: false }
  const command = { id, action: 'system', digest: id }
  const change = beginNow(report, { law, by: { side: 'system' }, scene, command })
  const refused = step.decide(change, facts, scene)
  if (refused) return refused
  // Done already: a repeated step of the product's own makes no revision that readers would stumble over.
  return ok(isUntouched(change.report, change.before) ? change.before : finishChange(change))
}
