import type { Report, Supporter } from '../../cloudfunctions/contexts/report/rules/report'
import type { MergedChild } from '../../cloudfunctions/contexts/report/rules/step-facts'
import { absorb } from '../../cloudfunctions/contexts/report/steps/absorb'
import { comeBack } from '../../cloudfunctions/contexts/report/steps/come-back'
import { giveBack } from '../../cloudfunctions/contexts/report/steps/give-back'
import { goHome } from '../../cloudfunctions/contexts/report/steps/go-home'
import { hearDenial } from '../../cloudfunctions/contexts/report/steps/hear-denial'
import { inherit } from '../../cloudfunctions/contexts/report/steps/inherit'
import { type everyStep, steps } from '../../cloudfunctions/contexts/report/steps/registry'
import { release } from '../../cloudfunctions/contexts/report/steps/release'
import type { SystemStep } from '../../cloudfunctions/contexts/report/steps/step'
import { type Taking, takeStep, takeSystemStep } from '../../cloudfunctions/contexts/report/take-step'
import { byName } from '../../cloudfunctions/ground/by-name'
import { ok, type Result } from '../../cloudfunctions/ground/result'
import { enrolled, partOf, supporterOf, supportersOf } from './rolls'

/** Every step the product takes by itself. */
const ownSteps = [absorb, release, giveBack, hearDenial, goHome, inherit, comeBack] as const

type AnyStep = (typeof everyStep)[number] | (typeof ownSteps)[number]
type FactsOf = { readonly [S in AnyStep as S['action']]: Parameters<S['decide']>[1] }

/** As a test may say them: nobody changes what they hold. */
type Said<F> = { readonly [K in keyof F]: F[K] extends readonly (infer E)[] ? readonly E[] : F[K] }

/** A child with its supporters; how many of them come along follows from who is in the parent. */
export type ChildWithPeople = Omit<MergedChild, 'reporterWas' | 'cameCount'> & {
  readonly supporters: readonly Supporter[]
}
type Told = Omit<FactsOf, 'absorb' | 'withdraw'> & {
  readonly absorb: { readonly child: ChildWithPeople }
  readonly withdraw: Omit<FactsOf['withdraw'], 'oldestSupporter'>
}

/** A step with the facts it is decided on, but for what follows from the rows of its people. */
export type ReportCommand = {
  readonly [A in keyof Told]: { readonly kind: A } & Said<Told[A]>
}[keyof Told]
export type SystemAction = (typeof ownSteps)[number]['action']

const ownByName: Readonly<Record<SystemAction, SystemStep>> = byName(
  ownSteps.map((step): readonly [SystemAction, SystemStep] => [step.action, step]),
)
export const isSystemAction = (kind: ReportCommand['kind']): kind is SystemAction =>
  Object.hasOwn(ownByName, kind)

/** What is looked up of the rows of those who are in it. */
const withPeople = (report: Report, command: ReportCommand): object => {
  const { kind: _kind, ...facts } = command
  switch (command.kind) {
    case 'absorb': {
      const { supporters, ...child } = command.child
      const reporterWas = child.reporterKey === null ? undefined : supporterOf(report, child.reporterKey)
      const cameCount = comingAlong(report, command.child).length
      return { child: { ...child, cameCount, ...(reporterWas ? { reporterWas } : {}) } }
    }
    case 'withdraw': {
      const [oldestSupporter] = supportersOf(report)
      return { ...facts, ...(oldestSupporter ? { oldestSupporter } : {}) }
    }
    default:
      return facts
  }
}

const comingAlong = (
  report: Report,
  { id, reporterKey, supporters }: ChildWithPeople,
): readonly Supporter[] =>
  supporters.flatMap((one) =>
    one.key === reporterKey || partOf(report, one.key) !== undefined ? [] : { ...one, fromReportId: id },
  )

const joiningBy = (before: Report, after: Report, command: ReportCommand): readonly Supporter[] => {
  if (command.kind === 'support')
    return after.supporters.countedIn.map((key) => ({ key, at: after.changedAt }))
  if (command.kind !== 'absorb' || after.childReportIds === before.childReportIds) return []
  return comingAlong(before, command.child)
}

/** Takes a step of whatever kind, without asking who may: caught up first, refused or done. */
export const takeCommand = (report: Report, command: ReportCommand, taking: Taking): Result<Report> => {
  const { kind } = command
  const facts = withPeople(report, command)
  const taken = isSystemAction(kind)
    ? takeSystemStep(report, ownByName[kind], facts, {
        id: taking.command.id,
        now: taking.scene.now,
        law: taking.law,
      })
    : takeStep(report, steps[kind], facts, taking)
  if (!taken.ok || taken.value === report) return taken
  return ok(enrolled(report, taken.value, joiningBy(report, taken.value, command)))
}
