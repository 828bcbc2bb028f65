import type * as z from 'zod/mini'
import { begun } from '../../../ground/begun'
import { ok, type Result, refuse } from '../../../ground/result'
import { carryOut, type Life } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import type { ReadingAhead } from '../../../terms/action'
import type { Session } from '../../organisation/rules/session'
import { givePhotos, photoUse } from '../../photo/shared/attach-photos'
import { evidenceIsNew } from '../../photo/shared/new-evidence'
import { findOwnPhotos } from '../../photo/shared/own-photos'
import { actingSideOf, authorise, sceneOf, standsFor } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { Participant, ReportPorts } from '../ports'
import type { Law } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { actorIdOf, participantKey } from '../rules/participant-key'
import type { Report, ReportEvent } from '../rules/report'
import { type Caller, viewOf } from '../rules/standing'
import type { TracePiece } from '../rules/trace'
import type { ReportAction } from '../steps/registry'
import { revealPhone } from '../steps/reveal-phone'
import type { Seen, SeenStep, Step } from '../steps/step'
import { support } from '../steps/support'
import { takeUp } from '../steps/take-up'
import { whyNot } from '../steps/why-not'
import { takeStep } from '../take-step'
import { catchUp } from '../tick'
import { denialOf } from '../whose-step'
import { lookUpsFor } from './look-ups'
import { joiningKeys } from './participants-of'
import { seenRev } from './present-report'
import { type Ahead, readAhead } from './read-ahead'
import { settleReport } from './settle-report'
import { ableAbove, callerOf, lawOf, reporterOf, rowOf, supporterIn } from './standing-of'
import { photosIn, photosUnder, withPhotos } from './step-photos'
import { showReport } from './view-report'

/** What every step on a report is answered with. */
type StepAnswer = OutputOf<'report.accept'>
/** With one step the reporter's number. */
interface Also {
  readonly phone?: string | null | undefined
}
type Receipt = Omit<StepAnswer, 'view'>
type TakenUp = Omit<OutputOf<'report.takeUp'>, 'view'>
type Shown<R> = R & Pick<StepAnswer, 'view'>

/**
 * Whatever a step is answered with, and the report as the caller may read it after the step. The step is done even where
 * that cannot be shown now: the page asks for it then, and is told why not.
 */
const withView = (ports: ReportPorts) => {
  const show = showReport(ports)

  return async <R extends Receipt>(
    session: Session,
    report: Report,
    row: Participant | undefined,
    receipt: R,
  ): Promise<Shown<R>> => {
    const view = await show(session, report, row).catch((error: unknown) => {
      const reason = error instanceof Error ? error.stack : String(error)
      ports.log.error(
        JSON.stringify({ action: 'report.get beside a step', reportId: report.id, error: reason }),
      )
      return null
    })
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
  unseenRevs: 0,
  timeline: report.timeline.filter((event) => event.rev <= rev),
})

/** Every photo the report holds already: what is laid as evidence must be none of them (F5). */
const photosHeld = (report: Report, pieces: readonly TracePiece[]): readonly string[] => [
  ...report.photos,
  ...[...pieces.flatMap((piece) => piece.lines), ...report.timeline].flatMap((event) => event.photos ?? []),
  ...report.resolutions.flatMap((resolution) => [...resolution.before, ...resolution.after]),
]

