import type { Units } from '../organisation/ports'
import type { RuleBooks } from '../rule-book/ports'

/** What it asks of the outside. */
export interface CategoryPorts {
  readonly units: Pick<Units, 'get'>
  readonly ruleBooks: Pick<RuleBooks, 'of'>
}
