import type { Keyed } from '../../ground/keyed'
import type { Page, PageRequest } from '../../ground/page'
import type { Matters } from '../../journal/matters'
import type { UnitKeeping, Units } from '../organisation/ports'
import type { Reports } from '../report/ports'
import type { Bond, BondKind } from './rules/bond'

/** Which of an area’s bonds are asked for. */
export interface AskedBonds {
  readonly areaId: string
  readonly kind: BondKind
  /** How their names begin; empty: all. */
  readonly beginning: string
  /** Those that end after it. */
  readonly endingAfter: number
}

export interface Bonds extends Pick<Matters<Bond>, 'get' | 'insert' | 'replace'> {
  /** In the order of their names. */
  inArea(asked: AskedBonds, page: PageRequest): Promise<Page<Bond>>
  /** Those of one kind that are kept for one of these units, or have one among their members; of any kind without one. */
  about(unitIds: readonly string[]): Promise<readonly Bond[]>
  /** Those that are kept for a unit, or name it otherwise. */
  naming(unitId: string): Promise<readonly Bond[]>
}

/** Partnerships lie where dispatching reads them, all others together. */
export interface BondPorts {
  readonly partnershipBonds: Bonds
  readonly otherBonds: Bonds
}

/** What the room asks of the outside. */
export interface CoBuildingPorts extends BondPorts {
  readonly keyed: Keyed
  readonly units: Pick<Units, 'get' | 'getMany' | 'lately' | 'childrenBehind'>
  readonly unitKeeping: Pick<UnitKeeping, 'search'>
  readonly reports: Pick<Reports, 'isHandedSince'>
}
