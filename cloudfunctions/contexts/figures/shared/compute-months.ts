import { sideBySide } from '../../../ground/side-by-side'
import { unitsAbove } from '../../../ground/unit-path'
import { reasonOf } from '../../../journal/clock'
import type { Units } from '../../organisation/ports'
import type { Participants } from '../../report/ports'
import type { KeptFigures, KeptMonth, ReportRow } from '../ports'
import { daysFrom } from '../rules/flows'
import { type Counts, isSame, sumOf } from '../rules/fold'
import {
  datesOf,
  daySection,
  frozenAt,
  type Month,
  monthSection,
  monthsNotFinal,
  oldestProvisional,
  periodOf,
  unitAndMonth,
} from '../rules/month'
import { numbersOf, type RateFacts, type Said } from '../rules/rates'
import { type CountedUnits, countedUnits } from './counted-units'

interface MonthPorts {
  readonly figures: Pick<
    KeptFigures,
    'monthsDue' | 'kept' | 'sealedUntil' | 'rowsOf' | 'setMonth' | 'setOwn' | 'touchMonth' | 'touchKeptMonth'
  >
  readonly participants: Pick<Participants, 'getMany'>
  readonly units: Pick<Units, 'get' | 'children' | 'predecessors' | 'endedSince'>
}

/** What the months of a unit and their days come to, of what its reports say of them. */
export interface WorkedOut extends Pick<CountedUnits, 'containedIn'> {
  readonly numbers: Counts
  /** By date; what happened on none of the others is nothing. */
  readonly days: ReadonlyMap<string, Counts>
  readonly above: readonly string[]
  /** When it is to be worked out again; null when it is final. */
  readonly computeAt: number | null
}

const piece = 50
const atOnce = 5
const rowsAtOnce = 500

