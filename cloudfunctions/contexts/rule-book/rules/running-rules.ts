import { shorterSeason } from '../../calendar/rules/frozen-season'
import type { Category } from '../../category/rules/category'
import { isNeverLonger } from './allowances'
import { kinderNumbers } from './bounds'
import type { RuleBook } from './rule-book'
import { allowanceKeys } from './within-bounds'

/** The category as it is now, with no allowance longer than it was; what cannot be compared stays as promised. */
const kinderCategory = (present: Category, then: Category): Category => {
  const isUrgent = present.isUrgent || then.isUrgent
  const kept: Partial<Category> = Object.fromEntries(
    allowanceKeys.flatMap((key) => {
      const [is, was] = [present[key], then[key]]
      if (was === undefined) return []
      return is !== undefined && isNeverLonger(is, was, isUrgent) ? [] : [[key, was]]
    }),
  )
  return {
    ...present,
    ...kept,
    isUrgent,
    cureHoldsDays: Math.max(present.cureHoldsDays, then.cureHoldsDays),
    needsThawedGround: (present.needsThawedGround && then.needsThawedGround) ?? false,
  }
}

/**
 * K10: the book for a matter that was submitted under `then` and runs now: of every number the one that is
 * kinder to the resident, of every allowance the shorter, and the categories that have been left out since. A
 * new book so lengthens nothing that runs, and what it makes stricter holds at once. It bears the present
 * version's name; what is the banner's own choice (how far it looks, whether it publishes) is the present one's.
 * Without a `then`, because that version is not kept, the present book holds alone.
 */
export const runningRules = (present: RuleBook, then: RuleBook | undefined): RuleBook => {
  if (!then || present.version === then.version) return present
  const thenById = new Map(then.categories.map((category) => [category.id, category]))
  const presentIds = new Set(present.categories.map((category) => category.id))
  return {
    version: present.version,
    ...kinderNumbers(present, then),
    frozenSeason: shorterSeason(present.frozenSeason, then.frozenSeason),
    categories: [
      ...present.categories.map((category) => {
        const was = thenById.get(category.id)
        return was ? kinderCategory(category, was) : category
      }),
      ...then.categories.filter((category) => !presentIds.has(category.id)),
    ],
  }
}
