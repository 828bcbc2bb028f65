import type * as z from 'zod/mini'
import { begun } from '../../../ground/begun'
import { ok, type Result, refuse } from '../../../ground/result'
import { carryOut, type Life } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import type { Asked, ReadingAhead } from '../../../terms/action'
import type { Session } from '../../organisation/rules/session'
import { attachPhotos, photoUse } from '../../photo/shared/attach-photos'
import { evidenceIsNew } from '../../photo/shared/new-evidence'
import { actingSideOf, authorise, sceneOf, standsFor } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReportPorts } from '../ports'
import type { Law } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { actorIdOf } from '../rules/participant-key'
import type { Report, ReportEvent } from '../rules/report'
import { type Caller, viewOf } from '../rules/standing'
import type { ReportAction } from '../steps/registry'
import { revealPhone } from '../steps/reveal-phone'
import type { Seen, SeenStep, Step } from '../steps/step'
import { support } from '../steps/support'
import { takeUp } from '../steps/take-up'
import { takeStep } from '../take-step'
import { catchUp } from '../tick'
import { denialOf } from '../whose-step'
import { lookUpsFor } from './look-ups'
import { seenRev } from './present-report'
import { settleReport } from './settle-report'
import { ableAbove, callerOf, lawOf } from './standing-of'
import { photosIn, photosUnder, withPhotos } from './step-photos'
import { showReport } from './view-report'

/** What every step on a report is answered with. */
type StepAnswer = OutputOf<'report.accept'>
type Receipt = Omit<StepAnswer, 'view'>
type TakenUp = Omit<OutputOf<'report.takeUp'>, 'view'>
type Shown<R> = R & Pick<StepAnswer, 'view'>

/**
 * Whatever a step is answered with, and the report as the caller may read it after the step. The step is done even where
 * that cannot be shown now: the page asks for it then, and is told why not.
 */
const withView = (ports: ReportPorts) => {
  const show = showReport(ports)

  return async <R extends Receipt>(session: Session, report: Report, receipt: R): Promise<Shown<R>> => {
    const view = await show(session, report).catch(() => null)
    return view ? { ...receipt, view } : receipt
  }
}

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
): Result<Receipt> | undefined => {
  const event = report.timeline.find((one) => one.commandId === id)
  if (!event) return undefined
  if (event.commandDigest !== digest) return refuse('command-reused')
  if (!standsFor(caller, action, report) && !isStillTheirs(caller, report, event))
    return refuse('not-allowed')
  if (action === 'reveal-phone') return refuse('stale-rev', { rev: seenRev(report, caller) })
  return ok(receiptOf(report, event, caller))
}

const receiptOf = (report: Report, event: ReportEvent, caller: Caller): Receipt => ({
  reportId: report.id,
  rev: seenRev(asOf(report, event), caller),
  status: event.status,
  at: event.at,
})

/** The report as it stood after the event, as far as revisions go: a step sent again is told what it was told first. */
const asOf = (report: Report, { rev }: ReportEvent): Report => ({
  ...report,
  rev,
  timeline: report.timeline.filter((event) => event.rev <= rev),
})

