import { sideBySide } from '../../../ground/side-by-side'
import { unitsAbove } from '../../../ground/unit-path'
import { reasonOf } from '../../../journal/clock'
import type { Units } from '../../organisation/ports'
import type { Unit } from '../../organisation/rules/unit'
import type { Participants } from '../../report/ports'
import type { KeptFigures, KeptMonth } from '../ports'
import { frozenAt, monthSection, periodOf } from '../rules/month'
import { type MonthNumbers, numbersOf, type RateFacts, type Said } from '../rules/rates'

interface MonthPorts {
  readonly figures: Pick<KeptFigures, 'monthsDue' | 'rowsOf' | 'setMonth' | 'touchMonth'>
  readonly participants: Pick<Participants, 'getMany'>
  readonly units: Pick<Units, 'get' | 'children' | 'predecessors'>
}

const piece = 50
const atOnce = 5

/** Its figures are contained in another unit's: a temporary unit's in its parent's, an ended one's in its successor's (A4). */
const containedIn = ({ kind, parentId, successorId }: Unit): string | null =>
  kind === 'temporary' ? parentId : (successorId ?? null)

/**
 * Works a month of a unit out from what its reports say, whenever one of them says something else, a contact of it falls
 * due, or its time is over. It is final from then on (Q6).
 */
export const computeMonths = (ports: MonthPorts) => {
  const { figures } = ports

  /** The units whose figures a unit's contain: itself, whom it took over from, and its temporary units (A4). */
  const unitsCountedWith = async (unit: Unit): Promise<readonly string[]> => {
    const [before, below] = await Promise.all([
      ports.units.predecessors(unit.id),
      ports.units.children(unit.id),
    ])
    const temporary = below.filter((one) => one.kind === 'temporary')
    return [...new Set([unit, ...before, ...temporary].map((one) => one.id))]
  }

  /**
   * People are told apart by their accounts, which stay in their own collection: one person counts once a month, however
   * many reports they file (Q3).
   */
  const namingPeople = async (all: readonly RateFacts[]): Promise<readonly RateFacts[]> => {
    const speakers = all.flatMap(({ answers }) =>
      answers.flatMap(({ solved, satisfaction }) => [...(solved?.by ?? []), ...(satisfaction?.by ?? [])]),
    )
    const people = [...new Set(speakers.map(({ sayingId }) => sayingId))].map((sayingId) => {
      const colon = sayingId.lastIndexOf(':')
      return { reportId: sayingId.slice(0, colon), key: sayingId.slice(colon + 1) }
    })
    const known = new Map(
      (await ports.participants.getMany(people)).map((one) => [`${one.reportId}:${one.key}`, one.accountId]),
    )
    const named = <T>(said: Said<T> | null): Said<T> | null =>
      said && {
        ...said,
        by: said.by.map((speaker) => ({
          ...speaker,
          personId: known.get(speaker.sayingId) ?? speaker.sayingId,
        })),
      }
    return all.map((facts) => ({
      ...facts,
      answers: facts.answers.map((answer) => ({
        ...answer,
        solved: named(answer.solved),
        satisfaction: named(answer.satisfaction),
      })),
    }))
  }

  const numbersNow = async (
    unit: Unit,
    { month }: KeptMonth,
    now: number,
  ): Promise<{ readonly numbers: MonthNumbers; readonly nextDueAt: number | undefined }> => {
    const unitIds = await unitsCountedWith(unit)
    const rows = await figures.rowsOf(unitIds.map((unitId) => monthSection(unitId, month)))
    const facts = await namingPeople(rows.map((row) => row.facts))
    const period = periodOf(month)
    const ahead = facts.flatMap(({ contact }) => (contact && contact.dueAt > now ? [contact.dueAt] : []))
    const inMonth = ahead.filter((at) => at < period.to)
    return {
      numbers: numbersOf(facts, unitIds, period, now),
      nextDueAt: inMonth.length === 0 ? undefined : Math.min(...inMonth),
    }
  }

  const compute = async (due: KeptMonth, now: number): Promise<void> => {
    const { unitId, month } = due
    const unit = await ports.units.get(unitId)
    if (!unit) {
      await figures.setMonth(due, {}, [], null)
      return
    }
    const { numbers, nextDueAt } = await numbersNow(unit, due, now)
    const finalAt = frozenAt(month)
    const containing = containedIn(unit)
    const above = containing === null ? unitsAbove(unit.path).map((id) => monthSection(id, month)) : []
    const isWritten = await figures.setMonth(
      due,
      numbers,
      above,
      now >= finalAt ? null : (nextDueAt ?? finalAt),
    )
    if (isWritten && containing !== null) await figures.touchMonth(monthSection(containing, month), now)
  }

  return async (now: number, mayGoOn: () => boolean) => {
    let computed = 0
    const failures: { readonly reason: string }[] = []
    for (let isGoingOn = true; isGoingOn && mayGoOn(); ) {
      const due = await figures.monthsDue(now, piece)
      const before = computed
      await sideBySide(due, atOnce, async (one) => {
        try {
          await compute(one, now)
          computed += 1
        } catch (error) {
          failures.push({ reason: `${monthSection(one.unitId, one.month)}: ${reasonOf(error)}` })
        }
      })
      // One that is contained in another's has made that one due; those that fail are due as before.
      isGoingOn = computed > before
    }
    return { monthsComputed: computed, failures }
  }
}
