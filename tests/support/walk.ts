import * as fc from 'fast-check'
import {
  accessTable,
  allowedActions,
  authorise,
  type Caller,
  type ReportAction,
} from '../../cloudfunctions/domain/access/authorise'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/domain/instant'
import type { Membership } from '../../cloudfunctions/domain/organisation/unit'
import { satisfactionAnswers, solvedAnswers } from '../../cloudfunctions/domain/rating/rating'
import type { ReportCommand } from '../../cloudfunctions/domain/report/commands'
import { decide } from '../../cloudfunctions/domain/report/decide'
import type { Report } from '../../cloudfunctions/domain/report/report'
import { catchUp } from '../../cloudfunctions/domain/report/tick'
import type { Result } from '../../cloudfunctions/domain/result'
import {
  aCategory,
  aCommand,
  aContext,
  aMembership,
  aRating,
  aReport,
  banner,
  branch,
  deepFreeze,
  housingBureau,
  mondayAt,
  otherBranch,
  rules,
  toRoutedUnit,
  township,
} from './builders'

/** Somebody who may turn up in a random history of a report. */
export interface Person {
  readonly name: string
  readonly memberships: readonly Membership[]
}

export const residents: readonly Person[] = ['reporter', 'neighbour', 'second-neighbour'].map((name) => ({
  name,
  memberships: [],
}))

export const staff: readonly Person[] = [
  { name: 'secretary', memberships: [aMembership(branch, 'secretary')] },
  { name: 'grid-worker', memberships: [aMembership(branch, 'grid-worker')] },
  { name: 'other-secretary', memberships: [aMembership(otherBranch, 'secretary')] },
  { name: 'handler', memberships: [aMembership(housingBureau, 'partner-staff')] },
  {
    name: 'both-hats',
    memberships: [aMembership(branch, 'secretary'), aMembership(housingBureau, 'partner-staff')],
  },
  { name: 'township-staff', memberships: [aMembership(township, 'upper')] },
  { name: 'banner-staff', memberships: [aMembership(banner, 'upper')] },
]

/** A report, the hour, and who has taken which part in it. */
export interface Scene {
  readonly report: Report
  readonly now: number
  readonly parts: ReadonlyMap<string, 'reporter' | 'supporter'>
}

export interface Step {
  /** Who may turn up. */
  readonly people: readonly Person[]
  /** Which of those who can do something takes the turn, and which step; both modulo their number. */
  readonly turn: number
  readonly choice: number
  /** 0 of 8: anything the table allows, not only what makes sense. */
  readonly whim: number
  /** Which form of the step, the odd ones included that the rules refuse. */
  readonly form: number
  readonly waitMs: number
}

export const callerIn = (scene: Scene, person: Person): Caller => {
  const participation = scene.parts.get(person.name)
  return {
    isSignedIn: true,
    memberships: person.memberships,
    ...(participation ? { participation } : {}),
  }
}

const outOf = <T>(options: readonly T[], form: number): T => {
  const option = options[form % options.length]
  if (option === undefined) throw new Error('nothing to choose from')
  return option
}

/** One of the many forms a step may take, sensible or not. */
export const someCommand = (
  kind: ReportAction,
  report: Report,
  person: Person,
  now: number,
  form: number,
): ReportCommand => {
  const command: ReportCommand = aCommand(kind, report, now)
  switch (command.kind) {
    case 'support':
      return { ...command, key: person.name }
    case 'transfer':
    case 'route':
      return { ...command, to: toRoutedUnit(outOf([branch, otherBranch], form)) }
    case 'dispatch':
      return outOf(
        [command, command, command, { ...command, unit: branch }, { ...command, partnership: undefined }],
        form,
      )
    case 'progress':
    case 'verify-red-face':
      return outOf([command, command, { ...command, photos: [] }], form)
    case 'claim-fixed':
    case 'resolve':
      return outOf([command, command, command, { ...command, after: [] }], form)
    case 'rate':
      return {
        kind: 'rate',
        rating: aRating({
          contacted: form % 2 === 0,
          solved: outOf(solvedAnswers, form),
          satisfaction: outOf(satisfactionAnswers, Math.floor(form / 3)),
          remark: form % 5 === 0 ? '还是老样子' : '',
        }),
      }
    case 'merge': {
      const { parent } = command
      return {
        kind: 'merge',
        parent: outOf(
          [
            parent,
            parent,
            { ...parent, id: report.id },
            { ...parent, isOpen: false },
            { ...parent, branchId: 'elsewhere' },
            { ...parent, categoryId: 'rubbish' },
            { ...parent, submittedAt: report.submittedAt },
          ],
          form,
        ),
      }
    }
    case 'suspend':
      return { ...command, untilAt: now + outOf([dayMs, 30 * dayMs, 90 * dayMs, 91 * dayMs, 0], form) }
    case 'extend':
      return {
        ...command,
        resolveDueAt: outOf([command.resolveDueAt, command.resolveDueAt + 40 * dayMs, now], form),
      }
    case 'decide':
      return { ...command, isGranted: form % 3 !== 0 }
    case 'answer-red-face':
      return {
        ...command,
        isGone: form % 3 !== 0,
        ...(form % 6 === 0 ? { photo: 'photo-of-the-lane-today' } : {}),
      }
    default:
      return command
  }
}