/** The answers of all, each with the account behind it: what stands for a person differs from report to report. */
const withAccounts = async (
  { participants }: Pick<MonthPorts, 'participants'>,
  all: readonly RateFacts[],
): Promise<readonly RateFacts[]> => {
  const speakers = all.flatMap(({ answers }) =>
    answers.flatMap(({ solved, satisfaction }) => [...(solved?.by ?? []), ...(satisfaction?.by ?? [])]),
  )
  const people = [...new Set(speakers.map(({ sayingId }) => sayingId))].map((sayingId) => {
    const colon = sayingId.lastIndexOf(':')
    return { reportId: sayingId.slice(0, colon), key: sayingId.slice(colon + 1) }
  })
  const known = new Map(
    (await participants.getMany(people)).map((one) => [`${one.reportId}:${one.key}`, one.accountId]),
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

/** What reports say of a month of these units, each report once, however many there are. */
async function* rowsIn(
  figures: Pick<KeptFigures, 'rowsOf'>,
  unitIds: readonly string[],
  month: Month,
): AsyncGenerator<readonly ReportRow[]> {
  const met = new Set<string>()
  for (const unitId of unitIds) {
    let last: string | null = null
    do {
      const rows: readonly ReportRow[] = await figures.rowsOf(monthSection(unitId, month), last, rowsAtOnce)
      yield rows.filter(({ id }) => !met.has(id))
      if (unitIds.length > 1) for (const { id } of rows) met.add(id)
      last = rows.length < rowsAtOnce ? null : (rows[rows.length - 1]?.id ?? null)
    } while (last !== null)
  }
}

/**
 * Works out from the rows of its reports what a month of a unit comes to, and its days. One person counts once a month,
 * however many reports they file (Q3). What another unit's figures contain is nothing by itself (A4).
 */
export const workOutMonth =
  (ports: {
    readonly figures: Pick<KeptFigures, 'rowsOf'>
    readonly participants: Pick<Participants, 'getMany'>
    readonly units: Pick<Units, 'get' | 'children' | 'predecessors'>
  }) =>
  async (unitId: string, month: Month, now: number): Promise<WorkedOut> => {
    const finalAt = frozenAt(month)
    const { unit, containedIn, unitIds } = await countedUnits(ports.units, unitId, Math.min(now, finalAt))
    const above = unit ? unitsAbove(unit.path).map((id) => monthSection(id, month)) : []
    const period = periodOf(month)
    const finalOr = (dueAts: readonly number[]): number =>
      dueAts.reduce((first, at) => (at > now && at < period.to ? Math.min(first, at) : first), finalAt)
    let nextDueAt = finalAt
    let numbers: Counts = {}
    const days = new Map<string, Counts>()
    const answered: RateFacts[] = []
    for await (const rows of rowsIn(ports.figures, unitIds, month)) {
      const facts = rows.map((row) => row.facts)
      nextDueAt = Math.min(nextDueAt, finalOr(facts.flatMap(({ contact }) => contact?.dueAt ?? [])))
      // What nobody has answered adds up; the answers of one person are weighed together, wherever they stand.
      const others = facts.filter(({ answers }) => answers.length === 0)
      numbers = sumOf([numbers, numbersOf(others, unitIds, period, now)])
      answered.push(...facts.filter(({ answers }) => answers.length > 0))
      const flows = rows.flatMap((row) => row.flows)
      for (const [on, counts] of daysFrom(flows, unitIds, period, now))
        days.set(on, sumOf([days.get(on) ?? {}, counts]))
    }
    if (!unit) return { numbers: {}, days: new Map(), above, computeAt: null, containedIn }
    return {
      numbers: sumOf([numbers, numbersOf(await withAccounts(ports, answered), unitIds, period, now)]),
      days,
      above,
      computeAt: now >= finalAt ? null : nextDueAt,
      containedIn,
    }
  }

/**
 * A4: once a day makes the months of units that have ended due, as long as they are provisional: they count in their
 * successors' from then on. What is final by then stays with the unit that answered.
 */
export const touchEndedMonths =
  ({ figures, units }: Pick<MonthPorts, 'figures' | 'units'>) =>
  async (now: number, mayGoOn: () => boolean) => {
    const months = monthsNotFinal(now)
    const ended = await units.endedSince(periodOf(oldestProvisional(now)).from, now)
    await sideBySide(ended, atOnce, async ({ id }) => {
      for (const month of mayGoOn() ? months : []) await figures.touchKeptMonth(monthSection(id, month), now)
    })
    return {}
  }

/**
 * Works a month of a unit out from what its reports say, whenever one of them says something else, a contact of it falls
 * due, or its time is over. It is final from then on (Q6).
 */
export const computeMonths = (ports: MonthPorts) => {
  const { figures } = ports
  const workOut = workOutMonth(ports)

  /** False where a day has changed meanwhile: the month stays due. */
  const writeDays = async (
    { unitId, month }: KeptMonth,
    known: ReadonlyMap<string, Awaited<ReturnType<typeof figures.kept>>[number]>,
    { days, above }: WorkedOut,
  ): Promise<boolean> => {
    let isWritten = true
    for (const on of datesOf(month)) {
      const id = daySection(unitId, on)
      const day = known.get(id)
      const numbers = days.get(on) ?? {}
      if (isSame(day?.own ?? {}, numbers)) continue
      const aboveIt = above.map((section) => daySection(unitAndMonth(section).unitId, on))
      if (!(await figures.setOwn(id, day, numbers, aboveIt))) isWritten = false
    }
    return isWritten
  }

  const compute = async (due: KeptMonth, now: number): Promise<void> => {
    const { unitId, month } = due
    // Read before the rows: who has read older ones finds that a day has been written since.
    const days = await figures.kept(datesOf(month).map((on) => daySection(unitId, on)))
    const known = new Map(days.map((day) => [day.id, day]))
    const sealedUntil = now >= frozenAt(month) ? await figures.sealedUntil() : undefined
    if (sealedUntil !== undefined && month <= sealedUntil) {
      // What is said of it only now changes nothing that has been sealed.
      await figures.setMonth(due, {}, [], null)
      return
    }
    const worked = await workOut(unitId, month, now)
    if (!(await writeDays(due, known, worked))) return
    const isWritten = await figures.setMonth(due, worked.numbers, worked.above, worked.computeAt)
    if (isWritten && worked.containedIn !== null)
      await figures.touchMonth(monthSection(worked.containedIn, month), now)
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
      // A month that counts in another unit's (`containedIn`) has made that one due; those that fail are due as before.
      isGoingOn = computed > before
    }
    return { monthsComputed: computed, failures }
  }
}
