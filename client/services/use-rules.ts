import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { useQuery } from './use-query'

export type Rules = OutputOf<'rules.get'>

/**
 * The numbers of the rule book that holds in a unit's banner, without a unit the region's. Undefined until they
 * are known, or where none is needed: a sentence then goes without its number, never with a guessed one.
 */
export const useRules = (unitId: string | undefined, isNeeded = true): Rules | undefined => {
  const asked = unitId === undefined ? {} : { unitId }
  const { query } = useQuery('rules.get', isNeeded ? asked : undefined)
  return query.state === 'ready' ? query.value : undefined
}

interface Judged {
  readonly branch: { readonly id: string }
  readonly submittedUnder: string
}

/** The numbers by which one matter is judged: with what it was promised when it was submitted (K10). */
export const useRulesOf = (matter: Judged | undefined): Rules | undefined => {
  const asked = matter && { unitId: matter.branch.id, submittedUnder: matter.submittedUnder }
  const { query } = useQuery('rules.get', asked)
  return query.state === 'ready' ? query.value : undefined
}
