import type { CommandAction, OutputOf, ParsedInputOf } from '../contract/contract'
import { authorise, type Caller, isConfidential, type ReportAction, viewOf } from '../domain/access/authorise'
import { oneLevelUp, type Unit } from '../domain/organisation/unit'
import type { ReportCommand } from '../domain/report/commands'
import { decide } from '../domain/report/decide'
import { isOpen } from '../domain/report/lifecycle'
import type { Report } from '../domain/report/report'
import { catchUp } from '../domain/report/tick'
import { ok, type Result, refuse } from '../domain/result'
import { attachPhotos, photoUse } from './attach-photos'
import { evidenceIn, photosIn, withPhotos } from './command-photos'
import { actorIdOf, commandDigest, participantKey } from './participant-key'
import type { Ports, Session } from './ports'
import { regionUnitId, toRoutedUnit } from './route-place'
import { settleReport } from './settle-report'

/** Actions on a report that exists and that the caller has seen at a revision. */
export type SteppingAction = Exclude<CommandAction, 'report.submit' | 'report.support'>

interface Scene {
  readonly report: Report
  readonly session: Session
  readonly ports: Pick<Ports, 'units' | 'reports'>
}

type Build<A extends SteppingAction> = (
  input: ParsedInputOf<A>,
  scene: Scene,
) => Promise<Result<ReportCommand>> | Result<ReportCommand>

/**
 * The responsible unit another may become: a branch of the same banner (or anywhere, for the region). A
 * complaint about a branch goes to no branch, only from committee to committee.
 */
const branchTarget = async (unitId: string, { report, ports }: Scene): Promise<Result<Unit>> => {
  const unit = await ports.units.get(unitId)
  const bannerId = report.unitPath[2]
  const kinds = isConfidential(report)
    ? ['committee', 'community-committee']
    : ['branch', 'specialised-branch']
  if (!unit || !kinds.includes(unit.kind) || (bannerId !== undefined && unit.path[2] !== bannerId))
    return refuse('unknown-unit')
  return ok(unit)
}

const partnershipOf = async (partnerId: string, { report, ports }: Scene) =>
  (await ports.units.partnershipsOf(report.unitPath)).find(
    (partnership) => partnership.partnerId === partnerId,
  )

