import { chineseCalendar } from '../../cloudfunctions/contexts/calendar/chinese-calendar'
import type { SpecialUnit } from '../../cloudfunctions/contexts/grid/ports'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import type { Membership, Partnership, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import type { ReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import { toReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import { defaultRuleBook, type RuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { ruleBookDocuments } from '../../cloudfunctions/contexts/rule-book/store'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { cleanUpSquadId, demoPartnerships, demoUnit, demoUnits, policeBranchIds } from './divisions'
import { type DemoCell, demoCells, demoCellsOf } from './grid'
import { deliverMessages } from './messages'
import { demoInboxMarks, demoMemberships } from './personas'
import { toRoutedUnit } from './play'
import { playReports } from './reports'

type Stored<T> = Omit<T, 'id'> & { readonly _id: string }
const stored = <T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> => ({ _id: id, ...rest })

/** Everything the demonstration writes, by collection; only the photographs come on top (photos.ts). */
export interface DemoDocuments {
  readonly units: readonly Stored<Unit>[]
  readonly partnerships: readonly Stored<Partnership>[]
  readonly memberships: readonly Stored<Membership>[]
  readonly special_units: readonly Stored<SpecialUnit>[]
  readonly rule_books: ReturnType<typeof ruleBookDocuments>
  readonly grid_cells: readonly Stored<DemoCell>[]
  readonly inbox_marks: ReturnType<typeof demoInboxMarks>
  readonly inbox_messages: readonly Stored<Message>[]
  readonly report_numbers: readonly { readonly _id: string; readonly reportId: string }[]
  readonly reports: readonly ReportDocument[]
  readonly participants: readonly (Participant & { readonly _id: string })[]
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

/**
 * The demonstration as of `now`: the real tree of two banners, generated cells, partner units and ninety days
 * of reports played through the rules. The same `now` and the same secret give the same documents.
 */
export const buildDemo = ({ now, keyed }: DemoOptions): DemoDocuments => {
  const partnerships = demoPartnerships(now)
  const special = specialUnits(now)
  const calendar = chineseCalendar()
  const { reports: played, participants } = playReports({
    now,
    keyed,
    lawOf: (bannerId) => ({
      rules: bannerId === publishingBannerId ? ownRuleBook : defaultRuleBook,
      calendar,
    }),
    endOf: (unitId) => (unitId === cleanUpSquadId ? squadEndsAt(now) : undefined),
    partnerships,
    specialUnits: special,
  })
  const { reports, messages } = deliverMessages(played, participants, keyed)
  return {
    units: demoUnits.map((unit) =>
      unit.id === cleanUpSquadId ? { ...stored(unit), endsAt: squadEndsAt(now) } : stored(unit),
    ),
    partnerships: partnerships.map(stored),
    memberships: demoMemberships.map(stored),
    special_units: special.map(stored),
    rule_books: ruleBookDocuments(publishingBannerId, ownRuleBook),
    grid_cells: demoCells.map(stored),
    inbox_marks: demoInboxMarks(now),
    inbox_messages: messages.map(stored),
    report_numbers: reports.flatMap(({ id, number }) => (number ? { _id: number, reportId: id } : [])),
    reports: reports.map(toReportDocument),
    participants: participants.map((one) => ({ _id: `${one.reportId}.${one.key}`, ...one })),
  }
}
