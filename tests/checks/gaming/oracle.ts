import { numbersOf, type Said, type Speaker } from '../../../cloudfunctions/contexts/figures/rules/rates'
import {
  activeEpisode,
  isStanding,
  verdictCauses,
} from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { refusalOf } from '../../../cloudfunctions/contexts/report/access'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import type { ReportAction } from '../../../cloudfunctions/contexts/report/steps/registry'
import { partOf, supportersOf } from '../../support/rolls'
import { familyOfReport, honestResidents, isRunning } from './books'
import { law, tickMs, ticks } from './compressed-law'
import { ratesOfReports } from './figures'
import { isInnocent } from './honest'
import { callerOf, isFixed, type World } from './world'

export type Judgement = 'waysOffTheList' | 'waysToBetterFigures' | 'stuck'

export interface Finding {
  readonly judgement: Judgement
  readonly what: string
}

/** Longest that a cause can be kept from the page: its notice and an appeal's hold, and a posting where there is one. */
const longestKeptBack = ticks.notice + ticks.appealHold

/** Units named by standing causes of the stay that has not ended; `public` by those everyone sees. */
const namedBy = (report: Report): { readonly standing: Set<string>; readonly shown: Set<string> } => {
  const standing = new Set<string>()
  const shown = new Set<string>()
  for (const cause of activeEpisode(report.redFaces)?.causes ?? []) {
    if (!isStanding(cause)) continue
    standing.add(cause.unit.id)
    if (cause.publishedAt !== undefined) shown.add(cause.unit.id)
  }
  return { standing, shown }
}

/** Whose verdict was struck by a level that errs, or helps, appeals above it; so long the law leaves them (F3, K8). */
const mayComeBack = (report: Report, unitId: string, now: number): boolean =>
  report.redFaces
    .flatMap((episode) => episode.causes)
    .some(
      (cause) =>
        cause.struckAt !== undefined &&
        verdictCauses.includes(cause.cause) &&
        cause.unit.id === unitId &&
        now <= cause.struckAt + (ticks.appeal + ticks.upheld) * tickMs,
    )

/** Found solved by a level that errs, or helps: who said no appeals above it; so long the law leaves them (F5, K8). */
const mayBeLookedAgain = (report: Report, now: number): boolean =>
  report.requests.some(({ kind }) => kind === 'appeal-look') ||
  report.redFaces.some(
    ({ consent, endedAt = 0 }) => consent === 'look' && now <= endedAt + ticks.appeal * tickMs,
  )

/** While it is not fixed, every unit that owes a cause has one standing, and in time a public one (F1–F5, A2–A4). */
const offTheList = (world: World): string | undefined => {
  if (isFixed(world)) return undefined
  for (const debt of world.books.debts) {
    const own = world.reports.find((one) => one.id === debt.reportId)
    if (!own) continue
    const report = familyOfReport(world, own)
    const { standing, shown } = namedBy(report)
    const age = world.tick - debt.since
    const why = { late: '超期', 'said-no': '居民说没解决', declared: '自己列出' }[debt.because]
    if (mayBeLookedAgain(report, world.now)) continue
    if (!standing.has(debt.unit) && !mayComeBack(report, debt.unit, world.now))
      return `${debt.unit}因${why}应在清单上（${debt.reportId}，${age}步前），没有成立的原因`
    const posted = (world.books.accounts[report.id]?.postedUntil ?? 0) - debt.since
    const keptBack = Math.max(longestKeptBack, Math.min(longestKeptBack + ticks.posting, posted))
    if (age > keptBack && !shown.has(debt.unit) && !mayComeBack(report, debt.unit, world.now))
      return `${debt.unit}因${why}过了${age}步还没有公开`
  }
  for (const { broken } of Object.values(world.books.accounts)) if (broken !== undefined) return broken
  for (const report of world.reports) {
    const isTheirs = ['R1', 'R2'].some((person) => partOf(report, person) !== undefined)
    if (isTheirs && report.status === 'declined') return `没办的事被不予受理（${report.id}）`
  }
  return undefined
}

/** In the model people have the same key in every report. */
const personBehind = ({ sayingId }: Speaker): string => sayingId.split(':')[1] ?? ''

