import type { Unit } from '../domain/organisation/unit'
import type { UnitFacts } from '../domain/report/commands'
import { decide } from '../domain/report/decide'
import type { Report } from '../domain/report/report'
import type { Ports } from './ports'
import { lawOf, successorOf } from './standing-of'

export interface WindUpRun {
  /** Reports that went to another unit because theirs has ended. */
  readonly wentHome: number
  readonly failures: readonly { readonly reportId: string; readonly reason: string }[]
}

/** Ended units one run takes up; the rest waits for the next. */
const unitsARun = 50
const pageSize = 50
const mostTries = 5

/**
 * A6: what an ended unit leaves open goes home: a temporary unit's to its parent, another's to its successor, else
 * to the unit above. Page by page; a unit is done with when nothing open is left with it. Repeating it changes
 * nothing.
 */
export const windUpUnits = (ports: Ports) => {
  const sendHome = async (report: Report, to: UnitFacts, ended: Unit, now: number): Promise<boolean> => {
    let current: Report | undefined = report
    for (let tries = 0; tries < mostTries && current; tries += 1) {
      const law = await lawOf(ports, current)
      const id = `home:${ended.id}`
      const after = decide(
        current,
        { kind: 'go-home', to, note: `${ended.name}已撤，还没办完的事交给${to.name}` },
        {
          law,
          by: { side: 'system' },
          scene: { now, law, actorId: 'system', seatUnitIds: [], isOneOfOurs: false },
          command: { id, action: 'system', digest: id },
        },
      )
      if (!after.ok) throw new Error(after.error.code)
      if (after.value.branchId !== to.id) return false
      if (await ports.reports.replace(current, after.value)) return true
      current = await ports.reports.get(report.id)
    }
    throw new Error('the report changes faster than it can be written')
  }

  return async (now: number, mayGoOn: () => boolean): Promise<WindUpRun> => {
    const failures: { reportId: string; reason: string }[] = []
    let wentHome = 0
    for (const unit of await ports.units.ended(now, unitsARun)) {
      const to = await successorOf(ports, unit, now)
      if (!to || to.id === unit.id) continue
      let isDone = true
      for (const tab of ['waiting', 'working', 'check', 'suspended'] as const) {
        let cursor: string | undefined
        do {
          if (!mayGoOn()) return { wentHome, failures }
          const page = await ports.reports.list(
            { kind: 'branch-queue', unitId: unit.id, tab, audience: { seatsIn: [] } },
            { limit: pageSize, ...(cursor ? { cursor } : {}) },
          )
          for (const report of page.rows) {
            try {
              if (await sendHome(report, to, unit, now)) wentHome += 1
            } catch (error) {
              isDone = false
              failures.push({
                reportId: report.id,
                reason: error instanceof Error ? error.message : String(error),
              })
            }
          }
          cursor = page.nextCursor ?? undefined
        } while (cursor)
      }
      if (isDone) await ports.units.markWoundUp(unit.id)
    }
    return { wentHome, failures }
  }
}
