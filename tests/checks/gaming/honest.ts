import {
  activeEpisode,
  endedByLook,
  struckVerdicts,
  verdictCauses,
} from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { isAnsweredBy, type Report } from '../../../cloudfunctions/contexts/report/rules/report'
import {
  type LevelRequest,
  nextRulingUnitId,
  requestOf,
} from '../../../cloudfunctions/contexts/report/rules/request'
import { partOf } from '../../support/rolls'
import { honestResidents } from './books'
import { tickMs, ticks } from './compressed-law'
import { type Act, act, factsOf, homeOf, isFixed, type World, whereTo } from './world'

/** Who acts honestly for a unit above, or for B. */
const clerkOf: Readonly<Record<string, string>> = { T: 't1', '150221': 'n1', '15': 'g1' }

const rating = (isGood: boolean, isReached: boolean) => ({
  contacted: isReached,
  solved: isGood ? ('yes' as const) : ('no' as const),
  satisfaction: isGood ? ('satisfied' as const) : ('dissatisfied' as const),
  remark: '',
})

/** Must it be done now, because by the next tick it would be too late? */
const isLast = (world: World, until: number | undefined): boolean =>
  until !== undefined && until > world.now && until <= world.now + tickMs

const wordsOf = (world: World, report: Report, person: string): readonly Act[] => {
  const part = partOf(report, person)
  if (!part || report.reporterLeftAt !== undefined) return []
  const isGood = isFixed(world)
  const isReporter = part !== 'supporter'
  const isReached = world.truth.reached[person] !== undefined
  const say = (action: Act['action'], command: Act['command']): Act => ({
    actor: person,
    action,
    reportId: report.id,
    command,
  })
  const acts: Act[] = []
  // A greeting that nobody has opened claims nothing yet.
  if (part === 'reporter' && !isReached && report.contactedAt !== undefined) {
    acts.push(say('deny-contact', { kind: 'deny-contact' }))
  }
  const resolution = report.resolutions.length
  const hasRated = report.ratings.some((one) => one.key === person && one.resolutionNo === resolution)
  const rate = say('rate', { kind: 'rate', rating: rating(isGood, isReached), ...homeOf(world, report) })
  if (isReporter && !hasRated && report.status === 'resolved' && report.resolvedAt !== undefined) {
    if (isLast(world, report.resolvedAt + ticks.silence * tickMs)) acts.push(rate)
  }
  if (isReporter && !hasRated && report.status === 'closed' && report.closedAt !== undefined) {
    if (isLast(world, report.closedAt + ticks.appeal * tickMs)) acts.push(rate)
  }
  const episode = activeEpisode(report.redFaces)
  const word = episode?.words.find((one) => one.key === person)
  if (episode?.evidence && report.status !== 'merged' && !(isReporter && report.status === 'resolved')) {
    const isNew = word === undefined || word.isGone !== isGood || word.at < episode.evidence.at
    const until = [episode.evidence.at + ticks.silence * tickMs, episode.posting?.until]
    if (isNew && until.some((at) => isLast(world, at))) {
      acts.push(
        say('answer-red-face', {
          kind: 'answer-red-face',
          isGone: isGood,
          note: '',
          ...(isReporter || isGood ? {} : { photo: 'picture' }),
        }),
      )
    }
  }
  const appealUntil = (report.closedAt ?? 0) + ticks.appeal * tickMs
  if (!isGood && report.status === 'declined' && isLast(world, appealUntil)) {
    acts.push(say('appeal', { kind: 'appeal', reason: '没办' }))
  }
  if (!isGood && report.status === 'closed' && part === 'supporter' && isLast(world, appealUntil)) {
    acts.push(say('appeal', { kind: 'appeal', reason: '没修好' }))
  }
  const ended = endedByLook(report.redFaces)
  if (!isGood && ended && isLast(world, (ended.endedAt ?? 0) + ticks.appeal * tickMs)) {
    acts.push(say('appeal-look', { kind: 'appeal-look', reason: '没修好' }))
  }
  const hearing = requestOf(report.requests, 'appeal-red-face')?.hearing
  if (
    hearing?.askedKeys.includes(person) &&
    !hearing.saidKeys.includes(person) &&
    isLast(world, hearing.until)
  ) {
    acts.push(
      say('say-to-appeal', { kind: 'say-to-appeal', words: isGood ? '修好了' : '没修好', photos: [] }),
    )
  }
  const struck = struckVerdicts(report.redFaces)
  if (!isGood && struck.some((one) => isLast(world, (one.struckAt ?? 0) + ticks.appeal * tickMs))) {
    acts.push(say('appeal-struck', { kind: 'appeal-struck', reason: '没修好' }))
  }
  return acts
}

