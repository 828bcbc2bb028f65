import type { Calendars } from '../calendar/ports'
import type { Units } from '../organisation/ports'
import type { Figures, Reports } from '../report/ports'
import type { FigureMove } from '../report/rules/lies-in'
import type { RuleBooks } from '../rule-book/ports'
import type { Flow } from './rules/flows'
import type { Counts, Section } from './rules/fold'
import type { Month } from './rules/month'
import type { MonthNumbers, RateFacts } from './rules/rates'

/** A section of a unit's figures as it is kept. */
export interface KeptSection extends Section {
  readonly id: string
  /** One more with each change. */
  readonly rev: number
  /** The sections above it, from the region down; empty where nothing of its area has been counted. */
  readonly above: readonly string[]
  /** The one above does not know of it as it is. */
  readonly isChanged: boolean
  /** The moves it contains, the latest last, as far back as one could still be told again. */
  readonly moves: readonly string[]
  /** Of a month: when it is to be worked out anew; null when it is final. */
  readonly computeAt?: number | null
  /** With which the month of all units of its chain was sealed. */
  readonly salt?: string
}

/** The month of a unit: a section like any other, whose own numbers are worked out from what reports say of it. */
export interface KeptMonth {
  readonly section: KeptSection
  readonly unitId: string
  readonly month: Month
}

/** What one report says of months, as it was at a revision of it. */
export interface ReportRow {
  readonly id: string
  readonly rev: number
  /** The months of units that it is about, and those it was about before. */
  readonly months: readonly string[]
  readonly formerMonths: readonly string[]
  readonly facts: RateFacts
  readonly flows: readonly Flow[]
}

/** A figure that did not agree with the reports, or was not there; it has been put right. */
export interface Drift {
  readonly section: string
  /** What had to be added to which list; of what was missing, nothing is said. */
  readonly by: Counts | 'missing'
}

/** How far the recount of a day has come: first through the reports, then through the sections. */
export interface RecountProgress {
  /** The Chinese date on which it began. */
  readonly on: string
  readonly part: 'reports' | 'sections' | 'done'
  /** The last id that was looked at. */
  readonly cursor: string | null
}

/** What recounts have found, as it is told by each run of the clock. */
export interface RecountAlarm {
  /** By the last one that came to its end. */
  readonly told: readonly Drift[]
  /** By the one under way. */
  readonly found: readonly Drift[]
}

/** The figures as they are kept and folded. */
export interface KeptFigures extends Figures {
  /** Adds a move to its section, once, however often and late it is told. */
  add(key: string, move: FigureMove): Promise<void>
  contains(key: string, section: string): Promise<boolean>
  /** Sections that the one above does not know of as they are, the deepest first. */
  changed(limit: number): Promise<readonly KeptSection[]>
  get(id: string): Promise<KeptSection | undefined>
  /** The sections right below one. */
  below(id: string): Promise<readonly KeptSection[]>
  /** The sections right below any of these. */
  belowAny(ids: readonly string[]): Promise<readonly KeptSection[]>
  /** Writes what lies below a section; false when it has changed since it was read, or been made by somebody else. */
  setBelow(section: KeptSection, below: Counts): Promise<boolean>
  /** The one above knows of it as it was read. */
  markFolded(section: KeptSection): Promise<void>
  /** Leaves these of its moves; nothing when it has changed since it was read. */
  keepMoves(section: KeptSection, moves: readonly string[]): Promise<void>
  /** Puts a section's own numbers right; false when it has changed since it was read. */
  mend(section: KeptSection, by: Counts): Promise<boolean>
  /** Sections in the order of their ids, behind one, or from the first. */
  behind(id: string | null, limit: number): Promise<readonly KeptSection[]>
  recountProgress(): Promise<RecountProgress | undefined>
  saveRecountProgress(progress: RecountProgress): Promise<void>
  recountAlarm(): Promise<RecountAlarm>
  saveRecountAlarm(alarm: RecountAlarm): Promise<void>
  row(reportId: string): Promise<ReportRow | undefined>
  /** Keeps what a report says, unless what it said later is kept already; `known` is what was read of it before. */
  putRow(row: ReportRow, known?: ReportRow): Promise<void>
  /** The months that each of the reports speaks of; of one that has said nothing there is no entry. */
  monthsSaidBy(reportIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  /** What reports say of a month, in the order of their ids, behind one or from the first. */
  rowsOf(month: string, after: string | null, limit: number): Promise<readonly ReportRow[]>
  /** A month is to be worked out anew, unless it is final. */
  touchMonth(id: string, at: number): Promise<void>
  monthsDue(now: number, limit: number): Promise<readonly KeptMonth[]>
  /** The same for one that is kept already. */
  touchKeptMonth(id: string, at: number): Promise<void>
  /** Writes a month's numbers and when they are next worked out; false when it has been touched since it was read. */
  setMonth(
    month: KeptMonth,
    numbers: MonthNumbers,
    above: readonly string[],
    computeAt: number | null,
  ): Promise<boolean>
  /** Those of the sections that are kept. */
  kept(ids: readonly string[]): Promise<readonly KeptSection[]>
  existing(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Writes a section's own numbers; false when it has changed since it was read, or been made by somebody else. */
  setOwn(id: string, known: KeptSection | undefined, own: Counts, above: readonly string[]): Promise<boolean>
  /** The numbers of some months, with all that lies below, in the order of the ids. */
  months(ids: readonly string[]): Promise<readonly MonthNumbers[]>
  /** The numbers of a unit's days, with all that lies below, in the order of the dates. */
  days(
    unitId: string,
    dates: readonly string[],
  ): Promise<{ readonly days: readonly Counts[]; readonly asOf: number | null }>
  /** The earliest month of which there is any. */
  firstMonth(): Promise<Month | undefined>
  /** The sections of a month in the order of their ids, behind one, or from the first. */
  ofMonth(month: Month, behind: string | null, limit: number): Promise<readonly KeptSection[]>
  /** Keeps the salt of a seal; false when the section has changed since it was read. */
  keepSalt(section: KeptSection, salt: string): Promise<boolean>
  /** The last month that has been sealed, with all before it. */
  sealedUntil(): Promise<Month | undefined>
  noteSealed(month: Month): Promise<void>
  /** Until when everything has been counted and folded; false, and nothing is noted, before `noteFirstFolded`. */
  noteFolded(at: number): Promise<boolean>
  /** The same, once every report has been counted. */
  noteFirstFolded(at: number): Promise<void>
}

/** What it asks of the outside. */
export interface FiguresPorts {
  readonly units: Pick<Units, 'get' | 'getMany' | 'partnershipsOf'>
  readonly reports: Pick<Reports, 'countRunning'>
  readonly ruleBooks: Pick<RuleBooks, 'of' | 'faultOf'>
  readonly calendars: Pick<Calendars, 'current'>
  readonly figures: Pick<KeptFigures, 'of' | 'months' | 'days'>
}
