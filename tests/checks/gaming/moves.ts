import type { Membership } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  activeEpisode,
  isVerdict,
  standingCauses,
} from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { mergeParentOf } from '../../../cloudfunctions/contexts/report/rules/merging'
import { isAnsweredBy, type Report } from '../../../cloudfunctions/contexts/report/rules/report'
import type { ReportAction } from '../../../cloudfunctions/contexts/report/steps/registry'
import { seat } from './cast'
import { tickMs } from './compressed-law'
import { honestReplies, isTownshipAsked } from './honest'
import {
  type Act,
  act,
  colleaguesOf,
  enlist,
  type Filing,
  factsOf,
  familyOf,
  file,
  homeOf,
  inA,
  inB,
  pass,
  unitAbove,
  type World,
  whereTo,
} from './world'

/** What somebody who acts freely may try, with the forms it can take. */
export interface Freedom {
  readonly actor: string
  readonly actions: readonly (ReportAction | 'submit')[]
  /** Only these forms of what has several. */
  readonly forms?: Readonly<Partial<Record<ReportAction | 'submit', readonly string[]>>>
  readonly most?: Readonly<Partial<Record<ReportAction | 'submit', number>>>
}

/** A step of a path, such that the functions can be told the same. */
export type Step =
  | { readonly kind: 'act'; readonly act: Act; readonly form: string }
  | { readonly kind: 'file'; readonly filing: Filing }
  | { readonly kind: 'enlist'; readonly seat: Membership }
  | {
      readonly kind: 'wait'
      readonly isSilent: boolean
      readonly ticks: number
      readonly isBranchHonest: boolean
    }

export const inWords = (step: Step): string => {
  switch (step.kind) {
    case 'act':
      return `${step.act.actor}: ${step.act.action} ${step.act.reportId}${step.form ? ` (${step.form})` : ''}`
    case 'file':
      return `${step.filing.person ?? step.filing.unitId}: files at ${step.filing.unitId} (${step.filing.categoryId})`
    case 'enlist':
      return `A: enlists ${step.seat.accountId} into ${step.seat.unitId}`
    case 'wait':
      return `${step.ticks} tick${step.ticks === 1 ? '' : 's'} pass${step.isSilent ? ', T silent' : ''}`
  }
}

interface Form {
  readonly name: string
  readonly command: Act['command']
  readonly really?: Act['really']
}

const work = { note: '修好了', before: [], after: [], remedy: 'lasting' } as const
const one = (command: Act['command'], name = '', really?: Act['really']): Form => ({
  name,
  command,
  ...(really ? { really } : {}),
})

