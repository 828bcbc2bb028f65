import { chineseCalendar } from '../../cloudfunctions/adapters/calendar/chinese-calendar'
import type { CategoryId } from '../../cloudfunctions/domain/category/category'
import { chinaOffsetMs, dayMs, hourMs, minuteMs } from '../../cloudfunctions/domain/instant'
import { oneLevelUp, type Partnership, type Unit } from '../../cloudfunctions/domain/organisation/unit'
import type { ReportCommand } from '../../cloudfunctions/domain/report/commands'
import { type DecisionContext, decide } from '../../cloudfunctions/domain/report/decide'
import { isOpen } from '../../cloudfunctions/domain/report/lifecycle'
import { currentHandler, type Place, type Report } from '../../cloudfunctions/domain/report/report'
import { submitReport } from '../../cloudfunctions/domain/report/submit'
import { catchUp } from '../../cloudfunctions/domain/report/tick'
import { metresToPolygon, tilesAround } from '../../cloudfunctions/domain/routing/geometry'
import { reachMetres, route, type TemporaryUnitArea } from '../../cloudfunctions/domain/routing/route'
import type { RoutedUnit } from '../../cloudfunctions/domain/routing/routing'
import { categoryOf, defaultRuleBook, type RuleBook } from '../../cloudfunctions/domain/rules'
import { actorIdOf, participantKey, pseudonymOf } from '../../cloudfunctions/use-cases/participant-key'
import type { Participant, Ports, SpecialUnit } from '../../cloudfunctions/use-cases/ports'
import { demoUnit } from './divisions'
import { type DemoCell, demoCells } from './grid'
import { accountOf } from './personas'
import { type Random, randomFrom } from './random'
import type { Matter } from './words'

/** What stands still while the reports are played. */
export interface Stage {
  readonly now: number
  /** Under the secret of the functions, which must know the people of these reports again. */
  readonly keyed: Ports['keyed']
  readonly rulesOf: (bannerId: string | undefined) => RuleBook
  readonly partnerships: readonly Partnership[]
  readonly specialUnits: readonly SpecialUnit[]
}

/** A report as its resident sends it. */
export interface PlannedReport {
  readonly id: string
  readonly accountId: string
  readonly categoryId: CategoryId
  readonly matter: Matter
  readonly text: string
  readonly photos: readonly string[]
  readonly place: Place
  readonly phone: string | null
  readonly isByMember: boolean
  readonly submittedAt: number
  readonly isRecurring: boolean
  readonly publicSummary?: string
  /** Others who have the problem too, and when they say so: 我也遇到, or by a report that is merged. */
  readonly arrivals: readonly Arrival[]
}
export interface Arrival {
  readonly at: number
  readonly accountId: string
  /** Set when the neighbour's own report is merged into this one. */
  readonly childReportId?: string
}

export const toRoutedUnit = ({ id, name, path, level }: Unit): RoutedUnit => ({ id, name, path, level })

const cellsByTile = new Map<string, DemoCell[]>()
for (const cell of demoCells) {
  for (const tile of cell.tiles) {
    cellsByTile.set(tile, [...(cellsByTile.get(tile) ?? []), cell])
  }
}
const cellsInTiles = (tiles: readonly string[]): readonly DemoCell[] => [
  ...new Set(tiles.flatMap((tile) => cellsByTile.get(tile) ?? [])),
]

/** Where the planned report goes, by the same rules as every other (自动分派). */
export const routePlanned = (
  stage: Stage,
  planned: Pick<PlannedReport, 'categoryId' | 'place' | 'submittedAt'>,
) => {
  const { point, namedUnitId } = planned.place
  const named = namedUnitId === undefined ? undefined : demoUnit(namedUnitId)
  const cells = point ? cellsInTiles(tilesAround(point, reachMetres(defaultRuleBook, planned.place))) : []
  const around = cells.length === 0 ? demoCells : cells
  const nearest =
    point &&
    around
      .map((cell) => ({ cell, metres: metresToPolygon(point, cell.rings) }))
      .filter(({ metres }) => metres <= 30_000)
      .sort((a, b) => a.metres - b.metres)[0]?.cell
  const path = nearest?.unit.path ?? named?.path ?? []
  const bannerId = path[2]
  const rules = stage.rulesOf(bannerId)
  const category = categoryOf(rules, planned.categoryId)
  if (!category) throw new Error(`no category ${planned.categoryId} in ${rules.version}`)
  const handSorter = toRoutedUnit(demoUnit(path[3] ?? path[2] ?? '15'))
  const special = stage.specialUnits.filter((one) => one.bannerId === bannerId)
  const routed = route({
    at: planned.submittedAt,
    rules,
    place: planned.place,
    category,
    cells,
    temporaryUnits: special.flatMap((one): TemporaryUnitArea[] =>
      one.kind === 'temporary' && one.rings && one.activeFrom !== undefined && one.activeUntil !== undefined
        ? [{ ...one, rings: one.rings, activeFrom: one.activeFrom, activeUntil: one.activeUntil }]
        : [],
    ),
    specialisedBranches: special.filter((one) => one.kind === 'specialised'),
    ...(named ? { namedUnit: toRoutedUnit(named) } : {}),
    handSorter,
    oneUpOf: (unit) => toRoutedUnit(demoUnit(oneLevelUp(unit.path) ?? '15')),
  })
  return { ...routed, rules, category }
}

