import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import { timesOf } from '../../rule-book/rules/promised-times'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { CategoryPorts } from '../ports'

/**
 * The catalogue the form offers, with the times in plain words: the banner's own where a unit of it is given.
 * Refuses `unknown-unit`.
 */
export const listCategories =
  (ports: CategoryPorts) =>
  async (
    _session: Session,
    input: ParsedInputOf<'category.list'>,
  ): Promise<Result<OutputOf<'category.list'>>> => {
    const unit = input.unitId === undefined ? undefined : await ports.units.get(input.unitId)
    if (input.unitId !== undefined && !unit) return refuse('unknown-unit')
    const { categories } = await ports.ruleBooks.of(unit ? bannerOf(unit.path) : null)
    return ok({
      rows: categories.map((category) => ({
        id: category.id,
        name: category.name,
        hint: category.hint,
        ...timesOf(category),
        source: category.source,
        emergencyCalls: [...(category.emergencyCalls ?? [])],
        isAboutBranch: category.isAboutBranch ?? false,
      })),
    })
  }
