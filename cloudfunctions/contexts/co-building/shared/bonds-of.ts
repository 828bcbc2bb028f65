import type { BondPorts, Bonds } from '../ports'
import type { BondKind } from '../rules/bond'

/** Where bonds of a kind are kept. */
export const bondsOf =
  (ports: BondPorts) =>
  (kind: BondKind): Bonds =>
    kind === 'partnership' ? ports.partnershipBonds : ports.otherBonds