/** Who does something to a report. */
type Who =
  | 'reporter'
  | 'secretary'
  | 'grid-worker'
  | 'handler'
  | 'one-level-up'
  | 'sorter'
  | 'alternate'
  | { readonly supporter: string }

/** One report being played from its submission to the present. */
export interface Play {
  readonly now: number
  readonly random: Random
  readonly matter: Matter
  readonly publicSummary?: string
  report(): Report
  /** How far the play has come. */
  at(): number
  /** Some hours go by. */
  later(fromHours: number, toHours: number): void
  /** Time goes on towards a deadline: by a share of what is left of it, or a few hours when it is over. */
  towards(dueAt: number, fromShare: number, toShare: number): void
  /** Time goes on to an instant; never back. */
  moveTo(at: number): void
  act(who: Who, command: ReportCommand): void
  /** The partner unit that is bound to the responsible branch and fits the category best. */
  partner(): { readonly unit: Unit; readonly partnership: Partnership } | undefined
}

/** Which bureaus fit a category, the best first; ids within the banner. */
const helpers: Readonly<Partial<Record<CategoryId, readonly string[]>>> = {
  'lane-hardening': ['housing', 'transport'],
  'lane-repair': ['housing', 'transport', 'city'],
  rubbish: ['city'],
  'street-lamp': ['power'],
  utilities: ['water', 'power'],
  danger: ['city', 'power', 'transport'],
  ordinary: ['forestry', 'city', 'civil'],
  complex: ['housing', 'city', 'transport', 'service'],
  livelihood: ['employment', 'service', 'farming', 'civil'],
}

const startOfDayMinutes = 8 * 60
/** People act by day: what would happen at night happens the next morning. */
export const byDay = (at: number, random: Random): number => {
  const minutes = Math.floor(((at + chinaOffsetMs) % dayMs) / minuteMs)
  if (minutes >= 7 * 60 + 30 && minutes < 20 * 60 + 30) return at
  const morning = at - minutes * minuteMs + (startOfDayMinutes + random.between(0, 90)) * minuteMs
  return minutes < 12 * 60 ? morning : morning + dayMs
}

const toSeconds = (at: number): number => Math.floor(at / 1000) * 1000

const actionOf = (kind: ReportCommand['kind']): string => {
  const special: Partial<Record<ReportCommand['kind'], string>> = {
    'answer-red-face': 'redFace.answer',
    'verify-red-face': 'redFace.verify',
    'appeal-red-face': 'redFace.appeal',
    'declare-red-face': 'redFace.declare',
  }
  return special[kind] ?? `report.${kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`
}

export interface PlayedReport {
  readonly report: Report
  readonly participants: readonly Participant[]
}

/**
 * Plays one report through the real rules: submitted, moved on by `script`, its clocks caught up to now. A
 * refused step is an error of the script.
 */