/** Contract action → domain action and how its command is made, with the look-ups it needs. */
const builders: {
  readonly [A in SteppingAction]: { readonly action: ReportAction; readonly build: Build<A> }
} = {
  'report.withdraw': { action: 'withdraw', build: ({ reason }) => ok({ kind: 'withdraw', reason }) },
  'report.rate': {
    action: 'rate',
    build: ({ contacted, solved, satisfaction, remark }) =>
      ok({ kind: 'rate', rating: { contacted, solved, satisfaction, remark } }),
  },
  'report.reopen': {
    action: 'reopen',
    build: ({ reason, photos }) => ok({ kind: 'reopen', reason, photos }),
  },
  'report.appeal': { action: 'appeal', build: ({ reason }) => ok({ kind: 'appeal', reason }) },
  'redFace.answer': {
    action: 'answer-red-face',
    build: ({ isGone, photo, note }) =>
      ok({ kind: 'answer-red-face', isGone, ...(photo ? { photo } : {}), note }),
  },
  'report.accept': {
    action: 'accept',
    build: ({ publicSummary }) => ok({ kind: 'accept', ...(publicSummary ? { publicSummary } : {}) }),
  },
  'report.revealPhone': { action: 'reveal-phone', build: () => ok({ kind: 'reveal-phone' }) },
  'report.contact': {
    action: 'contact',
    build: ({ channel, note }) => ok({ kind: 'contact', channel, note }),
  },
  'report.return': {
    action: 'return',
    build: async ({ reason, note }, { report, ports }) => {
      const sorter = await ports.units.get(oneLevelUp(report.unitPath) ?? regionUnitId)
      return sorter
        ? ok({ kind: 'return', reason, note, sorter: toRoutedUnit(sorter) })
        : refuse('unknown-unit')
    },
  },
  'report.transfer': {
    action: 'transfer',
    build: async ({ toUnitId, note }, scene) => {
      const target = await branchTarget(toUnitId, scene)
      return target.ok ? ok({ kind: 'transfer', to: toRoutedUnit(target.value), note }) : target
    },
  },
  'report.takeOver': {
    action: 'take-over',
    build: async (_input, scene) => {
      const target = await branchTarget(scene.report.routing.alternate?.id ?? '', scene)
      return target.ok ? ok({ kind: 'take-over', by: toRoutedUnit(target.value) }) : target
    },
  },
  'report.route': {
    action: 'route',
    build: async ({ toUnitId, note }, scene) => {
      const target = await branchTarget(toUnitId, scene)
      return target.ok ? ok({ kind: 'route', to: toRoutedUnit(target.value), note }) : target
    },
  },
  'report.dispatch': {
    action: 'dispatch',
    build: async ({ toUnitId, note }, scene) => {
      const unit = await scene.ports.units.get(toUnitId)
      if (!unit) return refuse('unknown-unit')
      const partnership = await partnershipOf(toUnitId, scene)
      return ok({ kind: 'dispatch', unit, ...(partnership ? { partnership } : {}), note })
    },
  },
  'report.sendBack': { action: 'send-back', build: ({ note }) => ok({ kind: 'send-back', note }) },
  'report.progress': {
    action: 'progress',
    build: ({ note, photos, isPublic }) => ok({ kind: 'progress', note, photos, isPublic }),
  },
  'report.claimFixed': {
    action: 'claim-fixed',
    build: ({ note, before, after, remedy }) => ok({ kind: 'claim-fixed', note, before, after, remedy }),
  },
  'report.check': { action: 'check', build: ({ note }) => ok({ kind: 'check', note }) },
  'report.rework': { action: 'rework', build: ({ note }) => ok({ kind: 'rework', note }) },
  'report.resolve': {
    action: 'resolve',
    build: ({ note, before, after, remedy }) => ok({ kind: 'resolve', note, before, after, remedy }),
  },
  'report.merge': {
    action: 'merge',
    build: async ({ parentReportId }, { ports }) => {
      const parent = await ports.reports.get(parentReportId)
      if (!parent) return refuse('merge-target')
      const { id, branchId, categoryId, submittedAt } = parent
      return ok({
        kind: 'merge',
        parent: { id, branchId, categoryId, submittedAt, isOpen: isOpen(parent.status) },
      })
    },
  },
  'report.decline': { action: 'decline', build: ({ reason, note }) => ok({ kind: 'decline', reason, note }) },
  'report.suspend': {
    action: 'suspend',
    build: ({ reason, plan, untilAt }) => ok({ kind: 'suspend', reason, plan, untilAt }),
  },
  'report.extend': {
    action: 'extend',
    build: ({ reason, resolveDueAt }) => ok({ kind: 'extend', reason, resolveDueAt }),
  },
  'report.resume': { action: 'resume', build: ({ note }) => ok({ kind: 'resume', note }) },
  'report.decide': {
    action: 'decide',
    build: ({ request, isGranted, note }) => ok({ kind: 'decide', request, isGranted, note }),
  },
  'redFace.declare': {
    action: 'declare-red-face',
    build: ({ note }) => ok({ kind: 'declare-red-face', note }),
  },
  'redFace.appeal': {
    action: 'appeal-red-face',
    build: ({ reason }) => ok({ kind: 'appeal-red-face', reason }),
  },
  'redFace.verify': {
    action: 'verify-red-face',
    build: ({ note, photos }) => ok({ kind: 'verify-red-face', note, photos }),
  },
}

/** The caller as authorisation sees them, with their part in this report. */
export const callerOf = async (
  ports: Pick<Ports, 'participants' | 'keyed'>,
  session: Session,
  reportId: string,
): Promise<{ readonly caller: Caller; readonly key: string | null }> => {
  const key = session.accountId === null ? null : participantKey(ports.keyed, session.accountId, reportId)
  const participant = key === null ? undefined : await ports.participants.get(reportId, key)
  return {
    caller: {
      isSignedIn: session.accountId !== null,
      memberships: session.memberships,
      ...(participant ? { participation: participant.part } : {}),
    },
    key,
  }
}

/** The first answer of a command that has been carried out already; undefined when it has not. */
const repeated = (
  report: Report,
  commandId: string,
  digest: string,
): Result<OutputOf<'report.accept'>> | undefined => {
  const event = report.timeline.find((one) => one.commandId === commandId)
  if (!event) return undefined
  if (event.commandDigest !== digest) return refuse('command-reused')
  return ok({ reportId: report.id, rev: event.rev, status: event.status, at: event.at })
}

/**
 * One step on a report: repeated? seen at this revision? allowed? then the rules decide, and one
 * compare-and-set writes change, trace and outbox together. Refuses `sign-in-required`, `not-found`,
 * `command-reused`, `stale-rev`, `not-allowed`, `wrong-status`, `photo-unknown` and what the rules refuse.
 */