const figuresWrong = (world: World): string | undefined => {
  const facts = ratesOfReports(world)
  for (const no of world.books.noes) {
    const answers = facts.get(no.reportId)?.answers ?? []
    const said = answers.filter(
      (one) => one.unitId === no.unit && (one.solved?.answer === 'no' || one.isReopened),
    )
    if (said.length === 0)
      return `居民的“没解决”（${no.reportId}第${no.resolution}次）不在${no.unit}的解决率里`
    const unhappy = answers.filter(
      (one) => one.unitId === no.unit && one.satisfaction?.answer === 'dissatisfied',
    )
    if (unhappy.length === 0) return `居民的“不满意”（${no.reportId}）不在${no.unit}的满意率里`
  }
  for (const [id, account] of Object.entries(world.books.accounts)) {
    const report = world.reports.find((one) => one.id === id)
    if (
      !report ||
      !honestResidents.has(report.reporterKey ?? '') ||
      account.wordRan - (account.untilTakenUp ?? 0) < ticks.contact
    )
      continue
    // Whose report has since been taken over by another reporter, or ended in time, is asked for no longer.
    const hasLeft = report.reporterLeftAt !== undefined
    if (report.status === 'withdrawn' || hasLeft) continue
    const contact = facts.get(id)?.contact
    const isAsked = report.status !== 'merged' && report.status !== 'declined'
    if (account.kept !== undefined && account.missed === undefined && isAsked) {
      if (!contact?.isKept || contact.unitIds.join() !== account.kept)
        return `${account.kept}按时联系了${id}的居民，却不算它的`
    }
    if (account.missed !== undefined) {
      if (contact === null || contact === undefined) return `${id}没联系居民，谁的响应率里都没有`
      if (contact.isKept) return `${id}没联系到居民，响应率却算联系了`
      const named = [...contact.unitIds].sort().join()
      if (named !== [...account.missed].sort().join())
        return `${id}没联系居民该算${account.missed.join('、')}的，却算了${named}的`
    }
  }
  // Q3: one person's answers about one unit in one month count once.
  const byPerson = <T>(said: Said<T> | null): Said<T> | null =>
    said && { ...said, by: said.by.map((one) => ({ ...one, personId: personBehind(one) })) }
  const answered = [...facts.values()].flatMap(({ answers }) => answers)
  const people = new Set(answered.flatMap(({ solved }) => solved?.by.map(personBehind) ?? []))
  const { solvedCount = 0 } = numbersOf(
    [...facts.values()].map((one) => ({
      ...one,
      answers: one.answers.map((answer) => ({
        ...answer,
        solved: byPerson(answer.solved),
        satisfaction: byPerson(answer.satisfaction),
      })),
    })),
    ['A'],
    { from: 0, to: world.now + 1 },
    world.now,
  )
  if (solvedCount > people.size) return `一个人的评价在A的解决率里算了不止一次`
  // H3: the good word of our own people counts in no figure.
  for (const report of world.reports) {
    for (const one of report.ratings) {
      const isOurs = world.seats.some(
        (seat) =>
          seat.accountId === one.key &&
          (report.unitPath.includes(seat.unitId) ||
            report.stints.some((stint) => stint.unit.path.includes(seat.unitId)) ||
            report.dispatches.some((dispatch) => dispatch.unitId === seat.unitId)),
      )
      const isGood = one.solved === 'yes'
      const counted = facts
        .get(report.id)
        ?.answers.some(
          ({ solved }) =>
            solved?.answer === 'yes' && solved.by.some((speaker) => personBehind(speaker) === one.key),
        )
      if (isOurs && isGood && counted) return `${one.key}是自己人，好评却算数（${report.id}）`
    }
  }
  return undefined
}

/** Steps that lead nowhere by themselves. */
const idle = new Set<ReportAction>(['withdraw', 'urge', 'note', 'add-to', 'support', 'supervise', 'progress'])
const leading = (
  [
    'accept',
    'resolve',
    'check',
    'recall',
    'claim-fixed',
    'route',
    'reassign',
    'dispatch',
    'transfer',
    'return',
    'send-back',
    'rework',
    'resume',
    'rule-on',
    'look',
    'decline',
  ] satisfies ReportAction[] as ReportAction[]
).filter((action) => !idle.has(action))

const mayAnyOf = (
  world: World,
  report: Report,
  people: Iterable<string>,
  actions: readonly ReportAction[],
): boolean => {
  for (const person of people) {
    const caller = callerOf(world, person, report)
    const context = { now: world.now, law, actorId: person }
    for (const action of actions) {
      if (refusalOf(caller, action, report, context) === undefined) return true
    }
  }
  return false
}

const clockWithin = 5 * tickMs