const everyAction = Object.keys(accessTable) as readonly ReportAction[]

/** Steps that end a history or change little: taken on a whim only, so that histories go deep. */
const rareSteps: readonly ReportAction[] = [
  'withdraw',
  'support',
  'decline',
  'return',
  'reveal-phone',
  'progress',
  'contact',
]

/** The steps a person may take: mostly those the screen would offer, on a whim all that the table allows. */
const stepsOf = (scene: Scene, report: Report, person: Person, whim: number): readonly ReportAction[] => {
  const caller = callerIn(scene, person)
  return whim === 0
    ? everyAction.filter((action) => authorise(caller, action, report).isAllowed)
    : allowedActions(caller, report).filter((action) => !rareSteps.includes(action))
}

export interface Taken {
  readonly scene: Scene
  readonly person?: Person
  readonly command?: ReportCommand
  readonly result?: Result<Report>
}

/** Waits, then lets somebody take a step, as the use case would. */
export const takeStep = (before: Scene, step: Step): Taken => {
  const scene = { ...before, now: before.now + step.waitMs }
  const current = catchUp(scene.report, scene.now, rules)
  const able = step.people.filter((one) => stepsOf(scene, current, one, step.whim).length > 0)
  if (able.length === 0) return { scene }
  const person = outOf(able, step.turn)
  const action = outOf(stepsOf(scene, current, person, step.whim), step.choice)
  const command = someCommand(action, current, person, scene.now, step.form)
  const part = scene.parts.get(person.name)
  const result = decide(
    deepFreeze(current),
    command,
    aContext({
      now: scene.now,
      by:
        person.memberships[0] === undefined
          ? { side: 'resident' }
          : {
              side: 'staff',
              unitName: person.memberships[0].unitName,
              role: person.memberships[0].role,
            },
      actorId: person.name,
      ...(part ? { participant: { key: person.name, part } } : {}),
    }),
  )
  if (!result.ok) return { scene, person, command, result }
  const parts = new Map(scene.parts)
  if (command.kind === 'support') parts.set(person.name, 'supporter')
  return { scene: { ...scene, report: result.value, parts }, person, command, result }
}

const categories = ['danger', 'rubbish', 'lane-repair', 'lane-hardening'] as const

/** A report of some category, routed or still to be sorted by hand. */
export const anyOpening: fc.Arbitrary<Scene> = fc
  .record({
    categoryId: fc.constantFrom(...categories),
    isRouted: fc.boolean(),
    isRecurring: fc.boolean(),
  })
  .map(({ categoryId, isRouted, isRecurring }) => ({
    report: aReport({
      category: aCategory(categoryId),
      isRecurring,
      ...(isRouted ? {} : { responsible: null }),
    }),
    now: mondayAt,
    parts: new Map([['reporter', 'reporter' as const]]),
  }))

/** People mostly act within hours, sometimes after days or weeks, sometimes at once. */
const anyWait: fc.Arbitrary<number> = fc.oneof(
  fc.nat({ max: 5 * hourMs }),
  fc.nat({ max: 3 * dayMs }),
  fc.nat({ max: 40 * dayMs }),
  fc.constantFrom(0, 1, minuteMs, dayMs),
)

export const anyStepsBy = (people: readonly Person[], maxLength = 40): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      people: fc.constant(people),
      turn: fc.nat({ max: 999 }),
      choice: fc.nat({ max: 999 }),
      whim: fc.nat({ max: 7 }),
      form: fc.nat({ max: 29 }),
      waitMs: anyWait,
    }),
    { maxLength, size: 'max' },
  )

export const anySteps = anyStepsBy([...residents, ...staff])

/** Every scene a history goes through, the first included. */
export const scenesOf = (opening: Scene, steps: readonly Step[]): readonly Scene[] => {
  const scenes: Scene[] = [opening]
  for (const step of steps) scenes.push(takeStep(scenes[scenes.length - 1] ?? opening, step).scene)
  return scenes
}