/** The report, read while it is looked up who asks for it. */
const readAhead = (
  { reports }: Pick<ReportPorts, 'reports'>,
  { accountId }: Asked,
  reportId: string,
): Promise<Report | undefined> =>
  begun(accountId === null ? Promise.resolve(undefined) : reports.get(reportId))

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
  const shown = withView(ports)

  const act = async (
    step: SeenStep<ReportAction>,
    session: Session,
    input: Seen,
    found: Promise<Report | undefined>,
  ): Promise<Result<StepAnswer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const { action, call } = step
    const origin = {
      id: input.commandId,
      action: call,
      digest: commandDigest(ports.keyed, accountId, call, input),
    }
    return carryOutOn(input.reportId, now, {
      by: accountId,
      found: await found,
      meet: async (report) => {
        const caller = callerOf(ports.keyed, session, report)
        return viewOf(caller, report) === null ? refuse('not-found') : ok(caller)
      },
      answered: async (report, caller) => {
        const first = repeated(report, caller, action, origin)
        return first?.ok ? ok(await shown(session, report, first.value)) : first
      },
      seen: {
        rev: input.rev,
        of: seenRev,
        refusalOf: (report, caller) =>
          standsFor(caller, action, report) ? undefined : denialOf('not-allowed', action, report).error,
      },
      authorise: (report, caller) => {
        const verdict = authorise(caller, action, report, input.asUnitId)
        return verdict.isAllowed ? ok(verdict.membership) : denialOf(verdict.why, action, report)
      },
      take: async ({ current: report, law, caller, grant: membership }) => {
        const prepared = await step.prepare(input, report, lookUpsFor(ports, report, now))
        if (!prepared.ok) return prepared
        const facts = prepared.value
        const actorId = actorIdOf(ports.keyed, accountId, report.id)
        const takenOn = (laid: object, able?: ReadonlySet<string>) =>
          takeStep(report, step, laid, {
            law,
            ...(able ? { ableAbove: able } : {}),
            by: actingSideOf(membership),
            scene: sceneOf(caller, report, { now, law, actorId }, membership),
            command: origin,
          })
        // Taken twice: photos are given to a use only when nothing else stands against the step.
        const draft = takenOn(facts)
        if (!draft.ok) return draft
        const evidence = step.evidence ? photosUnder(facts, step.evidence) : []
        const newness = await evidenceIsNew(ports)({
          reportId: report.id,
          after: evidence,
          before: photosUnder(facts, 'before'),
          earlier: photosHeld(report),
        })
        if (!newness.ok) return newness
        const photos = await attachPhotos(ports)(
          photosIn(facts),
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
        return takenOn(withPhotos(facts, photos.value), able)
      },
      answer: async (report, caller) => {
        const event = report.timeline.find((one) => one.commandId === input.commandId)
        if (!event) throw new Error(`report ${report.id}: a step left no trace`)
        return shown(session, report, receiptOf(report, event, caller))
      },
    })
  }

  return (step: SeenStep<ReportAction>): ReadingAhead<Session, Seen, StepAnswer> => ({
    readAhead: (asked, input) => {
      const found = readAhead(ports, asked, input.reportId)
      return (session) => act(step, session, input, found)
    },
  })
}

/** Somebody who is about to get a part in a report. */
type Joining = Caller & { readonly key: string }

/**
 * A step by which somebody gets a part in a report: the caller need not have seen the latest revision. Their row is
 * written first, and with no more rights than anybody may have: until the report names them they have none.
 */
