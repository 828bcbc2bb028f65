import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { absorb } from '../../cloudfunctions/contexts/report/steps/absorb'
import { giveBack } from '../../cloudfunctions/contexts/report/steps/give-back'
import { goHome } from '../../cloudfunctions/contexts/report/steps/go-home'
import { type everyStep, steps } from '../../cloudfunctions/contexts/report/steps/registry'
import { release } from '../../cloudfunctions/contexts/report/steps/release'
import type { SystemStep } from '../../cloudfunctions/contexts/report/steps/step'
import { type Taking, takeStep, takeSystemStep } from '../../cloudfunctions/contexts/report/take-step'
import { byName } from '../../cloudfunctions/ground/by-name'
import type { Result } from '../../cloudfunctions/ground/result'

/** Every step the product takes by itself. */
const ownSteps = [absorb, release, giveBack, goHome] as const

type AnyStep = (typeof everyStep)[number] | (typeof ownSteps)[number]
type FactsOf = { readonly [S in AnyStep as S['action']]: Parameters<S['decide']>[1] }

/** As a test may say them: nobody changes what they hold. */
type Said<F> = { readonly [K in keyof F]: F[K] extends readonly (infer E)[] ? readonly E[] : F[K] }

/** A step with the facts it is decided on. */
export type ReportCommand = {
  readonly [A in keyof FactsOf]: { readonly kind: A } & Said<FactsOf[A]>
}[keyof FactsOf]
export type SystemAction = (typeof ownSteps)[number]['action']

const ownByName: Readonly<Record<SystemAction, SystemStep>> = byName(
  ownSteps.map((step): readonly [SystemAction, SystemStep] => [step.action, step]),
)
export const isSystemAction = (kind: ReportCommand['kind']): kind is SystemAction =>
  Object.hasOwn(ownByName, kind)

/** Takes a step of whatever kind, without asking who may: caught up first, refused or done. */
export const takeCommand = (
  report: Report,
  { kind, ...facts }: ReportCommand,
  taking: Taking,
): Result<Report> =>
  isSystemAction(kind)
    ? takeSystemStep(report, ownByName[kind], facts, {
        id: taking.command.id,
        now: taking.scene.now,
        law: taking.law,
      })
    : takeStep(report, steps[kind], facts, taking)