export const actOnReport = (ports: Ports) => {
  const settle = settleReport(ports)

  return async <A extends SteppingAction>(
    session: Session,
    action: A,
    input: ParsedInputOf<A>,
  ): Promise<Result<OutputOf<'report.accept'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const report = await ports.reports.get(input.reportId)
    if (!report) return refuse('not-found')
    const { caller, key } = await callerOf(ports, session, report.id)
    if (viewOf(caller, report) === null) return refuse('not-found')
    const digest = commandDigest(ports.keyed, accountId, action, input)
    const before = repeated(report, input.commandId, digest)
    if (before) return before
    if (input.rev !== report.rev) return refuse('stale-rev', { rev: report.rev })

    const rules = await ports.ruleBooks.of(report.unitPath[2])
    const current = catchUp(report, now, rules)
    const { action: reportAction, build } = builders[action]
    const verdict = authorise(caller, reportAction, current)
    if (!verdict.isAllowed) return refuse(verdict.why)

    const command = await (build as Build<A>)(input, { report: current, session, ports })
    if (!command.ok) return command

    const { membership } = verdict
    const decideOn = (asked: ReportCommand) =>
      decide(current, asked, {
        now,
        rules,
        by: membership
          ? { side: 'staff', unitName: membership.unitName, role: membership.role }
          : { side: 'resident' },
        actorId: actorIdOf(ports.keyed, accountId, report.id),
        ...(key !== null && caller.participation ? { participant: { key, part: caller.participation } } : {}),
        command: { id: input.commandId, action, digest },
      })
    // Decided twice: photos are given to a use only when nothing else stands against the step.
    const draft = decideOn(command.value)
    if (!draft.ok) return draft
    const photos = await attachPhotos(ports)(
      photosIn(command.value),
      accountId,
      photoUse(report.id, input.commandId),
      // Whether another report shows the same picture must not tell of a report that is hidden.
      isConfidential(report) ? [] : evidenceIn(command.value),
    )
    if (!photos.ok) return photos
    const after = decideOn(withPhotos(command.value, photos.value))
    if (!after.ok) return after
    if (!(await ports.reports.replace(report, after.value))) {
      const winner = await ports.reports.get(report.id)
      return (
        (winner && repeated(winner, input.commandId, digest)) ?? refuse('stale-rev', { rev: winner?.rev })
      )
    }
    await settle(after.value, now)
    return repeated(after.value, input.commandId, digest) ?? refuse('internal')
  }
}

/**
 * 我也遇到: joins a report. The caller need not have seen the latest revision. Refuses `own-report`,
 * `already-supported`, `not-found`, `wrong-status`.
 */
export const supportReport = (ports: Ports) => {
  const settle = settleReport(ports)

  return async (
    session: Session,
    input: ParsedInputOf<'report.support'>,
  ): Promise<Result<OutputOf<'report.support'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const digest = commandDigest(ports.keyed, accountId, 'report.support', input)
    for (;;) {
      const report = await ports.reports.get(input.reportId)
      if (!report) return refuse('not-found')
      const { caller, key } = await callerOf(ports, session, report.id)
      if (key === null || viewOf(caller, report) === null) return refuse('not-found')
      const before = repeated(report, input.commandId, digest)
      if (before) return before
      if (caller.participation === 'reporter') return refuse('own-report')
      const rules = await ports.ruleBooks.of(report.unitPath[2])
      const current = catchUp(report, now, rules)
      const verdict = authorise(caller, 'support', current)
      if (!verdict.isAllowed) return refuse(verdict.why)
      const after = decide(
        current,
        { kind: 'support', key },
        {
          now,
          rules,
          by: { side: 'resident' },
          actorId: key,
          command: { id: input.commandId, action: 'report.support', digest },
        },
      )
      if (!after.ok) return after
      await ports.participants.add({
        reportId: report.id,
        key,
        accountId,
        part: 'supporter',
        phone: null,
        joinedAt: now,
      })
      if (await ports.reports.replace(report, after.value)) {
        await settle(after.value, now)
        return repeated(after.value, input.commandId, digest) ?? refuse('internal')
      }
    }
  }
}

/** The reporter's number, once the branch has asked for it in the trace. Refuses `no-phone`. */
export const revealPhone = (ports: Ports) => {
  const act = actOnReport(ports)
  return async (
    session: Session,
    input: ParsedInputOf<'report.revealPhone'>,
  ): Promise<Result<OutputOf<'report.revealPhone'>>> => {
    const receipt = await act(session, 'report.revealPhone', input)
    if (!receipt.ok) return receipt
    const people = await ports.participants.ofReport(input.reportId)
    const phone = people.find((person) => person.part === 'reporter')?.phone
    return phone ? ok({ ...receipt.value, phone }) : refuse('no-phone')
  }
}