export const lifeOf = (ports: ReportPorts): Life<Report, Law> => ({
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
  const findPhotos = findOwnPhotos(ports)

  const act = async (
    step: SeenStep<ReportAction>,
    also: ((report: Report) => Promise<Also>) | undefined,
    session: Session,
    input: Seen,
    reading: Promise<Report | undefined>,
  ): Promise<Result<StepAnswer & Also>> => {
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
      found: await reading,
      meet: async (report) => {
        const row = await rowOf(ports, session, report)
        const caller = callerOf(ports.keyed, session, report, row)
        return viewOf(caller, report) === null ? refuse('not-found') : ok({ ...caller, row })
      },
      answered: async (report, caller) => {
        const first = repeated(report, caller, action, origin)
        return first?.ok ? ok(await shown(session, report, caller.row, first.value)) : first
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
        // Whom a request goes to needs a look at the seats above: only a step that asks for something pays for it.
        const asked = draft.value.requests.filter((request) => request.no > report.requestCount)
        const judged = asked.flatMap((request) => request.judgedActorIds ?? [])
        const use = photoUse(report.id, input.commandId)
        const pieces = evidence.length > 0 && report.shelved ? await ports.traces.ofReport(report.id) : []
        const [newness, own, able] = await Promise.all([
          evidenceIsNew(ports)({
            reportId: report.id,
            after: evidence,
            before: photosUnder(facts, 'before'),
            earlier: photosHeld(report, pieces),
          }),
          findPhotos({ ids: photosIn(facts), accountId, use, now }),
          asked.length > 0 ? ableAbove(ports, report, accountId, judged, now) : undefined,
        ])
        if (!newness.ok) return newness
        if (!own.ok) return own
        const photos = await givePhotos(ports)(
          own.value,
          accountId,
          use,
          // Whether another report shows the same picture must not tell of a report that is hidden.
          isConfidential(report) ? [] : evidence,
        )
        return takenOn(withPhotos(facts, photos), able)
      },
      answer: async (report, caller) => {
        const event = report.timeline.find((one) => one.commandId === input.commandId)
        if (!event) throw new Error(`report ${report.id}: a step left no trace`)
        const [answer, more] = await Promise.all([
          shown(session, report, caller.row, receiptOf(report, event, caller)),
          also?.(report),
        ])
        return { ...answer, ...more }
      },
    })
  }

  /** `also`: what is read of the report once the step is written, and answered with it; not to a step sent again. */
  return (
    step: SeenStep<ReportAction>,
    also?: (report: Report) => Promise<Also>,
  ): ReadingAhead<Session, Seen, StepAnswer & Also> => ({
    readAhead: (_asked, input) => {
      const reading = begun(ports.reports.get(input.reportId))
      return (session) => act(step, also, session, input, reading)
    },
  })
}

/** Somebody who is about to get a part in a report, with the row they have in it already. */
type Joining = Caller & { readonly key: string; readonly row: Participant | undefined }

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
    ahead: Ahead,
    origin: CommandOrigin,
    step: Step<ReportAction, z.ZodMiniType, F>,
    joining: {
      /** Puts the caller's row down; what the step is decided on. */
      readonly enter: (report: Report, joining: Joining) => Promise<Result<F>>
      /** What is answered without joining, with the report as it is then. */
      readonly answered: (report: Report, joining: Joining) => Promise<Result<Shown<Answer>> | undefined>
      /** What follows where the step was taken; answers the row as it is then. */
      readonly entered?: (report: Report, joining: Joining) => Promise<Participant | undefined>
      readonly answer: (report: Report, joining: Joining) => Answer
    },
  ): Promise<Result<Shown<Answer>>> => {
    const { accountId, now } = session
    return carryOutOn<Joining, undefined, Shown<Answer>>(reportId, now, {
      by: accountId,
      found: await ahead.report,
      meet: async (report) => {
        const key = participantKey(ports.keyed, accountId, report.id)
        const row = await (ahead.takeRow() ?? ports.participants.get(report.id, key))
        const caller = callerOf(ports.keyed, session, report, row)
        return viewOf(caller, report) === null ? refuse('not-found') : ok({ ...caller, key, row })
      },
      answered: joining.answered,
      authorise: (report, caller) => {
        const verdict = authorise(caller, step.action, report)
        return verdict.isAllowed ? ok(undefined) : denialOf(verdict.why, step.action, report)
      },
      take: async ({ current: report, law, caller }) => {
        const { key } = caller
        const scene = sceneOf(caller, report, { now, law, actorId: key }, undefined)
        const error = whyNot(step, report, scene)
        if (error) return { ok: false, error }
        const facts = await joining.enter(report, caller)
        if (!facts.ok) return facts
        return takeStep(report, step, facts.value, { law, by: { side: 'resident' }, scene, command: origin })
      },
      answer: async (report, caller) => {
        const row = await joining.entered?.(report, caller)
        return shown(session, report, row, joining.answer(report, caller))
      },
    })
  }
}

/**
 * 我也遇到: joins a report. Many may tap at once: each puts down a row of their own, and whoever comes to write the
 * report counts in all whose rows lie there. Refuses `own-report`, `already-supported`, `not-found`, `wrong-status`,
 * `busy`.
 */