const formsOf = (world: World, report: Report, action: ReportAction, actor: string): readonly Form[] => {
  const { now } = world
  switch (action) {
    case 'accept':
      return [one({ kind: 'accept' })]
    case 'contact':
      return [
        one({ kind: 'contact', channel: 'visit', note: '上门了' }, 'nobody went'),
        one({ kind: 'contact', channel: 'message', note: '您好' }, 'a greeting'),
        one({ kind: 'contact', channel: 'visit', note: '上门了' }, 'really', 'reached'),
      ]
    case 'resolve':
      return [
        one({ kind: 'resolve', ...work }, 'nothing done'),
        one({ kind: 'resolve', ...work }, 'really', 'fixed'),
      ]
    case 'claim-fixed':
      return [
        one({ kind: 'claim-fixed', ...work }, 'nothing done'),
        one({ kind: 'claim-fixed', ...work }, 'really', 'fixed'),
      ]
    case 'check':
      return [one({ kind: 'check', note: '' })]
    case 'rework':
      return [one({ kind: 'rework', note: '返工' })]
    case 'transfer':
      return ['B', 'M', 'Z', 'A']
        .filter((to) => !isAnsweredBy(report, to))
        .map((to) => one({ kind: 'transfer', to: factsOf(world, to), note: '' }, `to ${to}`))
    case 'return':
      return [
        one({ kind: 'return', reason: 'not-our-place', note: '', sorter: unitAbove(world, report.unitPath) }),
      ]
    case 'dispatch':
      return [
        ...['P', 'P2'].map((to) =>
          one(
            {
              kind: 'dispatch',
              unit: factsOf(world, to),
              partnership: { id: to, partnerId: to, partnerName: to, unitId: 'T', since: 0 },
              note: '',
            },
            `to ${to}`,
          ),
        ),
        ...colleaguesOf(world, report).map(({ actorId }, _place, colleagues) =>
          one(
            {
              kind: 'dispatch',
              unit: factsOf(world, report.answerableUnit.id),
              member: { id: actorId, colleagues },
              note: '',
            },
            `to ${actorId}`,
          ),
        ),
      ]
    case 'recall':
      return [one({ kind: 'recall', note: '' })]
    case 'send-back':
      return [one({ kind: 'send-back', note: '办不了' })]
    case 'decline':
      return [one({ kind: 'decline', reason: 'not-real', note: '' })]
    case 'suspend':
      return [
        one(
          { kind: 'suspend', reason: '等预算', plan: '明年', untilAt: now + 5 * tickMs, isSeasonal: false },
          'for 5 ticks',
        ),
        one(
          { kind: 'suspend', reason: '土冻住了', plan: '开春', untilAt: now + 8 * tickMs, isSeasonal: true },
          'until the thaw',
        ),
      ]
    case 'extend':
      return [
        one(
          { kind: 'extend', reason: '下雨', resolveDueAt: report.deadlines.resolveDueAt + 6 * tickMs },
          'by 6 ticks',
        ),
      ]
    case 'resume':
      return [one({ kind: 'resume', note: '' })]
    case 'reclassify':
      return (['lane-hardening', 'lane-repair', 'about-branch'] as const)
        .filter((id) => id !== report.categoryId)
        .map((id) => one({ kind: 'reclassify', categoryId: id, note: '' }, `as ${id}`))
    case 'relocate': {
      const isAtA = report.place.point?.lng === inA.lng
      const point = isAtA ? inB : inA
      return [
        one(
          {
            kind: 'relocate',
            place: { point, words: '别处' },
            to: factsOf(world, isAtA ? 'B' : 'A'),
            note: '',
          },
          `into ${isAtA ? 'B' : 'A'}`,
        ),
      ]
    }
    case 'lay-evidence':
      return [
        one({ kind: 'lay-evidence', note: '修好了', photos: [`picture-${world.tick}`] }, 'nothing done'),
        one({ kind: 'lay-evidence', note: '修好了', photos: [`picture-${world.tick}`] }, 'really', 'fixed'),
      ]
    case 'ask-look':
      return [one({ kind: 'ask-look', note: '' })]
    case 'appeal-red-face': {
      const episode = activeEpisode(report.redFaces)
      const verdictNos = (episode ? standingCauses(episode) : []).filter(isVerdict).map((cause) => cause.no)
      const disputing = (causeNos: readonly number[], name = ''): Form =>
        one({ kind: 'appeal-red-face', reason: '不该上榜', causeNos }, name)
      return [disputing([]), ...(verdictNos.length > 0 ? [disputing(verdictNos, 'of verdicts')] : [])]
    }
    case 'declare-red-face':
      return [one({ kind: 'declare-red-face', note: '' })]
    case 'merge':
      return world.reports
        .filter((parent) => parent.id !== report.id)
        .map((parent) => one({ kind: 'merge', parent: mergeParentOf(report, parent) }, `into ${parent.id}`))
    case 'route':
    case 'reassign':
      return ['B', 'A']
        .filter((to) => !isAnsweredBy(report, to))
        .map((to) => one({ kind: action, to: factsOf(world, to), note: '' }, `to ${to}`))
    case 'rule-on':
      return report.requests
        .filter((request) => request.kind !== 'look')
        .flatMap((request) =>
          [true, false].map((isGranted) =>
            one(
              {
                kind: 'rule-on',
                request: request.kind,
                isGranted,
                note: '',
                ...whereTo(world, report, request),
              },
              `${isGranted ? 'grants' : 'denies'} ${request.kind}`,
            ),
          ),
        )
    case 'look':
      return [
        one(
          { kind: 'look', finding: 'solved', note: '看过', photos: [], ...homeOf(world, report) },
          'says solved',
        ),
      ]
    case 'supervise':
      return [one({ kind: 'supervise', note: '' })]
    case 'support':
      return [one({ kind: 'support', keys: [actor] })]
    case 'rate':
      return (['yes', 'no'] as const).map((solved) =>
        one(
          {
            kind: 'rate',
            rating: {
              contacted: true,
              solved,
              satisfaction: solved === 'yes' ? 'satisfied' : 'dissatisfied',
              remark: '',
            },
            ...homeOf(world, report),
          },
          solved,
        ),
      )
    case 'answer-red-face':
      return [
        one({ kind: 'answer-red-face', isGone: true, note: '' }, 'yes'),
        one({ kind: 'answer-red-face', isGone: false, note: '', photo: 'picture' }, 'no'),
      ]
    case 'reopen':
      return [one({ kind: 'reopen', reason: '又坏了', photos: [], ...homeOf(world, report) })]
    case 'appeal':
      return [one({ kind: 'appeal', reason: '不服' })]
    case 'appeal-look':
      return [one({ kind: 'appeal-look', reason: '不服' })]
    case 'say-to-appeal':
      return [one({ kind: 'say-to-appeal', words: '还是没修好', photos: [] })]
    case 'appeal-struck':
      return [one({ kind: 'appeal-struck', reason: '没修好' })]
    case 'take-up':
      return [one({ kind: 'take-up', key: actor, from: inA })]
    case 'withdraw':
      return [one({ kind: 'withdraw', reason: '' })]
    case 'unmerge':
      return [one({ kind: 'unmerge', family: familyOf(world, report) })]
    case 'agree':
      return report.requests.map((request) => {
        const parent =
          request.kind === 'merge' && world.reports.find((one_) => one_.id === request.parentReportId)
        return one(
          {
            kind: 'agree',
            request: request.kind,
            ...(parent ? { parent: mergeParentOf(report, parent) } : {}),
            ...(request.kind === 'relocate' ? whereTo(world, report, request) : {}),
          },
          request.kind,
        )
      })
    default:
      return []
  }
}

