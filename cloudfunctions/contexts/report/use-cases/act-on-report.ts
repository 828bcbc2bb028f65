import { roundPoint, tilesAround } from '../../../ground/geometry'
import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import { carryOut, type Life } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import type { CommandOf } from '../../../terms/action'
import type { Session } from '../../organisation/rules/session'
import { attachPhotos, photoUse } from '../../photo/shared/attach-photos'
import { evidenceIsNew } from '../../photo/shared/new-evidence'
import { activeEpisode, standingCauses } from '../../red-face/rules/red-face'
import { routePlace } from '../../routing/shared/route-place'
import { authorise, sceneOf, standsFor } from '../access'
import type { OutputOf, ParsedInputOf, reportContract } from '../contract'
import { decide } from '../decide'
import type { ReportPorts } from '../ports'
import { isSameMatter } from '../rules/alike'
import type { Law } from '../rules/change'
import type { MergeParent, ReportCommand, Rerouting, UnitFacts } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { isOpen } from '../rules/lifecycle'
import { actorIdOf } from '../rules/participant-key'
import type { Report, ReportEvent } from '../rules/report'
import { isForReporterAlone, requestOf } from '../rules/request'
import { type Caller, viewOf } from '../rules/standing'
import type { ReportAction } from '../steps/step'
import { catchUp } from '../tick'
import { denialOf } from '../whose-step'
import { beforeIn, evidenceIn, photosIn, withPhotos } from './command-photos'
import { seenRev } from './present-report'
import { settleReport } from './settle-report'
import {
  ableAbove,
  callerOf,
  colleaguesOf,
  familyOf,
  homeOf,
  isReporterOurs,
  lawOf,
  unitAbove,
  unitFacts,
} from './standing-of'

/** Actions on a report that exists and that the caller has seen at a revision. */
export type SteppingAction = Exclude<
  CommandOf<typeof reportContract>,
  'report.submit' | 'report.support' | 'report.takeUp' | 'redFace.declareNew'
>

interface Scene {
  readonly report: Report
  readonly session: Session
  readonly ports: ReportPorts
}

type Build<A extends SteppingAction> = (
  input: ParsedInputOf<A>,
  scene: Scene,
) => Promise<Result<ReportCommand>> | Result<ReportCommand>

/** A unit of the same banner (or anywhere, for the region), with what decides whether it may get the report. */
const targetOf = async (unitId: string, { report, ports, session }: Scene): Promise<Result<UnitFacts>> => {
  const unit = await ports.units.get(unitId)
  const bannerId = bannerOf(report.unitPath)
  if (!unit || (bannerId !== null && bannerOf(unit.path) !== bannerId)) return refuse('unknown-unit')
  return ok(await unitFacts(ports, unit, session.now))
}

const homeFor = async ({ report, ports, session }: Scene): Promise<{ readonly home?: UnitFacts }> => {
  const home = await homeOf(ports, report, session.now)
  return home ? { home } : {}
}

/** K9: where the matter would go as one of another kind. */
const reroutingOf = async (
  categoryId: string,
  { report, ports, session }: Scene,
): Promise<Result<Rerouting>> => {
  const routed = await routePlace(ports)(report.place, categoryId, session.now)
  if (!routed.ok) return routed
  const { decision, responsible, sorter } = routed.value.outcome
  const found = await ports.units.getMany([...(responsible ? [responsible.id] : []), sorter.id])
  const facts = new Map(
    await Promise.all(
      found.map(async (unit) => [unit.id, await unitFacts(ports, unit, session.now)] as const),
    ),
  )
  const sorts = facts.get(sorter.id)
  if (!sorts) return refuse('unknown-unit')
  return ok({
    decision,
    responsible: (responsible && facts.get(responsible.id)) ?? null,
    sorter: sorts,
  })
}

const parentFacts = (child: Report, parent: Report): MergeParent => {
  const episode = activeEpisode(parent.redFaces)
  return {
    id: parent.id,
    isSameMatter: isSameMatter(child, parent),
    isOpen: isOpen(parent.status),
    isSuspended: parent.status === 'suspended',
    isConfidential: isConfidential(parent),
    answerableUnit: parent.answerableUnit,
    isSorting: parent.isSorting,
    unitPath: parent.unitPath,
    submittedAt: parent.submittedAt,
    hasOpenCause: episode !== undefined && standingCauses(episode).length > 0,
    publicSummary: parent.publicSummary,
    childReportIds: parent.childReportIds,
  }
}