export const playReport = (
  stage: Stage,
  planned: PlannedReport,
  script: (play: Play) => void,
): PlayedReport => {
  const { now, keyed } = stage
  const random = randomFrom(planned.id)
  const { decision, responsible, sorter, rules, category } = routePlanned(stage, planned)
  const keyOf = (accountId: string): string => participantKey(keyed, accountId, planned.id)
  const actorOf = (accountId: string): string => actorIdOf(keyed, accountId, planned.id)
  let commandCount = 0
  const nextCommand = (action: string) => {
    commandCount += 1
    const id = `${planned.id}.${commandCount}`
    return { id, action, digest: keyed(`command|${id}`).slice(0, 32) }
  }

  const reporterKey = keyOf(planned.accountId)
  let report = submitReport(
    {
      id: planned.id,
      pseudonym: pseudonymOf(reporterKey),
      category,
      text: planned.text,
      photos: planned.photos,
      place: planned.place,
      hasPhone: planned.phone !== null,
      isByMember: planned.isByMember,
      decision,
      responsible,
      sorter,
      isRecurring: planned.isRecurring,
      command: nextCommand('report.submit'),
    },
    planned.submittedAt,
    chineseCalendar(),
    rules,
  )
  const participants: Participant[] = [
    {
      reportId: planned.id,
      key: reporterKey,
      accountId: planned.accountId,
      part: 'reporter',
      phone: planned.phone,
      joinedAt: planned.submittedAt,
    },
  ]
  let at = planned.submittedAt
  const arrivals = [...planned.arrivals].sort((a, b) => a.at - b.at)

  const contextFor = (who: Who): Pick<DecisionContext, 'by' | 'actorId' | 'participant'> => {
    if (typeof who === 'object') {
      return {
        by: { side: 'resident' },
        actorId: keyOf(who.supporter),
        participant: { key: keyOf(who.supporter), part: 'supporter' },
      }
    }
    const staff = (
      unit: { readonly id: string; readonly name: string },
      role: 'secretary' | 'grid-worker' | 'partner-staff' | 'upper',
      persona: string,
    ) => ({
      by: { side: 'staff' as const, unitName: unit.name, role },
      actorId: actorOf(accountOf(`${persona}-${unit.id}`)),
    })
    const last = report.unitPath[report.unitPath.length - 1] ?? '15'
    const branch = { id: report.branchId ?? last, name: report.branchName }
    switch (who) {
      case 'reporter':
        return {
          by: { side: 'resident' },
          actorId: actorOf(planned.accountId),
          participant: { key: reporterKey, part: 'reporter' },
        }
      case 'secretary':
        return category.isAboutBranch
          ? staff(branch, 'upper', 'upper')
          : staff(branch, 'secretary', 'secretary')
      case 'grid-worker':
        return staff(branch, 'grid-worker', 'grid-worker')
      case 'sorter':
        return staff(demoUnit(last), 'upper', 'upper')
      case 'one-level-up':
        return staff(demoUnit(oneLevelUp(report.unitPath) ?? '15'), 'upper', 'upper')
      case 'alternate':
        return staff(report.routing.alternate ?? branch, 'secretary', 'secretary')
      case 'handler': {
        const handler = currentHandler(report)
        if (!handler) throw new Error(`${report.id}: nobody handles it`)
        return staff({ id: handler.unitId, name: handler.unitName }, 'partner-staff', 'partner')
      }
    }
  }

  const apply = (who: Who | 'system', command: ReportCommand, when: number): void => {
    const by = who === 'system' ? { by: { side: 'system' as const }, actorId: 'system' } : contextFor(who)
    const decided = decide(report, command, {
      now: when,
      rules,
      ...by,
      command: nextCommand(actionOf(command.kind)),
    })
    if (!decided.ok) {
      throw new Error(`${report.id}: ${command.kind} while ${report.status}: ${decided.error.code}`)
    }
    report = decided.value
  }

  /** Neighbours who have come by now; to a report that is done nobody comes any more. */
  const letArrive = (until: number): void => {
    for (let next = arrivals[0]; next && next.at <= until; next = arrivals[0]) {
      arrivals.shift()
      const key = keyOf(next.accountId)
      if (!isOpen(catchUp(report, next.at, rules).status)) continue
      if (next.childReportId === undefined) {
        apply({ supporter: next.accountId }, { kind: 'support', key }, next.at)
      } else {
        apply('system', { kind: 'absorb', childReportId: next.childReportId, supporterKeys: [key] }, next.at)
      }
      participants.push({
        reportId: planned.id,
        key,
        accountId: next.accountId,
        part: 'supporter',
        phone: null,
        joinedAt: next.at,
      })
    }
  }

  const advance = (wanted: number): void => {
    // What has no room before the present is squeezed in between.
    const reached = wanted < now ? wanted : at + (now - at) * random.between(0.3, 0.7)
    at = Math.max(at, toSeconds(reached))
  }

  script({
    now,
    random,
    matter: planned.matter,
    ...(planned.publicSummary === undefined ? {} : { publicSummary: planned.publicSummary }),
    report: () => report,
    at: () => at,
    later: (fromHours, toHours) => advance(byDay(at + random.between(fromHours, toHours) * hourMs, random)),
    towards: (dueAt, fromShare, toShare) => {
      if (dueAt <= at) {
        advance(byDay(at + random.between(1, 6) * hourMs, random))
        return
      }
      const wanted = at + (dueAt - at) * random.between(fromShare, toShare)
      const shifted = byDay(wanted, random)
      advance(shifted < dueAt ? shifted : wanted)
    },
    moveTo: advance,
    act: (who, command) => {
      letArrive(at)
      apply(who, command, at)
    },
    partner: () => {
      const offers = stage.partnerships.filter((one) => report.unitPath.includes(one.unitId))
      for (const helper of helpers[planned.categoryId] ?? []) {
        const partnership = offers.find((one) => one.partnerId.endsWith(`-${helper}`))
        if (partnership) return { unit: demoUnit(partnership.partnerId), partnership }
      }
      return undefined
    },
  })
  letArrive(now)
  return { report: catchUp(report, now, rules), participants }
}