const joinReport = (ports: ReportPorts) => {
  const carryOutOn = carryOut(lifeOf(ports))
  const shown = withView(ports)

  return async <F extends object, Answer extends Receipt>(
    session: Session & { readonly accountId: string },
    reportId: string,
    found: Promise<Report | undefined>,
    origin: CommandOrigin,
    step: Step<ReportAction, z.ZodMiniType, F>,
    joining: {
      readonly facts: (key: string) => F
      /** What is answered without joining, with the report as it is then. */
      readonly answered: (report: Report, joining: Joining) => Promise<Result<Shown<Answer>> | undefined>
      readonly answer: (report: Report, joining: Joining) => Answer
    },
  ): Promise<Result<Shown<Answer>>> => {
    const { accountId, now } = session
    return carryOutOn<Joining, F, Shown<Answer>>(reportId, now, {
      by: accountId,
      found: await found,
      meet: async (report) => {
        const caller = callerOf(ports.keyed, session, report)
        const { key } = caller
        return key === undefined || viewOf(caller, report) === null
          ? refuse('not-found')
          : ok({ ...caller, key })
      },
      answered: joining.answered,
      authorise: (report, caller) => {
        const verdict = authorise(caller, step.action, report)
        return verdict.isAllowed ? ok(joining.facts(caller.key)) : denialOf(verdict.why, step.action, report)
      },
      take: async ({ current: report, law, caller, grant: facts }) => {
        const { key } = caller
        const after = takeStep(report, step, facts, {
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
      answer: (report, caller) => shown(session, report, joining.answer(report, caller)),
    })
  }
}

/**
 * 我也遇到: joins a report. Refuses `own-report`, `already-supported`, `not-found`, `wrong-status`, `busy`.
 */
export const supportReport = (
  ports: ReportPorts,
): ReadingAhead<Session, ParsedInputOf<'report.support'>, OutputOf<'report.support'>> => {
  const join = joinReport(ports)
  const shown = withView(ports)

  const supporting = async (
    session: Session,
    input: ParsedInputOf<'report.support'>,
    found: Promise<Report | undefined>,
  ): Promise<Result<OutputOf<'report.support'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const digest = commandDigest(ports.keyed, accountId, support.call, input)
    const origin = { id: input.commandId, action: support.call, digest }
    return join({ ...session, accountId }, input.reportId, found, origin, support, {
      facts: (key) => ({ key, digest }),
      answered: async (report, caller) => {
        const known = report.supporters.find((one) => one.key === caller.key)
        if (known?.digest === digest) {
          const { id: reportId, status } = report
          const receipt = { reportId, rev: seenRev(report, caller), status, at: known.at }
          return ok(await shown(session, report, receipt))
        }
        const { participation } = caller
        return participation === 'reporter' || participation === 'co-reporter'
          ? refuse('own-report')
          : undefined
      },
      answer: (report, caller) => ({
        reportId: report.id,
        rev: seenRev(report, { ...caller, participation: 'supporter' }),
        status: report.status,
        at: report.changedAt,
      }),
    })
  }

  return {
    readAhead: (asked, input) => {
      const found = readAhead(ports, asked, input.reportId)
      return (session) => supporting(session, input, found)
    },
  }
}

/**
 * 这就是我要说的事: makes what a branch declared the caller's own report. Who comes when it has its reporter has it too
 * (我也遇到), and is told so by `part`. Refuses `too-far` and what joining refuses.
 */
export const takeUpReport = (
  ports: ReportPorts,
): ReadingAhead<Session, ParsedInputOf<'report.takeUp'>, OutputOf<'report.takeUp'>> => {
  const join = joinReport(ports)
  const supportInstead = supportReport(ports)
  const shown = withView(ports)

  const takingUp = async (
    session: Session,
    input: ParsedInputOf<'report.takeUp'>,
    found: Promise<Report | undefined>,
  ): Promise<Result<OutputOf<'report.takeUp'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const { commandId, reportId, point } = input
    const digest = commandDigest(ports.keyed, accountId, takeUp.call, input)
    const origin = { id: commandId, action: takeUp.call, digest }
    const supporting = async (): Promise<Result<OutputOf<'report.takeUp'>>> => {
      const joined = await supportInstead.readAhead(session, { commandId, reportId })(session)
      return joined.ok ? ok({ ...joined.value, part: 'supporter' }) : joined
    }
    return join({ ...session, accountId }, reportId, found, origin, takeUp, {
      facts: (key) => ({ key, from: point }),
      answered: async (report) => {
        const first = report.timeline.find((event) => event.commandId === commandId)
        // Who came later has joined by this very command, which is then answered as joining is.
        if (first?.kind !== 'taken-up') return report.reporterKey === null ? undefined : supporting()
        if (first.commandDigest !== digest) return refuse('command-reused')
        const { rev, status, at } = first
        const receipt: TakenUp = { reportId, rev, status, at, part: 'reporter' }
        return ok(await shown(session, report, receipt))
      },
      answer: (report, caller): TakenUp => ({
        reportId,
        rev: seenRev(report, { ...caller, participation: 'reporter' }),
        status: report.status,
        at: report.changedAt,
        part: 'reporter',
      }),
    })
  }

  return {
    readAhead: (asked, input) => {
      const found = readAhead(ports, asked, input.reportId)
      return (session) => takingUp(session, input, found)
    },
  }
}

/** The reporter's number, once the unit has asked for it in the trace. Refuses `no-phone`. */
export const revealPhoneOf = (
  ports: ReportPorts,
): ReadingAhead<Session, ParsedInputOf<'report.revealPhone'>, OutputOf<'report.revealPhone'>> => {
  const reveal = actOnReport(ports)(revealPhone)
  return {
    readAhead: (asked, input) => {
      const revealing = reveal.readAhead(asked, input)
      return async (session) => {
        const revealed = await revealing(session)
        if (!revealed.ok) return revealed
        const phone = (await ports.participants.reporterOf(input.reportId))?.phone
        return phone ? ok({ ...revealed.value, phone }) : refuse('no-phone')
      }
    },
  }
}