/** Is what is asked for just? The levels above find out the truth before they answer. */
const isJust = (world: World, report: Report, request: LevelRequest): boolean => {
  switch (request.kind) {
    case 'appeal-decline':
    case 'appeal-closing':
    case 'appeal-look':
    case 'appeal-struck':
    case 'resume':
      return !isFixed(world)
    case 'appeal-red-face':
      return isInnocent(world, report)
    default:
      return false
  }
}

/** Fixed, and in time, and the one who reported it was reached in time: nothing can be held against the unit. */
export const isInnocent = (world: World, report: Report): boolean => {
  const account = world.books.accounts[report.id]
  return isFixed(world) && account !== undefined && !account.isLate
}

const rulingsOf = (world: World, report: Report, isSilent: boolean): readonly Act[] =>
  report.requests.flatMap((request): readonly Act[] => {
    const unitId = request.rulingUnitId
    const actor = unitId === null ? undefined : clerkOf[unitId]
    const isUnheard = unitId === 'T' || request.kind === 'appeal-red-face'
    if (actor === undefined || (isSilent && isUnheard)) return []
    const isTop = nextRulingUnitId(report, request) === null
    if (!isLast(world, request.movesUpAt) && !isLast(world, request.endsAt)) {
      if (!(isTop && request.movesUpAt <= world.now)) return []
    }
    if (request.kind === 'look') return [lookOf(world, report, actor)]
    const isGranted = isJust(world, report, request)
    const episode = activeEpisode(report.redFaces)
    const needsLook =
      request.kind === 'appeal-red-face' &&
      isGranted &&
      episode?.causes.some((one) => request.causeNos.includes(one.no) && verdictCauses.includes(one.cause))
    const rule: Act = {
      actor,
      action: 'rule-on',
      reportId: report.id,
      command: {
        kind: 'rule-on',
        request: request.kind,
        isGranted,
        note: '',
        ...whereTo(world, report, request),
      },
    }
    return needsLook ? [lookOf(world, report, actor), rule] : [rule]
  })

const lookOf = (world: World, report: Report, actor: string): Act => ({
  actor,
  action: 'look',
  reportId: report.id,
  command: {
    kind: 'look',
    finding: isFixed(world) ? 'solved' : 'unsolved',
    note: '看过',
    photos: [],
    ...homeOf(world, report),
  },
})

/** T sorts what came back to where it belongs; what T or B has to answer for they accept, and B really calls. */
const workOf = (world: World, report: Report, isSilent: boolean): readonly Act[] => {
  const stint = report.stints[report.stints.length - 1]
  const acceptBy = stint?.acceptedAt === undefined ? stint?.acceptDueAt : undefined
  if (report.status === 'unrouted') {
    const unitId = report.answerableUnit.id
    const actor = clerkOf[unitId]
    const isTurn = isLast(world, acceptBy) || (acceptBy !== undefined && acceptBy <= world.now)
    if (actor === undefined || !isTurn || (isSilent && unitId === 'T')) return []
    const to = factsOf(world, 'A')
    return [{ actor, action: 'route', reportId: report.id, command: { kind: 'route', to, note: '' } }]
  }
  if (report.isSorting) return []
  const actor = report.answerableUnit.id === 'B' ? 'b1' : clerkOf[report.answerableUnit.id]
  if (actor === undefined) return []
  if (report.status === 'routed' && isLast(world, acceptBy)) {
    return [{ actor, action: 'accept', reportId: report.id, command: { kind: 'accept' } }]
  }
  const isContactDue = isLast(world, report.deadlines.contactDueAt) && report.contactedAt === undefined
  if (report.status === 'accepted' && isContactDue && report.reporterKey !== null) {
    const command = { kind: 'contact', channel: 'visit', note: '上门' } as const
    return [{ actor, action: 'contact', reportId: report.id, command, really: 'reached' }]
  }
  return []
}