/** Late, open, and on no list: no clock will ever put it there again, and no resident can say a word to it. */
const isForgotten = (world: World, report: Report): boolean => {
  const account = world.books.accounts[report.id]
  const isLate = account !== undefined && account.ran >= account.allowed && isRunning(report)
  const wasStruck = report.redFaces.some(({ causes }) =>
    causes.some(({ struckAt }) => struckAt !== undefined),
  )
  return (
    isLate &&
    !wasStruck &&
    report.categoryId !== 'about-branch' &&
    report.deadlines.resolveDueAt <= world.now &&
    activeEpisode(report.redFaces) === undefined
  )
}

const stuck = (world: World): string | undefined => {
  const members = new Set(world.seats.map((one) => one.accountId))
  for (const report of world.reports) {
    const residents = [
      report.reporterLeftAt === undefined ? report.reporterKey : null,
      ...report.coReporters.map((one) => one.key),
    ].filter((one): one is string => one !== null)
    if (isForgotten(world, report)) return `${report.id}超期还在办，却从清单上消失了`
    const isOnClock = report.nextClockAt !== null && report.nextClockAt <= world.now + clockWithin
    switch (report.status) {
      case 'unrouted':
      case 'routed':
      case 'accepted':
      case 'dispatched':
      case 'awaiting-check':
      case 'suspended':
        if (!isOnClock && !mayAnyOf(world, report, members, leading))
          return `${report.id}（${report.status}）没有人能往下办，时钟也不动`
        break
      case 'resolved':
        if (!isOnClock) return `${report.id}办结后没有期限`
        break
      case 'closed':
      case 'declined': {
        const since = report.closedAt ?? world.now
        if (world.now >= since + ticks.appeal * tickMs) break
        const actions: readonly ReportAction[] =
          report.status === 'closed' ? ['rate', 'reopen', 'appeal'] : ['appeal']
        const asked = [...residents, ...supportersOf(report).map((one) => one.key)]
        for (const person of asked) {
          const isWaiting = report.requests.some((one) => one.side === 'resident')
          const hasAppealed = report.appealedKeys.includes(person)
          if (!isWaiting && !hasAppealed && !mayAnyOf(world, report, [person], actions))
            return `${report.id}（${report.status}）${person}不能评价、不能重提、不能申诉`
        }
        break
      }
      case 'merged': {
        const parent = familyOfReport(world, report)
        const isLost =
          parent.id === report.id || parent.status === 'declined' || parent.status === 'withdrawn'
        if (isLost) return `${report.id}留在了已经了结的${parent.id}里`
        if (!mayAnyOf(world, report, residents, ['unmerge'])) return `${report.id}并案后拆不开`
        break
      }
      default:
    }
    // An entry whose every way out is shut is stuck too: evidence, a look or the clock must lead on.
    const isListed = activeEpisode(report.redFaces) !== undefined && report.status !== 'merged'
    if (isListed && !isOnClock) {
      if (!mayAnyOf(world, report, members, ['lay-evidence', 'look', 'ask-look', ...leading]))
        return `${report.id}的“红脸”没有下榜的路`
    }
  }
  return undefined
}

/** Longest that an innocent branch which defends itself can be shown before a look or an appeal has ended it. */
const longestShown = 2 * ticks.movesUp + ticks.silence + ticks.posting + 2

/** Nobody who fixed it in time, and says so, stays on the public list for what a rival does. */
const innocentListed = (world: World): string | undefined => {
  for (const report of world.reports) {
    const own = familyOfReport(world, report)
    if (!isInnocent(world, own)) continue
    for (const cause of activeEpisode(own.redFaces)?.causes ?? []) {
      if (!isStanding(cause) || cause.publishedAt === undefined) continue
      if (cause.unit.id !== 'A') continue
      const shown = (world.now - cause.publishedAt) / tickMs
      if (shown > longestShown) return `无辜的A因${cause.cause}在榜上${shown}步下不来（${own.id}）`
    }
  }
  return undefined
}

/** Everything the oracle has to say about one state. */
export const judge = (
  world: World,
  { isBranchHonest, hasTimePassed }: { readonly isBranchHonest: boolean; readonly hasTimePassed: boolean },
): readonly Finding[] => {
  const findings: Finding[] = []
  const add = (judgement: Judgement, what: string | undefined): void => {
    if (what !== undefined) findings.push({ judgement, what })
  }
  add('waysOffTheList', offTheList(world))
  if (isBranchHonest) add('waysOffTheList', innocentListed(world))
  // Figures are read when honest people have had their turn.
  if (hasTimePassed) add('waysToBetterFigures', figuresWrong(world))
  add('stuck', stuck(world))
  return findings
}
