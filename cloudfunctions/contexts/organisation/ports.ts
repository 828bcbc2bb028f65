import type { Page, PageRequest } from '../../ground/page'
import type { Matters } from '../../journal/matters'
import type { Seat } from './rules/seat'
import type { Membership, Partnership, Unit } from './rules/unit'

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
  partnershipsOf(unitIds: readonly string[]): Promise<readonly Partnership[]>
}

/** Seats as what has a life; whoever only asks who sits where asks `Units`. */
export interface Seats extends Matters<Seat> {
  /** Every seat in a unit, of now or not, the one given last first. */
  ofUnit(unitId: string, page: PageRequest): Promise<Page<Seat>>
  /** Every seat in any of these units, of now or not. */
  inUnits(unitIds: readonly string[]): Promise<readonly Seat[]>
}

/** What it asks of the outside. */
export interface OrganisationPorts {
  readonly units: Pick<Units, 'get' | 'children'>
}
