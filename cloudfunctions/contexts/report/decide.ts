import { ok, type Result } from '../../ground/result'
import { type ActingSide, beginChange, finishChange, type Law, type ReportChange } from './rules/change'
import type { ReportCommand } from './rules/commands'
import type { Report } from './rules/report'
import type { Refused, Scene } from './rules/scene'
import { absorb } from './steps/absorb'
import { giveBack } from './steps/give-back'
import { goHome } from './steps/go-home'
import { barTo, steps } from './steps/registry'
import { release } from './steps/release'
import type { Step, SystemAction } from './steps/step'
import { catchUp } from './tick'

/** Who decides and when; authorisation has already been given (see access/). */
export interface DecisionContext {
  readonly law: Law
  readonly by: ActingSide
  readonly scene: Scene
  readonly command: { readonly id: string; readonly action: string; readonly digest: string }
  /** Units above that have somebody who may decide in this matter; absent: every one (H1). */
  readonly ableAbove?: ReadonlySet<string>
}

const systemSteps: {
  readonly [K in SystemAction]: (
    change: ReportChange,
    command: Extract<ReportCommand, { kind: K }>,
  ) => Refused | undefined
} = { absorb, release, 'give-back': giveBack, 'go-home': goHome }

const isSystem = (kind: ReportCommand['kind']): kind is SystemAction => Object.hasOwn(systemSteps, kind)

const isUntouched = (after: Report, before: Report): boolean =>
  (Object.keys(after) as (keyof Report)[]).every((field) => after[field] === before[field])

/**
 * One step on a report: catches it up to now, then applies the command. Answers the changed report or a
 * refusal that changes nothing.
 */
export const decide = (report: Report, command: ReportCommand, context: DecisionContext): Result<Report> => {
  const { law, by, scene } = context
  const current = catchUp(report, scene.now, law)
  const at = Math.max(scene.now, current.changedAt)
  const change = beginChange(current, at, by, law, {
    command: context.command,
    actorId: scene.actorId,
    ...(context.ableAbove ? { ableAbove: context.ableAbove } : {}),
  })
  let refused: Refused | undefined
  if (isSystem(command.kind)) {
    const carryOut = systemSteps[command.kind] as (
      change: ReportChange,
      command: ReportCommand,
    ) => Refused | undefined
    refused = carryOut(change, command)
    // Done already: a repeated step of the product's own makes no revision that readers would stumble over.
    if (!refused && isUntouched(change.report, current)) return ok(current)
  } else {
    const step = steps[command.kind] as unknown as Step<ReportCommand>
    const barred = barTo(command.kind, current, scene)
    refused = barred ? { ok: false, error: barred } : step.decide(change, command, scene)
  }
  return refused ?? ok(finishChange(change))
}

export type SystemCommand = Extract<ReportCommand, { kind: SystemAction }>

/** One of the product's own steps; its id tells it from every other, so that it is done once. */
export const decideBySystem = (
  report: Report,
  command: SystemCommand,
  { id, now, law }: { readonly id: string; readonly now: number; readonly law: Law },
): Result<Report> =>
  decide(report, command, {
    law,
    by: { side: 'system' },
    scene: { now, law, actorId: 'system', seatUnitIds: [], isOneOfOurs: false },
    command: { id, action: 'system', digest: id },
  })