const plain =
  <A extends SteppingAction>(command: (input: ParsedInputOf<A>) => ReportCommand): Build<A> =>
  (input) =>
    ok(command(input))

/** Contract action → domain action and how its command is made, with the look-ups it needs. */
const builders: {
  readonly [A in SteppingAction]: { readonly action: ReportAction; readonly build: Build<A> }
} = {
  'report.withdraw': { action: 'withdraw', build: plain(({ reason }) => ({ kind: 'withdraw', reason })) },
  'report.rate': {
    action: 'rate',
    build: async ({ contacted, solved, satisfaction, remark }, scene) =>
      ok({
        kind: 'rate',
        rating: { contacted, solved, satisfaction, remark },
        ...(solved === 'no' ? await homeFor(scene) : {}),
      }),
  },
  'report.reopen': {
    action: 'reopen',
    build: async ({ reason, photos }, scene) =>
      ok({ kind: 'reopen', reason, photos, ...(await homeFor(scene)) }),
  },
  'report.appeal': { action: 'appeal', build: plain(({ reason }) => ({ kind: 'appeal', reason })) },
  'report.appealLook': {
    action: 'appeal-look',
    build: plain(({ reason }) => ({ kind: 'appeal-look', reason })),
  },
  'report.sayToAppeal': {
    action: 'say-to-appeal',
    build: plain(({ words, photos }) => ({ kind: 'say-to-appeal', words, photos })),
  },
  'report.appealStruck': {
    action: 'appeal-struck',
    build: plain(({ reason }) => ({ kind: 'appeal-struck', reason })),
  },
  'report.add': {
    action: 'add-to',
    build: plain(({ words, photos }) => ({ kind: 'add-to', words, photos })),
  },
  'report.urge': { action: 'urge', build: plain(() => ({ kind: 'urge' })) },
  'report.answer': {
    action: 'answer',
    build: plain(({ words, photos }) => ({ kind: 'answer', words, photos })),
  },
  'report.openMessage': { action: 'open-message', build: plain(() => ({ kind: 'open-message' })) },
  'report.denyContact': { action: 'deny-contact', build: plain(() => ({ kind: 'deny-contact' })) },
  'report.agree': {
    action: 'agree',
    build: async ({ request: kind }, scene) => {
      const request = requestOf(scene.report.requests, kind)
      if (!request || !isForReporterAlone(request)) return ok({ kind: 'agree', request: kind })
      if (request.kind === 'merge') {
        const parent = await scene.ports.reports.get(request.parentReportId)
        return ok({
          kind: 'agree',
          request: kind,
          ...(parent ? { parent: parentFacts(scene.report, parent) } : {}),
        })
      }
      const rerouting = await reroutingOf(request.categoryId, scene)
      return rerouting.ok ? ok({ kind: 'agree', request: kind, rerouting: rerouting.value }) : rerouting
    },
  },
  'report.sayReasonGone': {
    action: 'say-reason-gone',
    build: plain(({ reason }) => ({ kind: 'say-reason-gone', reason })),
  },
  'report.unmerge': {
    action: 'unmerge',
    build: async (_input, { report, ports, session }) => {
      const parent =
        report.parentReportId === undefined ? undefined : await ports.reports.get(report.parentReportId)
      return ok({ kind: 'unmerge', family: await familyOf(ports, report, parent, session.now) })
    },
  },
  'redFace.answer': {
    action: 'answer-red-face',
    build: plain(({ isGone, photo, note }) => ({
      kind: 'answer-red-face',
      isGone,
      ...(photo ? { photo } : {}),
      note,
    })),
  },
  'report.accept': {
    action: 'accept',
    build: plain(({ publicSummary }) => ({ kind: 'accept', ...(publicSummary ? { publicSummary } : {}) })),
  },
  'report.revealPhone': { action: 'reveal-phone', build: plain(() => ({ kind: 'reveal-phone' })) },
  'report.contact': {
    action: 'contact',
    build: async ({ channel, note }, { report, ports, session }) =>
      ok({ kind: 'contact', channel, note, isWithOwn: await isReporterOurs(ports, report, session.now) }),
  },
  'report.ask': { action: 'ask', build: plain(({ words }) => ({ kind: 'ask', words })) },
  'report.return': {
    action: 'return',
    build: async ({ reason, note }, { report, ports, session }) => {
      const sorter = await unitAbove(ports, report.unitPath, session.now)
      return sorter ? ok({ kind: 'return', reason, note, sorter }) : refuse('unknown-unit')
    },
  },
  'report.transfer': {
    action: 'transfer',
    build: async ({ toUnitId, note }, scene) => {
      const target = await targetOf(toUnitId, scene)
      return target.ok ? ok({ kind: 'transfer', to: target.value, note }) : target
    },
  },
  'report.takeOver': {
    action: 'take-over',
    build: async (_input, scene) => {
      const target = await targetOf(scene.report.routing.alternate?.id ?? '', scene)
      return target.ok ? ok({ kind: 'take-over', by: target.value }) : target
    },
  },
  'report.route': {
    action: 'route',
    build: async ({ toUnitId, note }, scene) => {
      const target = await targetOf(toUnitId, scene)
      return target.ok ? ok({ kind: 'route', to: target.value, note }) : target
    },
  },
  'report.reassign': {
    action: 'reassign',
    build: async ({ toUnitId, note }, scene) => {
      const target = await targetOf(toUnitId, scene)
      return target.ok ? ok({ kind: 'reassign', to: target.value, note }) : target
    },
  },
  'report.dispatch': {
    action: 'dispatch',
    build: async ({ toUnitId, memberId, note }, { report, ports, session }) => {
      const unit = await ports.units.get(toUnitId)
      if (!unit) return refuse('unknown-unit')
      if (memberId !== undefined) {
        const colleagues = await colleaguesOf(ports, report, session.now)
        return ok({
          kind: 'dispatch',
          unit: await unitFacts(ports, unit, session.now),
          member: { id: memberId, colleagues },
          note,
        })
      }
      const partnership = (await ports.units.partnershipsOf(report.unitPath)).find(
        (one) => one.partnerId === toUnitId,
      )
      return ok({
        kind: 'dispatch',
        unit: await unitFacts(ports, unit, session.now),
        ...(partnership ? { partnership } : {}),
        note,
      })
    },
  },
  'report.recall': { action: 'recall', build: plain(({ note }) => ({ kind: 'recall', note })) },
  'report.sendBack': { action: 'send-back', build: plain(({ note }) => ({ kind: 'send-back', note })) },
  'report.progress': {
    action: 'progress',
    build: plain(({ note, photos, isPublic }) => ({ kind: 'progress', note, photos, isPublic })),
  },
  'report.note': { action: 'note', build: plain(({ note }) => ({ kind: 'note', note })) },
  'report.layPlan': {
    action: 'lay-plan',
    build: plain(({ text, doneBy, budget }) => ({ kind: 'lay-plan', text, doneBy, budget })),
  },
  'report.reclassify': {
    action: 'reclassify',
    build: plain(({ categoryId, note }) => ({ kind: 'reclassify', categoryId, note })),
  },
  'report.relocate': {
    action: 'relocate',
    build: async ({ place, note }, { report, ports, session }) => {
      const routed = await routePlace(ports)(place, report.categoryId, session.now)
      if (!routed.ok) return routed
      const { responsible } = routed.value.outcome
      const unit = responsible ? await ports.units.get(responsible.id) : undefined
      return ok({
        kind: 'relocate',
        place,
        ...(place.point ? { publicPoint: roundPoint(place.point) } : {}),
        tiles: place.point ? tilesAround(place.point, 0) : [],
        to: unit ? await unitFacts(ports, unit, session.now) : null,
        note,
      })
    },
  },
  'report.correctSummary': {
    action: 'correct-summary',
    build: plain(({ publicSummary }) => ({ kind: 'correct-summary', publicSummary })),
  },
  'report.claimFixed': {
    action: 'claim-fixed',
    build: plain(({ note, before, after, remedy }) => ({ kind: 'claim-fixed', note, before, after, remedy })),
  },
  'report.check': { action: 'check', build: plain(({ note }) => ({ kind: 'check', note })) },
  'report.rework': { action: 'rework', build: plain(({ note }) => ({ kind: 'rework', note })) },
  'report.resolve': {
    action: 'resolve',
    build: plain(({ note, before, after, remedy }) => ({ kind: 'resolve', note, before, after, remedy })),
  },
  'report.layEvidence': {
    action: 'lay-evidence',
    build: plain(({ note, photos }) => ({ kind: 'lay-evidence', note, photos })),
  },
  'report.merge': {
    action: 'merge',
    build: async ({ parentReportId }, { report, ports }) => {
      const parent = await ports.reports.get(parentReportId)
      return parent ? ok({ kind: 'merge', parent: parentFacts(report, parent) }) : refuse('merge-target')
    },
  },
  'report.decline': {
    action: 'decline',
    build: plain(({ reason, note }) => ({ kind: 'decline', reason, note })),
  },
  'report.suspend': {
    action: 'suspend',
    build: plain(({ reason, plan, untilAt, isSeasonal }) => ({
      kind: 'suspend',
      reason,
      plan,
      untilAt,
      isSeasonal,
    })),
  },
  'report.extend': {
    action: 'extend',
    build: plain(({ reason, resolveDueAt }) => ({ kind: 'extend', reason, resolveDueAt })),
  },
  'report.resume': { action: 'resume', build: plain(({ note }) => ({ kind: 'resume', note })) },
  'report.askLook': { action: 'ask-look', build: plain(({ note }) => ({ kind: 'ask-look', note })) },
  'report.supervise': { action: 'supervise', build: plain(({ note }) => ({ kind: 'supervise', note })) },
  'report.ruleOn': {
    action: 'rule-on',
    build: async ({ request, isGranted, note, toUnitId }, scene) => {
      const chosen = toUnitId === undefined ? undefined : await targetOf(toUnitId, scene)
      if (chosen && !chosen.ok) return chosen
      const home = chosen ? { home: chosen.value } : await homeFor(scene)
      return ok({ kind: 'rule-on', request, isGranted, note, ...home })
    },
  },
  'report.look': {
    action: 'look',
    build: async ({ finding, note, photos }, scene) =>
      ok({ kind: 'look', finding, note, photos, ...(await homeFor(scene)) }),
  },
  'redFace.declare': {
    action: 'declare-red-face',
    build: plain(({ note }) => ({ kind: 'declare-red-face', note })),
  },
  'redFace.appeal': {
    action: 'appeal-red-face',
    build: plain(({ reason, causeNos }) => ({ kind: 'appeal-red-face', reason, causeNos })),
  },
}

