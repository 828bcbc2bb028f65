import type { CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import type { StaffRole } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { isOpen } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import { isWorker } from '../../cloudfunctions/contexts/report/rules/own-people'
import { actorIdOf } from '../../cloudfunctions/contexts/report/rules/participant-key'
import { currentHandler, type Report } from '../../cloudfunctions/contexts/report/rules/report'
import type { Place } from '../../cloudfunctions/contexts/routing/rules/routing'
import { categoryOf, defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import type { ApiAction } from '../../cloudfunctions/entrypoints/api/rooms'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { chinaMinuteOfDay, dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { bannerOf, oneLevelUp } from '../../cloudfunctions/ground/unit-path'
import { demoPartnerIdsOf } from './divisions'
import { membershipsOf, workerIn } from './personas'
import { type Random, randomFrom } from './random'
import type { Stage, StepInput } from './stage'
import type { Timeline } from './timeline'
import type { Matter } from './words'

/** A report as its resident sends it. */
export interface PlannedReport {
  /** What its id is made of. */
  readonly no: number
  /** What all that is random about how it goes grows from. */
  readonly seed: string
  readonly accountId: string
  readonly categoryId: CategoryId
  readonly matter: Matter
  readonly text: string
  readonly photos: readonly string[]
  readonly place: Place
  readonly phone: string | null
  readonly submittedAt: number
  /** Nobody has reported it: the secretary of this unit lists it, and `accountId` is theirs. */
  readonly declaredBy?: string
  readonly publicSummary: string
  /** Others who have the problem too, and when they say so: 我也遇到, or by a report that is merged. */
  readonly arrivals: readonly Arrival[]
}
export interface Arrival {
  readonly at: number
  readonly accountId: string
  /** The neighbour's own report, which the branch then merges into this one. */
  readonly child?: PlannedReport
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

/** One report being played from its submission to the present. */
export interface Play {
  /** Up to when everything is played. */
  readonly now: number
  readonly random: Random
  readonly matter: Matter
  readonly publicSummary: string
  report(): Report
  /** How far the play has come. */
  at(): number
  /** Some hours go by. */
  later(fromHours: number, toHours: number): void
  /** Time goes on towards a deadline: by a share of what is left of it, or a few hours when it is over. */
  towards(dueAt: number, fromShare: number, toShare: number): void
  /** Time goes on to an instant; never back. */
  moveTo(at: number): void
  /** Waits for the instant to which time has gone on, and takes a step then. */
  act<A extends ApiAction>(who: Who, action: A, input: StepInput<A>): Promise<void>
  /** A drawing as somebody's new photograph of the place. */
  photo(drawing: string): string
  /** The partner unit that is bound to the responsible branch and fits the category best. */
  partner(): string | undefined
  /** The responsible branch's grid worker, as one to whom the work is handed. */
  ownHands(): { readonly toUnitId: string; readonly memberId: string }
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

/** What a photograph shows: each is named after its drawing and numbered, as evidence must be a new picture (F5). */
const photoName = /^(demo-[a-z0-9-]+)\.\d+$/
export const drawingOf = (photo: string): string => photoName.exec(photo)?.[1] ?? photo

/** The acting person's account, and the unit whose seat acts. */
interface Actor {
  readonly accountId: string
  readonly unitId?: string
}

/** What every report is played with. */
export interface Company {
  /** Up to when everything is played. */
  readonly now: number
  readonly keyed: Ports['keyed']
  readonly stage: Stage
  readonly timeline: Timeline
  /** A drawing as a photograph that nobody has shown before. */
  readonly photo: (drawing: string) => string
}

const submit = ({ stage, photo }: Company, planned: PlannedReport): Promise<string> => {
  const { no, accountId, categoryId, text, place, phone, declaredBy } = planned
  return declaredBy === undefined
    ? stage.send(no, accountId, 'report.submit', {
        categoryId,
        text,
        place,
        photos: planned.photos.map(photo),
        ...(phone === null ? {} : { phone }),
      })
    : stage.send(no, accountId, 'redFace.declareNew', { unitId: declaredBy, categoryId, text, place })
}

const openPlay = (company: Company, planned: PlannedReport, reportId: string, random: Random): Play => {
  const { now, keyed, stage, timeline } = company
  let at = planned.submittedAt
  const report = (): Report => stage.report(reportId)
  const memberIdOf = (accountId: string): string => actorIdOf(keyed, accountId, reportId)
  const isAboutBranch = categoryOf(defaultRuleBook, planned.categoryId)?.isAboutBranch ?? false

  const accountWith = (part: 'reporter' | 'co-reporter'): string => {
    const found = stage.participants(reportId).find((one) => one.part === part)
    if (!found) throw new Error(`${reportId}: nobody is ${part}`)
    return found.accountId
  }
  const staffOf = (unitId: string, role: StaffRole): Actor => ({ accountId: workerIn(unitId, role), unitId })

  const actorFor = (who: Who): Actor => {
    if (typeof who === 'object') return { accountId: who.supporter }
    const { answerableUnit, unitPath, requests, routing } = report()
    const unitId = answerableUnit.id
    switch (who) {
      case 'reporter':
      case 'co-reporter':
        return { accountId: accountWith(who) }
      case 'secretary':
        return staffOf(unitId, isAboutBranch ? 'clerk' : 'secretary')
      case 'grid-worker':
        return staffOf(unitId, isAboutBranch ? 'clerk' : 'grid-worker')
      case 'sorter':
        return staffOf(unitId, 'clerk')
      case 'one-level-up':
        return staffOf(oneLevelUp(unitPath) ?? '15', 'clerk')
      case 'appealed-to': {
        const appeal = requests.find((request) => request.side === 'resident')
        return staffOf(appeal?.rulingUnitId ?? '15', 'clerk')
      }
      case 'banner-clerk':
        return staffOf(bannerOf(unitPath) ?? '15', 'clerk')
      case 'alternate':
        return staffOf(routing.alternate?.id ?? unitId, 'secretary')
      case 'handler': {
        const handler = currentHandler(report())
        if (!handler) throw new Error(`${reportId}: nobody handles it`)
        return staffOf(handler.unitId, handler.memberId === undefined ? 'partner-staff' : 'grid-worker')
      }
    }
  }

  const advance = (wanted: number): void => {
    // What has no room before the present is squeezed in between.
    const reached = wanted < now ? wanted : at + (now - at) * random.between(0.3, 0.7)
    at = Math.max(at, toSeconds(reached))
  }

  return {
    now,
    random,
    matter: planned.matter,
    publicSummary: planned.publicSummary,
    report,
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
    act: async (who, action, input) => {
      await timeline.until(at)
      // What the clock has done meanwhile decides who it is that acts.
      const { accountId, unitId } = actorFor(who)
      await stage.step(reportId, accountId, action, {
        ...input,
        ...(unitId === undefined ? {} : { asUnitId: unitId }),
      })
    },
    photo: (drawing) => company.photo(drawingOf(drawing)),
    partner: () => {
      const offers = demoPartnerIdsOf(report().unitPath)
      for (const helper of helpers[planned.categoryId] ?? []) {
        const partnerId = offers.find((one) => one.endsWith(`-${helper}`))
        if (partnerId !== undefined) return partnerId
      }
      return undefined
    },
    ownHands: () => {
      const unitId = report().answerableUnit.id
      return { toUnitId: unitId, memberId: memberIdOf(workerIn(unitId, 'grid-worker')) }
    },
    checker: () => {
      const { accountId } = actorFor('secretary')
      const seatUnitIds = membershipsOf(accountId).map((membership) => membership.unitId)
      return isWorker(report(), { actorId: memberIdOf(accountId), seatUnitIds })
        ? 'one-level-up'
        : 'secretary'
    },
    reporters: () =>
      stage
        .participants(reportId)
        .flatMap((one) => (one.part === 'reporter' || one.part === 'co-reporter' ? [one.part] : [])),
  }
}

/** A neighbour comes; to a report that is done nobody comes any more. */
const arrive = async (company: Company, parentId: string, arrival: Arrival): Promise<void> => {
  const { stage, timeline } = company
  const { accountId, at, child } = arrival
  const isWelcome = () => isOpen(stage.report(parentId).status)
  if (!child) {
    if (isWelcome()) await stage.step(parentId, accountId, 'report.support', {})
    return
  }
  const id = await submit(company, child)
  const play = openPlay(company, child, id, randomFrom(child.seed))
  await timeline.until(at)
  if (!isWelcome()) return
  play.moveTo(at)
  await play.act('secretary', 'report.merge', { parentReportId: parentId })
}

/** Plays one report as a story: submitted, moved on by `script`, joined by its neighbours. */
export const playReport = (
  company: Company,
  planned: PlannedReport,
  script: (play: Play) => Promise<void>,
): void => {
  const { timeline } = company
  timeline.begin(planned.submittedAt, async () => {
    const id = await submit(company, planned)
    for (const arrival of planned.arrivals)
      timeline.begin(arrival.child?.submittedAt ?? arrival.at, () => arrive(company, id, arrival))
    await script(openPlay(company, planned, id, randomFrom(planned.seed)))
  })
}
