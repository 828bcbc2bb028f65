import { kindOfSection } from '../../../cloudfunctions/contexts/figures/rules/month'
import { computeMonths } from '../../../cloudfunctions/contexts/figures/shared/compute-months'
import { foldFigures } from '../../../cloudfunctions/contexts/figures/shared/fold-figures'
import type { Audience, ReportScope } from '../../../cloudfunctions/contexts/report/ports'
import type { CountedList } from '../../../cloudfunctions/contexts/report/rules/lies-in'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import { dayMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import type { Page, PageRequest } from '../../../cloudfunctions/ground/page'
import { banner, branch, mondayAt, otherBranch, township } from '../../support/builders'
import { townUnits } from '../../support/town'
import { type Chance, chanceOf } from '../confidentiality/chance'
import { playHistory } from '../confidentiality/history'
import { openMemoryWorld, type World } from '../confidentiality/world'
import { type Faults, isCutOff, type Planted, withFaults } from './faults'
import { rebuilder } from './rebuild'

/** A figure that is not what the reports say. */
export interface Difference {
  readonly seed: number
  /** Of a unit, its month or its day. */
  readonly section: string
  /** Whom it is shown to, or which half of the section it is. */
  readonly of: Audience | 'own' | 'below'
  readonly list: string
  readonly figure: number
  readonly counted: number
}

export interface PlayedFigures {
  readonly figures: number
  readonly differences: readonly Difference[]
}

const audiences: readonly Audience[] = [
  'everyone',
  ...[[], [branch.id], [township.id], [branch.id, township.id], [otherBranch.id, banner.id]].map(
    (seatsIn) => ({
      seatsIn,
    }),
  ),
]

const lengthOf = async (read: (page: PageRequest) => Promise<Page<unknown>>): Promise<number> => {
  let length = 0
  let cursor: string | null = null
  do {
    const page: Page<unknown> = await read({ limit: 200, ...(cursor === null ? {} : { cursor }) })
    length += page.rows.length
    cursor = page.nextCursor
  } while (cursor !== null)
  return length
}

/** The list behind each figure, as its page shows it. */
const listsOf = (
  ports: Ports,
  unitId: string,
  audience: Audience,
  now: number,
): Readonly<Partial<Record<CountedList, () => Promise<number>>>> => {
  const reports = (scope: ReportScope) => () => lengthOf((page) => ports.reports.list(scope, page))
  const own = (tab: 'waiting' | 'working' | 'check' | 'suspended') =>
    reports({ kind: 'own-queue', unitId, tab, audience })
  const entries = (list: 'public' | 'cleared') => () =>
    lengthOf((page) => ports.redFaceEntries.list(unitId, list, page))
  return {
    waiting: own('waiting'),
    working: own('working'),
    check: own('check'),
    suspended: own('suspended'),
    done: reports({ kind: 'own-done', unitId, audience }),
    handling: reports({ kind: 'handler-queue', unitId, tab: 'working', audience }),
    handlingCheck: reports({ kind: 'handler-queue', unitId, tab: 'check', audience }),
    handlingOverdue: reports({ kind: 'handler-overdue', unitId, now, audience }),
    handled: reports({ kind: 'handled', unitId, audience }),
    requests: reports({ kind: 'requests', unitId, audience }),
    sorting: reports({ kind: 'area-sorting', unitId, audience }),
    open: reports({ kind: 'area-open', unitId, audience }),
    overdue: reports({ kind: 'area-overdue', unitId, now, audience }),
    ...(audience === 'everyone' ? { redFaces: entries('public'), clearedRedFaces: entries('cleared') } : {}),
  }
}

/** Every number of every month and day as it is kept, and as the reports have it. */
const againstReports = async (
  world: World,
  ports: Ports,
  rebuilt: ReturnType<typeof rebuilder>,
): Promise<readonly Omit<Difference, 'seed'>[]> => {
  const sections = await rebuilt.sections()
  const { figures: documents = [] } = await world.collections()
  const kept = documents.map(({ _id }) => _id).filter((id) => kindOfSection(id) !== 'stock')
  const all: Omit<Difference, 'seed'>[] = []
  for (const section of new Set([...sections.keys(), ...kept])) {
    const known = await ports.figures.get(section)
    for (const half of ['own', 'below'] as const) {
      const is: Partial<Record<string, number>> = known?.[half] ?? {}
      const should: Partial<Record<string, number>> = sections.get(section)?.[half] ?? {}
      for (const list of new Set([...Object.keys(is), ...Object.keys(should)]))
        all.push({ section, of: half, list, figure: is[list] ?? 0, counted: should[list] ?? 0 })
    }
  }
  return all
}

/** Means are added up in another order. */
const roundingOfSums = 1e-6

/** In half of the histories one of the two branches ends, and the other takes over from it. */
const endingIn = (chance: Chance) =>
  chance.inHundred(50)
    ? { unitId: otherBranch.id, successorId: branch.id, endsAt: mondayAt + chance.below(90 * dayMs) }
    : undefined

/**
 * Plays a random history while figures are derived twice, late, out of order and cut off; then the clock comes to its
 * end, and every figure must be as many as its list has rows, for everybody.
 */
export const playFigures = async (
  seed: number,
  length: number,
  planted: Planted = 'none',
): Promise<PlayedFigures> => {
  const chance = chanceOf(seed)
  const faulty = chanceOf(seed + 1_000_000_007)
  const ending = endingIn(faulty)
  let faults: Faults | undefined
  let now = (): number => mondayAt
  const world = await openMemoryWorld({
    ...(ending ? { ending } : {}),
    between: (ports) => {
      faults = withFaults(ports, faulty, planted, () => now())
      return faults.ports
    },
  })
  now = world.now
  if (!faults) throw new Error('nothing stands between')
  const { ports, cutOff, cutOffMonths, end } = faults
  const rebuilt = rebuilder(
    world,
    ports,
    townUnits.map((unit) => (unit.id === ending?.unitId ? { ...unit, ...ending } : unit)),
  )
  /** Works months out and folds side by side, cut off anywhere. */
  const foldHalf = async (): Promise<void> => {
    const runs: Promise<unknown>[] = Array.from({ length: 1 + faulty.below(2) }, () =>
      foldFigures({ ...ports, figures: cutOff(faulty.below(30)) })(world.now(), () => true, {
        isComplete: true,
        hasFailed: false,
      }),
    )
    if (faulty.inHundred(50))
      runs.push(computeMonths({ ...ports, figures: cutOffMonths(faulty.below(40)) })(world.now(), () => true))
    for (const run of await Promise.allSettled(runs))
      if (run.status === 'rejected' && !isCutOff(run.reason)) throw run.reason
  }
  const question = chance.of(['swap', 'member', 'complaint'] as const)
  const watched = {
    ...world,
    step: (ms: number) => world.step(ms),
    tick: async () => {
      if (faulty.inHundred(50)) await foldHalf()
      await world.tick()
      await rebuilt.noteFinal()
      if (faulty.inHundred(30)) await foldHalf()
    },
  }
  await playHistory(watched, chance, question, length, foldHalf, { isReadBack: false })
  end()
  for (let times = 0; times < 2; times += 1) {
    world.step(minuteMs)
    await world.tick()
    await rebuilt.noteFinal()
  }
  const differences: Difference[] = []
  let figures = 0
  for (const { id: unitId } of townUnits)
    for (const audience of audiences) {
      const { counts } = await ports.figures.of(unitId, audience)
      for (const [list, count] of Object.entries(listsOf(ports, unitId, audience, world.now()))) {
        const counted = await count()
        const figure = counts[list as CountedList] ?? 0
        figures += 1
        if (figure !== counted)
          differences.push({ seed, section: unitId, of: audience, list, figure, counted })
      }
    }
  for (const { of, list, section, figure, counted } of await againstReports(world, ports, rebuilt)) {
    figures += 1
    if (Math.abs(figure - counted) > roundingOfSums)
      differences.push({ seed, section, of, list, figure, counted })
  }
  await world.close()
  return { figures, differences }
}