type StepAnswer = OutputOf<'report.accept'>

/**
 * Some steps end one's own standing: who passes a report on has it no longer, who withdraws has left. They are
 * answered again all the same: the resident always, staff while they still have a seat in a unit that had it.
 */
const isStillTheirs = (caller: Caller, report: Report, event: Report['timeline'][number]): boolean => {
  if (event.side === 'resident') return true
  const had = new Set([
    ...report.stints.map((stint) => stint.unit.id),
    ...report.dispatches.map((dispatch) => dispatch.unitId),
  ])
  return caller.memberships.some((membership) => had.has(membership.unitId))
}

/**
 * The first answer of a command that has been carried out already; undefined when it has not. Authorised anew:
 * who may not take the step any more is not answered again. A look at a phone number is never answered from
 * memory: each is an event of its own.
 */
const repeated = (
  report: Report,
  caller: Caller,
  action: ReportAction,
  { id, digest }: CommandOrigin,
): Result<StepAnswer> | undefined => {
  const event = report.timeline.find((one) => one.commandId === id)
  if (!event) return undefined
  if (event.commandDigest !== digest) return refuse('command-reused')
  if (!standsFor(caller, action, report) && !isStillTheirs(caller, report, event))
    return refuse('not-allowed')
  if (action === 'reveal-phone') return refuse('stale-rev', { rev: seenRev(report, caller) })
  return ok({
    reportId: report.id,
    rev: seenRev(asOf(report, event), caller),
    status: event.status,
    at: event.at,
  })
}