/** What A does in a scene in which it is honest: accepts, contacts, fixes. */
const defenceOf = (world: World, report: Report): readonly Act[] => {
  if (!isAnsweredBy(report, 'A')) return []
  const of = (action: Act['action'], command: Act['command'], really?: Act['really']): Act => ({
    actor: 'a1',
    action,
    reportId: report.id,
    command,
    ...(really ? { really } : {}),
  })
  const done = { note: '修好了', before: [], after: [], remedy: 'lasting' } as const
  switch (report.status) {
    case 'routed':
      return [
        of('accept', { kind: 'accept' }),
        of('contact', { kind: 'contact', channel: 'visit', note: '上门' }, 'reached'),
      ]
    case 'accepted': {
      const isFixDue = world.tick >= 2 || isFixed(world)
      return [
        ...(report.contactedAt === undefined
          ? [of('contact', { kind: 'contact', channel: 'visit', note: '上门' }, 'reached')]
          : []),
        ...(isFixDue ? [of('resolve', { kind: 'resolve', ...done }, 'fixed')] : []),
      ]
    }
    default:
      return []
  }
}

/** How it defends itself: evidence and a look. An appeal would help too; that a look is enough is what is asked here. */
const outOfIt = (_world: World, report: Report): readonly Act[] => {
  const episode = activeEpisode(report.redFaces)
  if (!episode) return []
  const of = (action: Act['action'], command: Act['command']): Act => ({
    actor: 'a1',
    action,
    reportId: report.id,
    command,
  })
  return [
    // Laid once: new evidence would ask everybody anew, and the wait for an answer would begin again.
    ...(episode.evidence
      ? []
      : [of('lay-evidence', { kind: 'lay-evidence', note: '修好了', photos: ['new'] })]),
    of('ask-look', { kind: 'ask-look', note: '' }),
  ]
}

export interface Told {
  readonly world: World
  readonly acts: readonly Act[]
}

/**
 * What honest people do before the next tick, each at the last instant the law leaves them. With `isSilent` the
 * township says nothing this time, so that what is asked of it moves up; and nobody rules on a branch's appeal.
 */
export const honestReplies = (
  world: World,
  { isSilent, isBranchHonest }: { readonly isSilent: boolean; readonly isBranchHonest: boolean },
): Told => {
  let current = world
  const done: Act[] = []
  const take = (acts: readonly Act[]): void => {
    for (const one of acts) {
      const after = act(current, one)
      if (typeof after === 'string') continue
      current = after
      done.push(one)
    }
  }
  const each = (acts: (world: World, report: Report) => readonly Act[]): void => {
    for (const { id } of current.reports) {
      const report = current.reports.find((one) => one.id === id)
      if (report) take(acts(current, report))
    }
  }
  if (isBranchHonest) {
    each(defenceOf)
    each(outOfIt)
  }
  for (const person of honestResidents) each((now, report) => wordsOf(now, report, person))
  each((now, report) => workOf(now, report, isSilent))
  each((now, report) => rulingsOf(now, report, isSilent))
  return { world: current, acts: done }
}

/** Is there something for the township to be silent about? */
export const isTownshipAsked = (world: World): boolean =>
  world.reports.some(
    (report) =>
      report.requests.some(
        (one) =>
          (one.rulingUnitId === 'T' && isLast(world, one.movesUpAt)) ||
          (one.kind === 'appeal-red-face' && (isLast(world, one.movesUpAt) || isLast(world, one.endsAt))),
      ) ||
      (report.status === 'unrouted' && report.answerableUnit.id === 'T'),
  )
