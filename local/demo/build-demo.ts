import {
  type BondDocument,
  type PartnershipDocument,
  partnershipDocumentOf,
} from '../../cloudfunctions/contexts/co-building/store'
import type { FiguresDocument, ReportRowDocument } from '../../cloudfunctions/contexts/figures/store'
import type { SpecialUnit } from '../../cloudfunctions/contexts/grid/ports'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import type { Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { toRoutedUnit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { type SeatDocument, seatDocumentOf } from '../../cloudfunctions/contexts/organisation/store'
import type { LedgerDocument } from '../../cloudfunctions/contexts/red-face/ledger-documents'
import type { RedFaceEntry } from '../../cloudfunctions/contexts/red-face/ports'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import type { ReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import { defaultRuleBook, type RuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { ruleBookDocuments } from '../../cloudfunctions/contexts/rule-book/store'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { demoBonds } from './bonds'
import { cleanUpSquadId, demoPartnerships, demoUnit, demoUnits, policeBranchIds } from './divisions'
import { type DemoCell, demoCells, demoCellsOf } from './grid'
import { demoInboxMarks, demoMemberships } from './personas'
import { drawingOf } from './play'
import { playReports } from './reports'
import { openStage, type Stage } from './stage'
import { tellStories } from './timeline'

type Stored<T> = Omit<T, 'id'> & { readonly _id: string }
const stored = <T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> => ({ _id: id, ...rest })

interface Played {
  readonly reports: readonly ReportDocument[]
  readonly report_numbers: readonly { readonly _id: string }[]
  readonly participants: readonly (Participant & { readonly _id: string })[]
  readonly inbox_messages: readonly Stored<Message>[]
  readonly red_face_entries: readonly Stored<RedFaceEntry>[]
  readonly ledger: readonly LedgerDocument[]
  readonly ledger_chains: readonly { readonly _id: string }[]
  readonly coverage_gaps: readonly { readonly _id: string }[]
  readonly figures: readonly FiguresDocument[]
  readonly figure_rows: readonly ReportRowDocument[]
}

/** Everything the demonstration writes, by collection; only the photographs come on top (photos.ts). */
export interface DemoDocuments extends Played {
  readonly units: readonly Stored<Unit>[]
  readonly partnerships: readonly PartnershipDocument[]
  readonly bonds: readonly BondDocument[]
  readonly memberships: readonly SeatDocument[]
  readonly special_units: readonly Stored<SpecialUnit>[]
  readonly rule_books: ReturnType<typeof ruleBookDocuments>
  readonly grid_cells: readonly Stored<DemoCell>[]
  readonly inbox_marks: ReturnType<typeof demoInboxMarks>
}

export interface DemoOptions {
  readonly now: number
  readonly keyed: Ports['keyed']
}

/** The banner that has its own rule book and publishes its three rates. */
const publishingBannerId = '150221'
const ownRuleBook: RuleBook = {
  ...defaultRuleBook,
  version: '150221-2026-1',
  rates: { ...defaultRuleBook.rates, isPublished: true },
}

/** On this day the squad's open reports go home. */
const squadEndsAt = (now: number): number => now + 30 * dayMs

const specialUnits = (now: number): readonly SpecialUnit[] => [
  ...Object.entries(policeBranchIds).map(
    ([bannerId, id]): SpecialUnit => ({
      id,
      kind: 'specialised',
      bannerId,
      unit: toRoutedUnit(demoUnit(id)),
      categoryIds: ['public-security'],
    }),
  ),
  {
    id: cleanUpSquadId,
    kind: 'temporary',
    bannerId: '150221',
    unit: toRoutedUnit(demoUnit(cleanUpSquadId)),
    categoryIds: ['rubbish'],
    rings: demoCellsOf('150221104013')[0]?.rings ?? [],
    activeFrom: now - 30 * dayMs,
    activeUntil: squadEndsAt(now),
  },
]

/** Collections that the play fills. */
const playedCollections = [
  'reports',
  'report_numbers',
  'participants',
  'inbox_messages',
  'red_face_entries',
  'ledger',
  'ledger_chains',
  'coverage_gaps',
  'figures',
  'figure_rows',
] as const

/** Photographs are numbered while they are played, as evidence must be new; each is one of the drawings. */
const withDrawings = (reports: readonly ReportDocument[]): readonly ReportDocument[] =>
  JSON.parse(JSON.stringify(reports), (_key, value: unknown) =>
    typeof value === 'string' ? drawingOf(value) : value,
  ) as readonly ReportDocument[]

/** What is there before anybody comes. */
const givenDocuments = (now: number) => ({
  units: demoUnits.map((unit) =>
    unit.id === cleanUpSquadId ? { ...stored(unit), endsAt: squadEndsAt(now) } : stored(unit),
  ),
  partnerships: demoPartnerships(now).map((one) => partnershipDocumentOf(one, demoUnit(one.unitId).path)),
  bonds: demoBonds(now),
  memberships: demoMemberships.map(seatDocumentOf),
  special_units: specialUnits(now).map(stored),
  rule_books: ruleBookDocuments(publishingBannerId, ownRuleBook),
  grid_cells: demoCells.map(stored),
})

/**
 * Ninety days of reports up to `now`, played through the product's own use cases on a stage that `watched` may stand
 * around. The same `now` and the same secret give the same documents.
 */
export const playDemo = async (
  { now, keyed }: DemoOptions,
  watched: (stage: Stage) => Stage = (stage) => stage,
) => {
  const given = givenDocuments(now)
  const stage = watched(await openStage({ keyed, startsAt: now - 100 * dayMs, documents: given }))
  let photoCount = 0
  const photo = (drawing: string): string => {
    photoCount += 1
    return `${drawing}.${photoCount}`
  }
  await tellStories(now, stage.letTimePass, (timeline) => playReports({ now, keyed, stage, timeline, photo }))
  return { given, stage }
}

/**
 * The demonstration as of `now`: the real tree of two banners, generated cells, partner units and the played reports.
 */
export const buildDemo = async (options: DemoOptions): Promise<DemoDocuments> => {
  const { given, stage } = await playDemo(options)
  const played = Object.fromEntries(
    playedCollections.map((name) => [name, stage.documents(name)]),
  ) as unknown as Played
  return {
    ...given,
    ...played,
    reports: withDrawings(played.reports),
    inbox_marks: demoInboxMarks(options.now),
  }
}
