import * as fc from 'fast-check'
import type { CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import { activeEpisode } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import { authorise, refusalOf } from '../../cloudfunctions/contexts/report/access'
import { satisfactionAnswers, solvedAnswers } from '../../cloudfunctions/contexts/report/rules/rating'
import { lookFindings } from '../../cloudfunctions/contexts/report/rules/reasons'
import { isAnsweredBy, type Report } from '../../cloudfunctions/contexts/report/rules/report'
import type { ReportAction } from '../../cloudfunctions/contexts/report/steps/registry'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import type { Result } from '../../cloudfunctions/ground/result'
import {
  aCategory,
  aChild,
  aCommand,
  aComplaint,
  aParentOf,
  aReport,
  attempt,
  aVerdict,
  branch,
  callerOf,
  coReporter,
  deepFreeze,
  dispatchTo,
  everyAction,
  everybody,
  gridWorker,
  housingBureau,
  law,
  mondayAt,
  otherBranch,
  type Person,
  partnershipWith,
  secondCoReporter,
  secretary,
  supporter,
  temporaryUnit,
  unitFacts,
  wait,
  waterBureau,
} from './builders'
import type { ReportCommand } from './commands'

/** A report at an hour. */
export interface Moment {
  readonly report: Report
  readonly now: number
}

/** One turn of a random history; numbers are taken modulo what there is to choose from. */
export interface Turn {
  readonly waitMs: number
  /** Which of those who can do something takes the turn, and which step. */
  readonly who: number
  readonly choice: number
  /** 0 of 8: anything the table allows, not only what is offered; 1: the product itself acts; 2: rare steps too. */
  readonly whim: number
  /** Which form of the step, the odd ones included that the rules refuse. */
  readonly form: number
}

const outOf = <T>(options: readonly T[], number: number): T => {
  const option = options[number % options.length]
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
      return { ...command, keys: [person.name] }
    case 'take-up':
      return { ...command, key: person.name }
    case 'transfer':
    case 'route':
    case 'reassign':
      return {
        ...command,
        to: outOf(
          [
            unitFacts(branch),
            unitFacts(otherBranch),
            unitFacts(temporaryUnit),
            unitFacts(otherBranch, { memberCount: 0 }),
            command.to,
          ],
          form,
        ),
      }
    case 'relocate':
      return { ...command, to: outOf([null, unitFacts(otherBranch), unitFacts(branch)], form) }
    case 'reclassify':
      return {
        ...command,
        categoryId: outOf<CategoryId>(
          ['rubbish', 'lane-repair', 'danger', 'lane-hardening', 'ordinary'],
          form,
        ),
      }
    case 'contact':
      return { ...command, channel: outOf(['visit', 'message', 'phone'] as const, form) }
    case 'dispatch':
      return outOf(
        [
          command,
          command,
          { ...command, unit: unitFacts(waterBureau), partnership: partnershipWith(waterBureau) },
          { ...command, unit: unitFacts(branch) },
          { kind: 'dispatch', unit: unitFacts(housingBureau), note: '' },
          dispatchTo(gridWorker, report),
          dispatchTo(secretary, report),
        ],
        form,
      )
    case 'progress':
      return { ...command, isPublic: form % 2 === 0 }
    case 'rate':
      return {
        kind: 'rate',
        rating: aVerdict({
          contacted: form % 2 === 0,
          solved: outOf(solvedAnswers, form),
          satisfaction: outOf(satisfactionAnswers, Math.floor(form / 3)),
          remark: form % 5 === 0 ? '还是老样子' : '',
        }),
      }
    case 'merge': {
      const parent = aParentOf(report)
      return {
        kind: 'merge',
        parent: outOf(
          [parent, parent, { ...parent, isSuspended: true }, { ...parent, answerableUnit: otherBranch }],
          form,
        ),
      }
    }
    case 'suspend':
      return {
        ...command,
        untilAt: now + outOf([1, 30, 90, 91, 0], form) * dayMs,
        isSeasonal: form % 4 === 3,
      }
    case 'extend':
      return {
        ...command,
        resolveDueAt: outOf([command.resolveDueAt, command.resolveDueAt + 400 * dayMs, now], form),
      }
    case 'rule-on':
      return {
        ...command,
        request: report.requests[form % Math.max(1, report.requests.length)]?.kind ?? command.request,
        isGranted: form % 3 !== 0,
      }
    case 'look':
      return { ...command, finding: outOf(lookFindings, form) }
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

/** What the product itself may have to do to a report now. */
const systemCommands = (report: Report): readonly ReportCommand[] => {
  const family = { causes: activeEpisode(report.redFaces)?.causes ?? [] }
  return [
    ...[coReporter, secondCoReporter].map(
      ({ name }): ReportCommand => ({
        kind: 'absorb',
        child: aChild({
          id: `r-of-${name}`,
          mergingNo: report.rev,
          reporterKey: name,
          supporters: [{ key: supporter.name, at: report.changedAt }],
        }),
      }),
    ),
    ...report.childReportIds.map(
      (childReportId): ReportCommand => ({
        kind: 'release',
        childReportId,
        mergingNo: report.mergings.find((one) => one.childReportId === childReportId)?.no ?? 0,
      }),
    ),
    ...(report.status === 'merged'
      ? [
          {
            kind: 'give-back',
            family,
            parentReportId: report.parentReportId ?? '',
            mergingNo: report.merged?.no ?? 0,
          } as const,
        ]
      : []),
    ...(isAnsweredBy(report, temporaryUnit.id)
      ? [{ kind: 'go-home', to: unitFacts(branch), gone: { unit: temporaryUnit.name } } as const]
      : []),
  ]
}

/** Steps that end a history or change little: taken on a whim only, so that histories go deep. */
const rareSteps: readonly ReportAction[] = [
  'withdraw',
  'support',
  'return',
  'reveal-phone',
  'progress',
  'note',
  'add-to',
  'urge',
  'supervise',
  'correct-summary',
  'merge',
]

const stepsFor = (report: Report, now: number, person: Person, whim: number): readonly ReportAction[] => {
  const caller = callerOf(person, report)
  if (whim === 0) return everyAction.filter((kind) => authorise(caller, kind, report).isAllowed)
  const context = { now, law, actorId: person.name }
  return everyAction.filter(
    (kind) =>
      (whim === 2 || !rareSteps.includes(kind)) && refusalOf(caller, kind, report, context) === undefined,
  )
}

export interface Taken {
  readonly moment: Moment
  /** The report when the turn began, caught up. */
  readonly before: Report
  readonly by?: Person
  readonly command?: ReportCommand
  readonly result?: Result<Report>
}

/** Waits, then somebody takes a step, as the product would let them. */
export const takeTurn = (moment: Moment, turn: Turn, people: readonly Person[] = everybody): Taken => {
  const now = moment.now + turn.waitMs
  const before = deepFreeze(wait(moment.report, now))
  if (turn.whim === 1) {
    const command = outOf(systemCommands(before), turn.choice)
    const result = attempt(before, command, { now })
    return { moment: { report: result.ok ? result.value : before, now }, before, command, result }
  }
  const inTurn = people.map((_one, place) => outOf(people, turn.who + place))
  const by = inTurn.find((one) => stepsFor(before, now, one, turn.whim).length > 0)
  if (!by) return { moment: { report: before, now }, before }
  const kind = outOf(stepsFor(before, now, by, turn.whim), turn.choice)
  const command = someCommand(kind, before, by, now, turn.form)
  const result = attempt(before, command, { by, now })
  return { moment: { report: result.ok ? result.value : before, now }, before, by, command, result }
}

/** A report of some category: routed, still to be sorted by hand, declared, or a complaint. */
export const anyOpening: fc.Arbitrary<Moment> = fc
  .record({
    categoryId: fc.constantFrom<CategoryId>('danger', 'rubbish', 'lane-repair', 'lane-hardening'),
    origin: fc.constantFrom('routed', 'routed', 'routed', 'unrouted', 'declared', 'complaint', 'recurring'),
  })
  .map(({ categoryId, origin }) => ({
    report:
      origin === 'complaint'
        ? aComplaint()
        : aReport({
            category: aCategory(categoryId),
            isRecurring: origin === 'recurring',
            ...(origin === 'unrouted' ? { responsible: null } : {}),
            ...(origin === 'declared' ? { reporterKey: null, hasPhone: false } : {}),
          }),
    now: mondayAt,
  }))

/** People mostly act within hours, sometimes after days or weeks, sometimes at once. */
const anyWait: fc.Arbitrary<number> = fc.oneof(
  fc.nat({ max: 5 * hourMs }),
  fc.nat({ max: 3 * dayMs }),
  fc.nat({ max: 40 * dayMs }),
  fc.constantFrom(0, 1, minuteMs, dayMs),
)

export const anyTurns = (maxLength = 30): fc.Arbitrary<readonly Turn[]> =>
  fc.array(
    fc.record({
      waitMs: anyWait,
      who: fc.nat({ max: 999 }),
      choice: fc.nat({ max: 999 }),
      whim: fc.nat({ max: 7 }),
      form: fc.nat({ max: 29 }),
    }),
    { maxLength, size: 'max' },
  )

/** Every turn of a history, in order. */
export const historyOf = (
  opening: Moment,
  turns: readonly Turn[],
  people: readonly Person[] = everybody,
): readonly Taken[] => {
  const history: Taken[] = []
  let moment = opening
  for (const turn of turns) {
    const taken = takeTurn(moment, turn, people)
    history.push(taken)
    moment = taken.moment
  }
  return history
}

/** Every moment a history goes through, the first included. */
export const momentsOf = (opening: Moment, turns: readonly Turn[]): readonly Moment[] => [
  opening,
  ...historyOf(opening, turns).map((taken) => taken.moment),
]
