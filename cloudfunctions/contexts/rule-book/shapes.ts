import type { ShapeHistory, Stored } from '../../platform/cloudbase/shape'
import type { Category } from '../category/rules/category'
import { categoryOf, defaultRuleBook, type RuleBook } from './rules/rule-book'
import { runningRules } from './rules/running-rules'

const ownWords = ['name', 'hint', 'acceptWithin', 'contactWithin', 'planWithin', 'resolveWithin'] as const

const categoryFrom = (old: Category): readonly Category[] => {
  const region = categoryOf(defaultRuleBook, old.id)
  if (!region) return []
  const own = Object.fromEntries(ownWords.flatMap((field) => (field in old ? [[field, old[field]]] : [])))
  return [{ ...region, ...own, source: old.source }]
}

/** The fields of the region's part, each with the banner's own value where it had one. */
const filled = <T extends object>(region: T, own: Partial<T> | undefined): T =>
  Object.fromEntries(
    Object.entries(region).map(([field, value]) => [field, own?.[field as keyof T] ?? value]),
  ) as T

/**
 * A book of the time when half of today's numbers were nobody's to set: what it did not set is the region's, and of
 * what it set the kinder number holds, so that it keeps to the region's bounds (K10) under its own name.
 */
const bookFrom = (old: RuleBook): RuleBook => {
  const own: RuleBook = {
    ...defaultRuleBook,
    version: old.version,
    categories: old.categories.flatMap(categoryFrom),
    routing: filled(defaultRuleBook.routing, old.routing),
    report: filled(defaultRuleBook.report, old.report),
    redFace: filled(defaultRuleBook.redFace, old.redFace),
    rates: filled(defaultRuleBook.rates, old.rates),
  }
  const kinder = runningRules(defaultRuleBook, own)
  return {
    ...kinder,
    version: own.version,
    // A kind that the banner had left out stays out.
    categories: kinder.categories.filter((category) => categoryOf(own, category.id)),
    routing: own.routing,
    rates: own.rates,
  }
}

const isBookBefore = (document: Stored): boolean => 'categories' in document && !('frozenSeason' in document)

export const ruleBookShapes: ShapeHistory = {
  steps: [
    (document) =>
      isBookBefore(document) ? { _id: document._id, ...bookFrom(document as unknown as RuleBook) } : document,
  ],
}
