import type { CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import type { SpecialUnit } from '../../cloudfunctions/contexts/grid/ports'
import type {
  Partnership,
  RoutedUnit,
  StaffRole,
  Unit,
  UnitRef,
} from '../../cloudfunctions/contexts/organisation/rules/unit'
import { activeEpisode } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import { authorise, sceneOf } from '../../cloudfunctions/contexts/report/access'
import { decide } from '../../cloudfunctions/contexts/report/decide'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import { isSameMatter } from '../../cloudfunctions/contexts/report/rules/alike'
import type { Law } from '../../cloudfunctions/contexts/report/rules/change'
import type { ReportCommand, UnitFacts } from '../../cloudfunctions/contexts/report/rules/commands'
import { isOpen } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import { isWorker } from '../../cloudfunctions/contexts/report/rules/own-people'
import {
  actorIdOf,
  participantKey,
  pseudonymOf,
} from '../../cloudfunctions/contexts/report/rules/participant-key'
import { currentHandler, type Report } from '../../cloudfunctions/contexts/report/rules/report'
import { reportNumberAt, reportNumberCount } from '../../cloudfunctions/contexts/report/rules/report-number'
import type { Caller } from '../../cloudfunctions/contexts/report/rules/standing'
import { submitReport } from '../../cloudfunctions/contexts/report/rules/submit'
import type { ReportAction, SystemAction } from '../../cloudfunctions/contexts/report/steps/step'
import { catchUp } from '../../cloudfunctions/contexts/report/tick'
import { reachMetres, route, type TemporaryUnitArea } from '../../cloudfunctions/contexts/routing/rules/route'
import type { Place } from '../../cloudfunctions/contexts/routing/rules/routing'
import { categoryOf, defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { metresToPolygon, tilesAround } from '../../cloudfunctions/ground/geometry'
import { chinaMinuteOfDay, dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { bannerOf, oneLevelUp, townshipOf, unitOf } from '../../cloudfunctions/ground/unit-path'
import { demoUnit } from './divisions'
import { type DemoCell, demoCells } from './grid'
import { membershipsOf, membersOf, workerIn } from './personas'
import { type Random, randomFrom } from './random'
import type { Matter } from './words'

/** What stands still while the reports are played. */
export interface Stage {
  readonly now: number
  /** Under the secret of the functions, which must know the people of these reports again. */
  readonly keyed: Ports['keyed']
  readonly lawOf: (bannerId: string | null) => Law
  /** The first instant at which a unit is no more; undefined while no end is known. */
  readonly endOf: (unitId: string) => number | undefined
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
  readonly recurrence: { readonly isRecurring: boolean; readonly recurringUnits?: readonly UnitRef[] }
  /** Nobody has reported it: the branch lists it itself, and `accountId` is its secretary's. */
  readonly isDeclared?: boolean
  readonly publicSummary?: string
  /** Others who have the problem too, and when they say so: 我也遇到, or by a report that is merged. */
  readonly arrivals: readonly Arrival[]
}
export interface Arrival {
  readonly at: number
  readonly accountId: string
  /** The neighbour's own report, which the branch then merges into this one. */
  readonly child?: PlannedReport
}

export const toRoutedUnit = ({ id, name, path, level }: Unit): RoutedUnit => ({ id, name, path, level })

/** A unit with what decides whether something may be handed to it. */
const factsOf = (stage: Stage, unitId: string): UnitFacts => {
  const unit = demoUnit(unitId)
  const endsAt = stage.endOf(unitId)
  return {
    ...toRoutedUnit(unit),
    kind: unit.kind,
    memberCount: membersOf(unitId).length,
    ...(endsAt === undefined ? {} : { endsAt }),
  }
}

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
  const bannerId = bannerOf(path)
  const law = stage.lawOf(bannerId)
  const { rules } = law
  const category = categoryOf(rules, planned.categoryId)
  if (!category) throw new Error(`no category ${planned.categoryId} in ${rules.version}`)
  const handSorter = toRoutedUnit(demoUnit(townshipOf(path) ?? bannerOf(path) ?? '15'))
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
  return { ...routed, law, category }
}

/** Who does something to a report. */
export type Who =
  | 'reporter'
  | 'co-reporter'
  | 'secretary'
  | 'grid-worker'
  | 'handler'
  | 'one-level-up'
  /** Where the resident's appeal lies now. */
  | 'appealed-to'
  | 'banner-clerk'
  | 'sorter'
  | 'alternate'
  | { readonly supporter: string }
  /** The secretary of a unit that a cause belongs to, whoever has the report now. */
  | { readonly blamed: string }

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
  partner(): { readonly unit: UnitFacts; readonly partnership: Partnership } | undefined
  /** The responsible branch's grid worker, as one to whom the work is handed. */
  ownHands(): Pick<Extract<ReportCommand, { kind: 'dispatch' }>, 'unit' | 'member'>
  unit(id: string): UnitFacts
  /** Who of the branch, else of the level above, has had no hand in the work (H2). */
  checker(): Who
  /** Everybody who reported it and has not left. */
  reporters(): readonly Who[]
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
  const minutes = chinaMinuteOfDay(at)
  if (minutes >= 7 * 60 + 30 && minutes < 20 * 60 + 30) return at
  const morning = at - minutes * minuteMs + (startOfDayMinutes + random.between(0, 90)) * minuteMs
  return minutes < 12 * 60 ? morning : morning + dayMs
}

const toSeconds = (at: number): number => Math.floor(at / 1000) * 1000

const actionOf = (kind: ReportCommand['kind']): string => {
  const special: Partial<Record<ReportCommand['kind'], string>> = {
    'add-to': 'report.add',
    'answer-red-face': 'redFace.answer',
    'appeal-red-face': 'redFace.appeal',
    'declare-red-face': 'redFace.declare',
  }
  return special[kind] ?? `report.${kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`
}

export interface PlayedReport {
  readonly report: Report
  readonly participants: readonly Participant[]
  /** Reports that were merged into this one, with theirs. */
  readonly children: readonly PlayedReport[]
}

const isSystem = (kind: ReportCommand['kind']): kind is SystemAction =>
  ['absorb', 'release', 'give-back', 'go-home'].includes(kind)

/** The acting person's account, and the unit whose seat acts. */
interface Actor {
  readonly accountId: string
  readonly unitId?: string
}

/**
 * Plays one report through the real rules: submitted, moved on by `script`, its clocks caught up to now. A
 * refused step is an error of the script. `until`, where it is given, stands for now.
 */
export const playReport = (
  stage: Stage,
  planned: PlannedReport,
  script: (play: Play) => void,
  until: number = stage.now,
): PlayedReport => {
  const { keyed } = stage
  const now = until
  const random = randomFrom(planned.id)
  const { decision, responsible, sorter, law, category, accused } = routePlanned(stage, planned)
  const keyOf = (accountId: string): string => participantKey(keyed, accountId, planned.id)
  const memberIdOf = (accountId: string): string => actorIdOf(keyed, accountId, planned.id)
  let commandCount = 0
  const nextCommand = (action: string) => {
    commandCount += 1
    const id = `${planned.id}.${commandCount}`
    return { id, action, digest: keyed(`command|${id}`).slice(0, 32) }
  }

  const firstKey = keyOf(planned.accountId)
  let report = submitReport(
    {
      id: planned.id,
      number: reportNumberAt(randomFrom(`number ${planned.id}`).whole(0, reportNumberCount - 1)),
      pseudonym: planned.isDeclared ? '' : pseudonymOf(firstKey),
      reporterKey: planned.isDeclared ? null : firstKey,
      category,
      text: planned.text,
      photos: planned.photos,
      place: planned.place,
      hasPhone: planned.phone !== null && !planned.isDeclared,
      isByMember: planned.isByMember,
      ...(accused ? { accusedUnitId: accused.id } : {}),
      decision: planned.isDeclared
        ? {
            policy: 'declared',
            reasons: [`由${responsible?.name ?? ''}自己列出`],
            isProvisional: false,
            ruleVersion: law.rules.version,
            at: planned.submittedAt,
          }
        : decision,
      responsible,
      sorter,
      ...planned.recurrence,
      command: nextCommand(planned.isDeclared ? 'redFace.declareNew' : 'report.submit'),
    },
    planned.submittedAt,
    law,
  )
  let participants: readonly Participant[] = planned.isDeclared
    ? []
    : [
        {
          reportId: planned.id,
          key: firstKey,
          accountId: planned.accountId,
          part: 'reporter',
          phone: planned.phone,
          joinedAt: planned.submittedAt,
        },
      ]
  const children: PlayedReport[] = []
  let at = planned.submittedAt
  const arrivals = [...planned.arrivals].sort((a, b) => a.at - b.at)

  const accountWith = (part: 'reporter' | 'co-reporter'): string => {
    const found = participants.find((one) => one.part === part)
    if (!found) throw new Error(`${report.id}: nobody is ${part}`)
    return found.accountId
  }
  const staffOf = (unitId: string, role: StaffRole): Actor => ({ accountId: workerIn(unitId, role), unitId })

  const actorFor = (who: Who): Actor => {
    if (typeof who === 'object') {
      return 'supporter' in who ? { accountId: who.supporter } : staffOf(who.blamed, 'secretary')
    }
    const last = unitOf(report.unitPath) ?? '15'
    const branchId = report.branchId ?? last
    switch (who) {
      case 'reporter':
      case 'co-reporter':
        return { accountId: accountWith(who) }
      case 'secretary':
        return staffOf(branchId, category.isAboutBranch ? 'clerk' : 'secretary')
      case 'grid-worker':
        return staffOf(branchId, category.isAboutBranch ? 'clerk' : 'grid-worker')
      case 'sorter':
        return staffOf(last, 'clerk')
      case 'one-level-up':
        return staffOf(oneLevelUp(report.unitPath) ?? '15', 'clerk')
      case 'appealed-to': {
        const appeal = report.requests.find((request) => request.side === 'resident')
        return staffOf(appeal?.rulingUnitId ?? '15', 'clerk')
      }
      case 'banner-clerk':
        return staffOf(bannerOf(report.unitPath) ?? '15', 'clerk')
      case 'alternate':
        return staffOf(report.routing.alternate?.id ?? branchId, 'secretary')
      case 'handler': {
        const handler = currentHandler(report)
        if (!handler) throw new Error(`${report.id}: nobody handles it`)
        return staffOf(handler.unitId, handler.memberId === undefined ? 'partner-staff' : 'grid-worker')
      }
    }
  }

  const callerOf = (accountId: string): Caller => {
    const key = keyOf(accountId)
    const part = participants.find((one) => one.key === key)?.part
    return {
      isSignedIn: true,
      memberships: membershipsOf(accountId),
      ...(part && part !== 'left' ? { participation: part } : {}),
      key,
      actorId: memberIdOf(accountId),
    }
  }

  const refused = (command: ReportCommand, why: string): Error =>
    new Error(`${report.id} (${planned.categoryId}): ${command.kind} while ${report.status}: ${why}`)

  const apply = (actor: Actor | 'system', command: ReportCommand, when: number): void => {
    const current = catchUp(report, when, law)
    const context = { now: when, law }
    let by: Parameters<typeof decide>[2]['by'] = { side: 'system' }
    let scene: Parameters<typeof decide>[2]['scene'] = {
      ...context,
      actorId: 'system',
      seatUnitIds: [],
      isOneOfOurs: false,
    }
    if (actor !== 'system') {
      if (isSystem(command.kind)) throw refused(command, 'no step of a person')
      const caller = callerOf(actor.accountId)
      const verdict = authorise(caller, command.kind as ReportAction, current, actor.unitId)
      if (!verdict.isAllowed) throw refused(command, verdict.why)
      const { membership } = verdict
      by = membership
        ? {
            side: 'staff',
            unitId: membership.unitId,
            unitName: membership.unitName,
            role: membership.role,
          }
        : { side: 'resident' }
      const actorId = memberIdOf(actor.accountId)
      scene = sceneOf(caller, current, { ...context, actorId }, membership)
    }
    const decided = decide(report, command, { law, by, scene, command: nextCommand(actionOf(command.kind)) })
    if (!decided.ok) throw refused(command, decided.error.code)
    const before = new Set(report.outbox.map((entry) => entry.id))
    report = decided.value
    for (const entry of report.outbox) {
      if (entry.kind !== 'succeed' || before.has(entry.id)) continue
      participants = participants.map((one) => {
        if (one.key === entry.leavingKey) return { ...one, part: 'left' }
        return one.key === entry.key ? { ...one, part: 'reporter' } : one
      })
    }
  }

  /** A neighbour's own report, merged into this one by the branch: the neighbour reports this one too (M3). */
  const mergeIn = (child: PlannedReport, accountId: string, when: number): void => {
    const parent = catchUp(report, when, law)
    const played = playReport(
      stage,
      child,
      (play) => {
        play.moveTo(when - 1000)
        play.act('secretary', {
          kind: 'merge',
          parent: {
            id: parent.id,
            isSameMatter: isSameMatter(play.report(), parent),
            isOpen: isOpen(parent.status),
            isSuspended: parent.status === 'suspended',
            isConfidential: category.isAboutBranch ?? false,
            branchId: parent.branchId,
            unitPath: parent.unitPath,
            submittedAt: parent.submittedAt,
            hasOpenCause: activeEpisode(parent.redFaces) !== undefined,
            publicSummary: parent.publicSummary,
            childReportIds: parent.childReportIds,
          },
        })
      },
      when,
    )
    children.push(played)
    const key = keyOf(accountId)
    apply(
      'system',
      {
        kind: 'absorb',
        child: {
          id: child.id,
          reporterKey: key,
          supporters: [],
          deadlines: played.report.deadlines,
          causes: [],
          mergingNo: played.report.merged?.no ?? 0,
        },
      },
      when,
    )
    participants = [
      ...participants,
      {
        reportId: planned.id,
        key,
        accountId,
        part: 'co-reporter',
        phone: null,
        joinedAt: child.submittedAt,
        fromReportId: child.id,
      },
    ]
  }

  /** Neighbours who have come by now; to a report that is done nobody comes any more. */
  const letArrive = (until: number): void => {
    for (let next = arrivals[0]; next && next.at <= until; next = arrivals[0]) {
      arrivals.shift()
      if (!isOpen(catchUp(report, next.at, law).status)) continue
      if (next.child) {
        mergeIn(next.child, next.accountId, next.at)
        continue
      }
      const key = keyOf(next.accountId)
      apply(
        { accountId: next.accountId },
        { kind: 'support', key, digest: keyed(`support|${planned.id}|${key}`).slice(0, 32) },
        next.at,
      )
      participants = [
        ...participants,
        {
          reportId: planned.id,
          key,
          accountId: next.accountId,
          part: 'supporter',
          phone: null,
          joinedAt: next.at,
        },
      ]
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
      // What the clock has done meanwhile decides who it is that acts.
      report = catchUp(report, at, law)
      apply(actorFor(who), command, at)
    },
    partner: () => {
      const offers = stage.partnerships.filter((one) => report.unitPath.includes(one.unitId))
      for (const helper of helpers[planned.categoryId] ?? []) {
        const partnership = offers.find((one) => one.partnerId.endsWith(`-${helper}`))
        if (partnership) return { unit: factsOf(stage, partnership.partnerId), partnership }
      }
      return undefined
    },
    ownHands: () => {
      const unitId = report.branchId ?? ''
      const colleagues = membersOf(unitId).map(({ accountId }) => ({
        ...callerOf(accountId),
        actorId: memberIdOf(accountId),
      }))
      return {
        unit: factsOf(stage, unitId),
        member: { id: memberIdOf(workerIn(unitId, 'grid-worker')), colleagues },
      }
    },
    unit: (id) => factsOf(stage, id),
    checker: () => {
      const { accountId } = actorFor('secretary')
      const seatUnitIds = membershipsOf(accountId).map((membership) => membership.unitId)
      return isWorker(report, { actorId: memberIdOf(accountId), seatUnitIds }) ? 'one-level-up' : 'secretary'
    },
    reporters: () =>
      participants.flatMap((one) =>
        one.part === 'reporter' || one.part === 'co-reporter' ? [one.part] : [],
      ),
  })
  letArrive(now)
  return { report: catchUp(report, now, law), participants, children }
}