/** The report as it stood after the event, as far as revisions go: a step sent again is told what it was told first. */
const asOf = (report: Report, { rev }: ReportEvent): Report => ({
  ...report,
  rev,
  timeline: report.timeline.filter((event) => event.rev <= rev),
})

/** Every photo the report holds already: what is laid as evidence must be none of them (F5). */
const photosHeld = (report: Report): readonly string[] => [
  ...report.photos,
  ...report.timeline.flatMap((event) => event.photos ?? []),
  ...report.resolutions.flatMap((resolution) => [...resolution.before, ...resolution.after]),
]

const lifeOf = (ports: ReportPorts): Life<Report, Law> => ({
  matters: ports.reports,
  lawOf: (report) => lawOf(ports, report),
  catchUp,
  settle: settleReport(ports),
})

/**
 * One step on a report (see journal/): where it is theirs to take, seen at this revision and allowed now, the rules
 * decide. Refuses `sign-in-required`, `not-found`, `command-reused`, `stale-rev`, `not-allowed`, `wrong-status`,
 * `photo-unknown`, `evidence-not-new` and what the rules refuse.
 */
export const actOnReport = (ports: ReportPorts) => {
  const carryOutOn = carryOut(lifeOf(ports))

  return async <A extends SteppingAction>(
    session: Session,
    action: A,
    input: ParsedInputOf<A>,
  ): Promise<Result<StepAnswer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const { action: reportAction, build } = builders[action]
    const origin = {
      id: input.commandId,
      action,
      digest: commandDigest(ports.keyed, accountId, action, input),
    }
    return carryOutOn(input.reportId, now, {
      meet: async (report) => {
        const { caller } = await callerOf(ports, session, report)
        return viewOf(caller, report) === null ? refuse('not-found') : ok(caller)
      },
      answered: (report, caller) => repeated(report, caller, reportAction, origin),
      seen: {
        rev: input.rev,
        of: seenRev,
        refusalOf: (report, caller) =>
          standsFor(caller, reportAction, report)
            ? undefined
            : denialOf('not-allowed', reportAction, report).error,
      },
      authorise: (report, caller) => {
        const verdict = authorise(caller, reportAction, report, input.asUnitId)
        return verdict.isAllowed ? ok(verdict.membership) : denialOf(verdict.why, reportAction, report)
      },
      decide: async ({ current: report, law, caller, grant: membership }) => {
        const command = await (build as Build<A>)(input, { report, session, ports })
        if (!command.ok) return command
        const actorId = actorIdOf(ports.keyed, accountId, report.id)
        const decideOn = (asked: ReportCommand, able?: ReadonlySet<string>) =>
          decide(report, asked, {
            law,
            ...(able ? { ableAbove: able } : {}),
            by: membership
              ? {
                  side: 'staff',
                  unitId: membership.unitId,
                  unitName: membership.unitName,
                  role: membership.role,
                }
              : { side: 'resident' },
            scene: sceneOf(caller, report, { now, law, actorId }, membership),
            command: origin,
          })
        // Decided twice: photos are given to a use only when nothing else stands against the step.
        const draft = decideOn(command.value)
        if (!draft.ok) return draft
        const evidence = evidenceIn(command.value)
        const newness = await evidenceIsNew(ports)({
          reportId: report.id,
          after: evidence,
          before: beforeIn(command.value),
          earlier: photosHeld(report),
        })
        if (!newness.ok) return newness
        const photos = await attachPhotos(ports)(
          photosIn(command.value),
          accountId,
          photoUse(report.id, input.commandId),
          // Whether another report shows the same picture must not tell of a report that is hidden.
          isConfidential(report) ? [] : evidence,
        )
        if (!photos.ok) return photos
        // Whom a request goes to needs a look at the seats above: only a step that asks for something pays for it.
        const asked = draft.value.requests.filter((request) => request.no > report.requestCount)
        const judged = asked.flatMap((request) => request.judgedActorIds ?? [])
        const able = asked.length > 0 ? await ableAbove(ports, report, accountId, judged, now) : undefined
        return decideOn(withPhotos(command.value, photos.value), able)
      },
      answer: (report, caller) => {
        const event = report.timeline.find((one) => one.commandId === input.commandId)
        if (!event) throw new Error(`report ${report.id}: a step left no trace`)
        return { reportId: report.id, rev: seenRev(report, caller), status: event.status, at: event.at }
      },
    })
  }
}