export interface Rules {
  readonly free: readonly Freedom[]
  readonly isBranchHonest: boolean
  /** Reports beyond this number are not filed. */
  readonly mostReports: number
  /** A may enlist R1 as a helper of its own. */
  readonly mayEnlist?: boolean
  /** Where those who file freely file. */
  readonly filesAt?: string
}

export interface Moved {
  readonly step: Step
  readonly world: World
}

const outward = (world: World): string =>
  world.reports
    .map(
      (report) =>
        `${report.status}${report.answerableUnit.id}${report.isSorting}${report.requests.map((one_) => one_.kind + one_.rulingUnitId).join()}${report.redFaces
          .map(
            (episode) =>
              `${episode.endedAt}${episode.posting?.until}${episode.words.length}${episode.causes.map((cause) => `${cause.publishedAt}${cause.leftAt}${cause.struckAt}`).join()}`,
          )
          .join()}${report.contactedAt}${report.ratings.length}`,
    )
    .join('|')

/** One tick with what honest people do before it. */
export const wait = (world: World, isSilent: boolean, isBranchHonest: boolean): World =>
  pass(honestReplies(world, { isSilent, isBranchHonest }).world)

const mostWaited = 8

/** The ways in which time may pass: one tick, with T silent or not, or until something can be seen. */
const waits = (world: World, rules: Rules, lastTick: number): readonly Moved[] => {
  if (world.tick >= lastTick) return []
  const { isBranchHonest } = rules
  const moved: Moved[] = []
  const first = wait(world, false, isBranchHonest)
  moved.push({ step: { kind: 'wait', isSilent: false, ticks: 1, isBranchHonest }, world: first })
  if (isTownshipAsked(world)) {
    const silent = wait(world, true, isBranchHonest)
    moved.push({ step: { kind: 'wait', isSilent: true, ticks: 1, isBranchHonest }, world: silent })
  }
  let current = first
  const seen = outward(world)
  for (let waited = 2; waited <= mostWaited; waited += 1) {
    if (outward(current) !== seen || current.tick >= lastTick) break
    current = wait(current, false, isBranchHonest)
    if (waited >= 2 && (outward(current) !== seen || waited === mostWaited)) {
      moved.push({ step: { kind: 'wait', isSilent: false, ticks: waited, isBranchHonest }, world: current })
    }
  }
  return moved
}

/** Every move from a state: what free people may do, each form of it, and time. */
export const movesFrom = (world: World, rules: Rules, lastTick: number): readonly Moved[] => {
  const moved: Moved[] = []
  for (const { actor, actions, forms } of rules.free) {
    for (const action of actions) {
      if (action === 'submit') {
        if (world.reports.length >= rules.mostReports) continue
        const filing: Filing = { person: actor, unitId: rules.filesAt ?? 'A', categoryId: 'lane-repair' }
        moved.push({ step: { kind: 'file', filing }, world: file(world, filing) })
        continue
      }
      for (const report of world.reports) {
        for (const form of formsOf(world, report, action, actor)) {
          const wanted = forms?.[action]
          if (wanted && !wanted.includes(form.name)) continue
          const { name, command, really } = form
          const doing: Act = { actor, action, reportId: report.id, command, ...(really ? { really } : {}) }
          const after = act(world, doing)
          if (typeof after === 'string') {
            if (after === 'not-allowed' || after === 'wrong-status') break
            continue
          }
          moved.push({ step: { kind: 'act', act: doing, form: name }, world: after })
        }
      }
    }
  }
  if (rules.mayEnlist && !world.seats.some((held) => held.accountId === 'R1' && held.unitId === 'A')) {
    const membership = seat('R1', 'A', 'grid-worker', world.now)
    moved.push({ step: { kind: 'enlist', seat: membership }, world: enlist(world, membership) })
  }
  moved.push(...waits(world, rules, lastTick))
  return moved
}

/** The same step again, in another world: for paths that are told to the functions. */
export const redo = (world: World, step: Step): World | string => {
  switch (step.kind) {
    case 'act':
      return act(world, step.act)
    case 'file':
      return file(world, step.filing)
    case 'enlist':
      return enlist(world, step.seat)
    case 'wait': {
      let current = world
      for (let count = 0; count < step.ticks; count += 1) {
        current = wait(current, step.isSilent, step.isBranchHonest)
      }
      return current
    }
  }
}
