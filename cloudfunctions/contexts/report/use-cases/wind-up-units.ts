import { ok } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import { type Failure, reasonOf } from '../../../journal/clock'
import type { Unit } from '../../organisation/rules/unit'
import type { ReportPorts } from '../ports'
import { mayHave, whyItCannotTake } from '../rules/hand-over'
import { listName, sectionOf } from '../rules/lies-in'
import type { Report } from '../rules/report'
import type { UnitFacts } from '../rules/step-facts'
import { goHome } from '../steps/go-home'
import { inherit } from '../steps/inherit'
import { takeSystemStep } from '../take-step'
import { readPage } from './read-page'
import { heirsFor, lawOf, successorOf } from './standing-of'

interface WindUpRun {
  /** Reports that went to another unit because theirs has ended, or in which another acts for it now. */
  readonly wentHome: number
  readonly failures: readonly Failure[]
}

const batch = 50
const pageSize = 50

/** What is open with a unit: what it answers for, and what it has still to sort. */
const leftWith = (unitId: string) => [
  ...(['waiting', 'working', 'check', 'suspended'] as const).map(
    (tab) => ({ kind: 'own-queue', unitId, tab }) as const,
  ),
  { kind: 'area-sorting', unitId } as const,
]

/** What a unit is on the list for, whoever has it and whatever it has come to; no complaint ever is (H4). */
const listedFor = (unitId: string) =>
  (['redFaces', 'noticedRedFaces'] as const).map((list) => listName(sectionOf.everybodys(unitId), list))

/**
 * A6: what an ended unit leaves open goes home: a temporary unit's to its parent, another's to its successor, else
 * to the unit above. A4: they act for it in what it is on the list for. Page by page; a unit is done with when nothing
 * of either is left with it. Repeating it changes nothing.
 */
export const windUpUnits = (ports: ReportPorts) => {
  const write = writeAnew(ports.reports)

  const sendHome = async (
    report: Report,
    successor: UnitFacts,
    ended: Unit,
    now: number,
  ): Promise<boolean> => {
    const id = `home:${ended.id}`
    // H4, L2: who takes over everything else may not have a complaint, or itself ends too soon.
    const isTheirs =
      mayHave(report, successor) && !whyItCannotTake(successor, report.deadlines.resolveDueAt, now)
    const to = isTheirs ? successor : await successorOf(ports, ended, now, report)
    if (!to) throw new Error('nobody may have it')
    const written = await write(
      report.id,
      async (current) => {
        const law = await lawOf(ports, current)
        const after = takeSystemStep(
          current,
          goHome,
          { to, gone: { unit: ended.name, handsTo: to.name } },
          { id, now, law },
        )
        return after.ok && after.value.answerableUnit.id !== to.id ? ok(current) : after
      },
      report,
    )
    if (written && !written.ok) throw new Error(written.error.code)
    return written?.value.isNew === true
  }

  /** Whoever takes over from the unit acts for it in what it is on the list for. */
  const handOn = async (reportId: string, ended: Unit, now: number): Promise<boolean> => {
    const written = await write(reportId, async (current) => {
      const [law, heirs] = await Promise.all([lawOf(ports, current), heirsFor(ports, current, now)])
      return takeSystemStep(current, inherit, { heirs }, { id: `heir:${ended.id}`, now, law })
    })
    if (written && !written.ok) throw new Error(written.error.code)
    return written?.value.isNew === true
  }

  /** False while something open is left with it, because its turn failed or the time is over. */
  const windUp = async (
    unit: Unit,
    now: number,
    mayGoOn: () => boolean,
    run: { wentHome: number; readonly failures: Failure[] },
  ): Promise<boolean> => {
    const to = await successorOf(ports, unit, now)
    if (!to || to.id === unit.id) return false
    const failedBefore = run.failures.length
    const failed = (id: string, error: unknown): void => {
      run.failures.push({ id, reason: reasonOf(error) })
    }
    const turn = async (reportId: string, move: () => Promise<boolean>): Promise<void> => {
      try {
        if (await move()) run.wentHome += 1
      } catch (error) {
        failed(reportId, error)
      }
    }
    for (const scope of leftWith(unit.id)) {
      let cursor: string | undefined
      do {
        if (!mayGoOn()) return false
        const page = await readPage(
          ports,
          { ...scope, audience: { seatsIn: [] } },
          { limit: pageSize, ...(cursor ? { cursor } : {}) },
          failed,
        )
        for (const report of page.rows) {
          if (report.answerableUnit.id !== unit.id) continue
          await turn(report.id, () => sendHome(report, to, unit, now))
        }
        cursor = page.nextCursor ?? undefined
      } while (cursor)
    }
    const seen = new Set<string>()
    for (;;) {
      if (!mayGoOn()) return false
      const listed = await ports.reports.lyingIn(listedFor(unit.id), batch + seen.size)
      const next = listed.filter(({ id }) => !seen.has(id))
      if (next.length === 0) break
      for (const { id } of next) {
        seen.add(id)
        await turn(id, () => handOn(id, unit, now))
      }
    }
    return run.failures.length === failedBefore
  }

  return async (now: number, mayGoOn: () => boolean): Promise<WindUpRun> => {
    const run = { wentHome: 0, failures: [] as Failure[] }
    // Each unit has one turn a run: those that cannot be wound up must not take the places of those that can.
    const seen = new Set<string>()
    for (;;) {
      if (!mayGoOn()) return run
      const units = (await ports.units.ended(now, batch + seen.size)).filter((unit) => !seen.has(unit.id))
      if (units.length === 0) return run
      for (const unit of units) {
        seen.add(unit.id)
        if (await windUp(unit, now, mayGoOn, run)) await ports.units.markWoundUp(unit.id)
      }
    }
  }
}
