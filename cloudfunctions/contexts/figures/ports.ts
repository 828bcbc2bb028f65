import type { Calendars } from '../calendar/ports'
import type { Units } from '../organisation/ports'
import type { Figures, Participants, Reports } from '../report/ports'
import type { FigureMove } from '../report/rules/lies-in'
import type { RuleBooks } from '../rule-book/ports'
import type { Counts, Section } from './rules/fold'

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
}

/** How far the recount of a day has come: first through the reports, then through the sections. */
export interface RecountProgress {
  /** The Chinese date on which it began. */
  readonly on: string
  readonly part: 'reports' | 'sections' | 'done'
  /** The last id that was looked at. */
  readonly cursor: string | null
}

/** The figures as they are kept and folded. */
export interface KeptFigures extends Figures {
  /** Adds a move to its section, once, however often and late it is told. */
  add(key: string, move: FigureMove): Promise<void>
  /** Sections that the one above does not know of as they are, the deepest first. */
  changed(limit: number): Promise<readonly KeptSection[]>
  get(id: string): Promise<KeptSection | undefined>
  /** The sections right below one. */
  below(id: string): Promise<readonly KeptSection[]>
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
  /** Until when everything has been counted and folded. */
  noteFolded(at: number): Promise<void>
}

/** What it asks of the outside. */
export interface FiguresPorts {
  readonly units: Pick<Units, 'get' | 'getMany' | 'children' | 'predecessors' | 'partnershipsOf'>
  readonly reports: Pick<Reports, 'countRunning' | 'heldBy'>
  readonly participants: Pick<Participants, 'getMany'>
  readonly ruleBooks: Pick<RuleBooks, 'of' | 'faultOf'>
  readonly calendars: Pick<Calendars, 'current'>
  readonly figures: Figures
}