export const supportReport = (
  ports: ReportPorts,
): ReadingAhead<Session, ParsedInputOf<'report.support'>, OutputOf<'report.support'>> => {
  const { participants } = ports
  const join = joinReport(ports)
  const shown = withView(ports)

  /** Came with a report that is on its way into this one: counted in with it. */
  const isOnTheWay = async ({ part, fromReportId }: Participant, report: Report): Promise<boolean> => {
    if (part !== 'supporter' || fromReportId === undefined) return false
    return (await ports.reports.get(fromReportId))?.parentReportId === report.id
  }

  const supporting = async (
    session: Session,
    input: ParsedInputOf<'report.support'>,
    ahead: Ahead,
  ): Promise<Result<OutputOf<'report.support'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const digest = commandDigest(ports.keyed, accountId, support.call, input)
    const origin = { id: input.commandId, action: support.call, digest }
    return join({ ...session, accountId }, input.reportId, ahead, origin, support, {
      enter: async (report, { key, row }) => {
        const { id: reportId } = report
        const joining: Participant = {
          reportId,
          key,
          accountId,
          part: 'joining',
          phone: null,
          joinedAt: now,
          digest,
        }
        if (!row) await participants.add(joining)
        else if (row.part !== 'joining' || row.digest !== digest) {
          if (await isOnTheWay(row, report)) return refuse('already-supported')
          if (!(await participants.joinAgain(row, joining))) return refuse('busy')
        }
        const keys = await joiningKeys(participants, report)
        return ok({ keys: [key, ...keys.filter((one) => one !== key)] })
      },
      answered: async (report, { row, participation, ...caller }) => {
        const supports = supporterIn(report, row)
        if (supports && row?.digest === digest) {
          const { id: reportId, status } = report
          const receipt = {
            reportId,
            rev: seenRev(report, { ...caller, participation }),
            status,
            at: supports.at,
          }
          return ok(await shown(session, report, row, receipt))
        }
        return participation === 'reporter' || participation === 'co-reporter'
          ? refuse('own-report')
          : undefined
      },
      entered: async ({ id, supporters }, { key }) => {
        await participants.countedIn(id, supporters.countedIn)
        return participants.get(id, key)
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
      const ahead = readAhead(ports, asked, input.reportId)
      return (session) => supporting(session, input, ahead)
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
    ahead: Ahead,
  ): Promise<Result<OutputOf<'report.takeUp'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const { commandId, reportId, point } = input
    const digest = commandDigest(ports.keyed, accountId, takeUp.call, input)
    const origin = { id: commandId, action: takeUp.call, digest }
    const supporting = async (): Promise<Result<OutputOf<'report.takeUp'>>> => {
      const joined = await supportInstead.readAhead(session, { commandId, reportId })(session)
      return joined.ok ? ok({ ...joined.value, part: 'supporter' }) : joined
    }
    return join({ ...session, accountId }, reportId, ahead, origin, takeUp, {
      enter: async (_report, { key }) => {
        // The report will name its reporter; the row follows it.
        await ports.participants.add({ reportId, key, accountId, part: 'left', phone: null, joinedAt: now })
        return ok({ key, from: point })
      },
      answered: async (report) => {
        const first = report.timeline.find((event) => event.commandId === commandId)
        // Who came later has joined by this very command, which is then answered as joining is.
        if (first?.kind !== 'taken-up') return report.reporterKey === null ? undefined : supporting()
        if (first.commandDigest !== digest) return refuse('command-reused')
        const { rev, status, at } = first
        const receipt: TakenUp = { reportId, rev, status, at, part: 'reporter' }
        return ok(await shown(session, report, undefined, receipt))
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
      const ahead = readAhead(ports, asked, input.reportId)
      return (session) => takingUp(session, input, ahead)
    },
  }
}

/** The reporter's number, once the unit has asked for it in the trace. Refuses `no-phone`. */
export const revealPhoneOf = (
  ports: ReportPorts,
): ReadingAhead<Session, ParsedInputOf<'report.revealPhone'>, OutputOf<'report.revealPhone'>> => {
  const reveal = actOnReport(ports)(revealPhone, async (report) => ({
    phone: (await reporterOf(ports, report))?.phone,
  }))
  return {
    readAhead: (asked, input) => {
      const revealing = reveal.readAhead(asked, input)
      return async (session) => {
        const revealed = await revealing(session)
        if (!revealed.ok) return revealed
        const { phone, ...answer } = revealed.value
        return phone ? ok({ ...answer, phone }) : refuse('no-phone')
      }
    },
  }
}
