import type { Units } from '../organisation/ports'
import type { RuleBook } from './rules/rule-book'

export interface RuleBooks {
  /** The banner's own rule book; the region's where it has none, or one that may not be used. */
  of(bannerId: string | null): Promise<RuleBook>
  /** A version as it stood when something was decided by it; undefined where it is not kept. */
  version(bannerId: string | null, version: string): Promise<RuleBook | undefined>
  /**
   * Keeps the region's present version beside the banners': it comes with the code, and the code that follows has
   * another. Done again it does no harm.
   */
  keepRegions(): Promise<void>
  /** Why the banner's own book is not used, in words for its staff; null while it is, or while there is none. */
  faultOf(bannerId: string): Promise<string | null>
  /**
   * Brings a version into force. Answers why it may not (no rule book, beyond the region's bounds, another book
   * under the same name), and then changes nothing; nothing to say means done. The same again does no harm.
   */
  publish(bannerId: string, book: unknown): Promise<readonly string[]>
}

/** What it asks of the outside. */
export interface RuleBookPorts {
  readonly units: Pick<Units, 'get'>
  readonly ruleBooks: Pick<RuleBooks, 'of' | 'version'>
}