/** Somebody who is about to get a part in a report. */
interface Joining {
  readonly caller: Caller
  readonly key: string
}

/**
 * A step by which somebody gets a part in a report: the caller need not have seen the latest revision. Their row is
 * written first, and with no more rights than anybody may have: until the report names them they have none.
 */
const joinReport = (ports: ReportPorts) => {
  const carryOutOn = carryOut(lifeOf(ports))

  return <Answer>(
    session: Session & { readonly accountId: string },
    reportId: string,
    origin: CommandOrigin,
    step: {
      readonly command: (key: string) => Extract<ReportCommand, { kind: 'support' | 'take-up' }>
      readonly answered: (
        report: Report,
        joining: Joining,
      ) => Promise<Result<Answer>> | Result<Answer> | undefined
      readonly answer: (report: Report, joining: Joining) => Answer
    },
  ): Promise<Result<Answer>> => {
    const { accountId, now } = session
    return carryOutOn<Joining, ReturnType<typeof step.command>, Answer>(reportId, now, {
      meet: async (report) => {
        const { caller, key } = await callerOf(ports, session, report)
        return key === null || viewOf(caller, report) === null ? refuse('not-found') : ok({ caller, key })
      },
      answered: step.answered,
      authorise: (report, { caller, key }) => {
        const command = step.command(key)
        const verdict = authorise(caller, command.kind, report)
        return verdict.isAllowed ? ok(command) : denialOf(verdict.why, command.kind, report)
      },
      decide: async ({ current: report, law, caller: { caller, key }, grant: command }) => {
        const after = decide(report, command, {
          law,
          by: { side: 'resident' },
          scene: sceneOf(caller, report, { now, law, actorId: key }, undefined),
          command: origin,
        })
        if (!after.ok) return after
        await ports.participants.add({
          reportId: report.id,
          key,
          accountId,
          part: 'supporter',
          phone: null,
          joinedAt: now,
        })
        return after
      },
      answer: step.answer,
    })
  }
}

