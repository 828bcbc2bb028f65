import type { Keyed } from '../../ground/keyed'
import type { Page, PageRequest } from '../../ground/page'
import type { Matters } from '../../journal/matters'
import type { Seat } from './rules/seat'
import type { Membership, Partnership, RoutedUnit, Unit, UnitKind } from './rules/unit'
import type { UnitChange } from './rules/unit-change'

export interface Units {
  get(id: string): Promise<Unit | undefined>
  getMany(ids: readonly string[]): Promise<readonly Unit[]>
  /**
   * As they were within the last minute: for what they are called, where they stand and how they are reached. Whether
   * one has ended, and who works there, is read anew.
   */
  lately(ids: readonly string[]): Promise<readonly Unit[]>
  children(parentId: string | null): Promise<readonly Unit[]>
  /** Some of them in the order of their ids, behind one or from the first. */
  childrenBehind(parentId: string, behind: string | null, limit: number): Promise<readonly Unit[]>
  /** Every seat the account has, had or will have. */
  membershipsOf(accountId: string): Promise<readonly Membership[]>
  /** Every seat in the unit, of now or not. */
  membersOf(unitId: string): Promise<readonly Membership[]>
  /** Every seat in any of these units, of now or not. */
  membersOfAny(unitIds: readonly string[]): Promise<readonly Membership[]>
  /** Units that this one has taken over from. */
  predecessors(unitId: string): Promise<readonly Unit[]>
  /** Units whose end has come and which have not been wound up. */
  ended(now: number, limit: number): Promise<readonly Unit[]>
  /** Units whose end lies after the one instant and has come at the other. */
  endedSince(since: number, now: number): Promise<readonly Unit[]>
  /** Marks an ended unit with which nothing is left. */
  markWoundUp(unitId: string): Promise<void>
  /** What is agreed with these units and holds at an instant. */
  partnershipsOf(unitIds: readonly string[], now: number): Promise<readonly Partnership[]>
}

/** Seats as what has a life; whoever only asks who sits where asks `Units`. */
export interface Seats extends Matters<Seat> {
  /** Every seat in a unit, of now or not, the one given last first. */
  ofUnit(unitId: string, page: PageRequest): Promise<Page<Seat>>
  /** Every seat in any of these units, of now or not. */
  inUnits(unitIds: readonly string[]): Promise<readonly Seat[]>
}

/** What is written of units, and read by those who keep them up. */
export interface UnitKeeping {
  /** Those that are there already stay as they are. */
  add(units: readonly Unit[]): Promise<void>
  /** Compare-and-set on how often it has been changed; false when somebody else was quicker. */
  replace(before: Unit, after: Unit): Promise<boolean>
  /** Those that lists call by these codes, ended ones among them. */
  withCodes(codes: readonly string[]): Promise<readonly Unit[]>
  /** All in an area, the area's own unit among them. */
  within(areaId: string): Promise<readonly Unit[]>
  /** Units of an area by how their names begin; of one kind alone where it is said. */
  search(areaId: string, beginning: string, page: PageRequest, kind?: UnitKind): Promise<Page<Unit>>
  /** Seats that are there already stay as they are. */
  addSeats(seats: readonly Membership[]): Promise<void>
  endSeats(ids: readonly string[], untilAt: number): Promise<void>
  nameSeats(ids: readonly string[], name: string): Promise<void>
}

export interface UnitChanges extends Matters<UnitChange> {
  /** Those that are there already stay as they are. */
  addMissing(changes: readonly UnitChange[]): Promise<void>
  /** A unit's, the latest first. */
  ofUnit(unitId: string, page: PageRequest): Promise<Page<UnitChange>>
  /** Whether one of the unit waits to hold. */
  isPlanned(unitId: string): Promise<boolean>
}

/** The ground that follows a unit. */
export interface UnitGround {
  /** Whether a cell is the unit's. */
  hasCells(unitId: string): Promise<boolean>
  /** The cells of one unit become another's, or the same one's under another name. */
  giveCells(fromUnitId: string, to: RoutedUnit): Promise<void>
  /** What a squad or a specialised branch answers for becomes another's, or the same one's under another name. */
  giveDuties(from: Pick<Unit, 'id' | 'path'>, to: RoutedUnit): Promise<void>
  /** It answers for nothing more from an instant on. */
  endDuties(of: Pick<Unit, 'id' | 'path'>, at: number): Promise<void>
}

/** What a unit has agreed on with others, its centres and the leaders who look after it. */
export interface UnitBonds {
  /** They go on with the heir from an instant on, or end then; what has ended by then stays. */
  follow(
    ended: { readonly unitId: string; readonly heir: Unit | null; readonly at: number },
    now: number,
  ): Promise<void>
  /** Where the name of a unit is written. */
  rename(unitId: string, name: string, now: number): Promise<void>
  /** Whether a partnership of the unit, of either side, goes on at an instant. */
  hasPartnerships(unitId: string, at: number): Promise<boolean>
}

/** What it asks of the outside to show units. */
export interface OrganisationPorts {
  readonly units: Pick<Units, 'get' | 'children'>
}

/** What it asks besides to keep them up. */
export interface KeepingPorts {
  readonly keyed: Keyed
  readonly units: Pick<Units, 'get' | 'getMany' | 'children' | 'childrenBehind' | 'membersOf'>
  readonly unitKeeping: UnitKeeping
  readonly unitChanges: UnitChanges
  readonly grid: UnitGround
  readonly unitBonds: UnitBonds
}
