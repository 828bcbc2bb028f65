import { inTurns } from '../../../ground/side-by-side'
import { clockRun, type Failure } from '../../../journal/clock'
import type { ClockMemory } from '../../../journal/clock-memory'
import type { Duty } from '../../../journal/duties'
import type { Message } from '../../notice/ports'
import type { ReportPorts } from '../ports'
import { nextClockAt } from '../rules/schedule'
import { catchUp } from '../tick'
import { followNewNotices } from '../use-cases/follow-calendar'
import { settleReport } from '../use-cases/settle-report'
import { lawOf } from '../use-cases/standing-of'
import { windUpUnits } from '../use-cases/wind-up-units'

interface ReportDutyPorts extends ReportPorts {
  readonly deadlineMemory: ClockMemory
  readonly outboxMemory: ClockMemory
}

/** Reports whose turn failed; they stay due and are tried again. */
interface Failed {
  readonly failures: readonly Failure[]
}

/**
 * What the clock owes reports, in this order: what has fallen due, ended units, announced days off, and the work that
 * these and everybody's steps have left in the outboxes.
 */
export const reportDuties = (ports: ReportDutyPorts) => {
  /** What several reports have to say at one time goes in one call, and in one each where that fails. */
  const deliver = inTurns(async (_inbox, said: readonly (readonly Message[])[]) => {
    const faults = new Map<readonly Message[], unknown>()
    try {
      await ports.inbox.deliver(said.flat())
    } catch {
      for (const messages of said)
        await ports.inbox.deliver(messages).catch((error: unknown) => faults.set(messages, error))
    }
    return faults
  })
  const inbox = { ...ports.inbox, deliver: (messages: readonly Message[]) => deliver('inbox', messages) }
  const settle = settleReport({ ...ports, inbox })

  const deadlines: Duty<Failed & { readonly caughtUp: number }> = {
    mostMs: 12_000,
    work: async (now, mayGoOn) => {
      const { done, failures } = await clockRun(ports.reports, ports.deadlineMemory, now, mayGoOn).catchUp(
        async (report) => {
          const law = await lawOf(ports, report)
          return { after: catchUp(report, now, law), nextClockAt: nextClockAt(report, law) }
        },
      )
      return { caughtUp: done, failures }
    },
  }
  const endedUnits: Duty<Failed & { readonly wentHome: number }> = {
    mostMs: 3_000,
    work: windUpUnits(ports),
  }
  const daysOff: Duty<Failed & { readonly rescheduled: number }> = {
    mostMs: 3_000,
    work: followNewNotices(ports),
  }
  const outboxes: Duty<Failed & { readonly settled: number }> = {
    mostMs: 12_000,
    work: async (now, mayGoOn) => {
      const { done, failures } = await clockRun(ports.reports, ports.outboxMemory, now, mayGoOn).settle(
        settle,
      )
      return { settled: done, failures }
    },
  }
  return { deadlines, endedUnits, daysOff, outboxes }
}