/**
 * 我也遇到: joins a report. Refuses `own-report`, `already-supported`, `not-found`, `wrong-status`, `busy`.
 */
export const supportReport = (ports: ReportPorts) => {
  const join = joinReport(ports)

  return async (
    session: Session,
    input: ParsedInputOf<'report.support'>,
  ): Promise<Result<OutputOf<'report.support'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const digest = commandDigest(ports.keyed, accountId, 'report.support', input)
    const origin = { id: input.commandId, action: 'report.support', digest }
    return join<OutputOf<'report.support'>>({ ...session, accountId }, input.reportId, origin, {
      command: (key) => ({ kind: 'support', key, digest }),
      answered: (report, { caller, key }) => {
        const known = report.supporters.find((one) => one.key === key)
        if (known?.digest === digest) {
          const rev = seenRev(report, caller)
          return ok({ reportId: report.id, rev, status: report.status, at: known.at })
        }
        const { participation } = caller
        return participation === 'reporter' || participation === 'co-reporter'
          ? refuse('own-report')
          : undefined
      },
      answer: (report, { caller, key }) => ({
        reportId: report.id,
        rev: seenRev(report, { ...caller, participation: 'supporter', key }),
        status: report.status,
        at: report.changedAt,
      }),
    })
  }
}

/**
 * 这就是我要说的事: makes what a branch declared the caller's own report. Who comes when it has its reporter has it too
 * (我也遇到), and is told so by `part`. Refuses `too-far` and what joining refuses.
 */
export const takeUpReport = (ports: ReportPorts) => {
  const join = joinReport(ports)
  const support = supportReport(ports)

  return async (
    session: Session,
    input: ParsedInputOf<'report.takeUp'>,
  ): Promise<Result<OutputOf<'report.takeUp'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const { commandId, reportId, point } = input
    const digest = commandDigest(ports.keyed, accountId, 'report.takeUp', input)
    const origin = { id: commandId, action: 'report.takeUp', digest }
    const supporting = async (): Promise<Result<OutputOf<'report.takeUp'>>> => {
      const joined = await support(session, { commandId, reportId })
      return joined.ok ? ok({ ...joined.value, part: 'supporter' }) : joined
    }
    return join<OutputOf<'report.takeUp'>>({ ...session, accountId }, reportId, origin, {
      command: (key) => ({ kind: 'take-up', key, from: point }),
      answered: (report) => {
        const first = report.timeline.find((event) => event.commandId === commandId)
        if (!first) return report.reporterKey === null ? undefined : supporting()
        if (first.commandDigest !== digest) return refuse('command-reused')
        return ok({ reportId, rev: first.rev, status: first.status, at: first.at, part: 'reporter' })
      },
      answer: (report, { caller, key }) => ({
        reportId,
        rev: seenRev(report, { ...caller, participation: 'reporter', key }),
        status: report.status,
        at: report.changedAt,
        part: 'reporter',
      }),
    })
  }
}

/** The reporter's number, once the unit has asked for it in the trace. Refuses `no-phone`. */
export const revealPhone = (ports: ReportPorts) => {
  const act = actOnReport(ports)
  return async (
    session: Session,
    input: ParsedInputOf<'report.revealPhone'>,
  ): Promise<Result<OutputOf<'report.revealPhone'>>> => {
    const receipt = await act(session, 'report.revealPhone', input)
    if (!receipt.ok) return receipt
    const phone = (await ports.participants.reporterOf(input.reportId))?.phone
    return phone ? ok({ ...receipt.value, phone }) : refuse('no-phone')
  }
}
