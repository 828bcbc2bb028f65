import type { Session } from '../contexts/organisation/rules/session'
import { readBookName } from '../contexts/rule-book/rules/rule-book'
import { runningRules } from '../contexts/rule-book/rules/running-rules'
import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { ok, type Result, refuse } from '../ground/result'
import { bannerOf } from '../ground/unit-path'
import type { Ports } from './ports'

const versionNamed = ({ ruleBooks }: Pick<Ports, 'ruleBooks'>, name: string) => {
  const { bannerId, version } = readBookName(name)
  return ruleBooks.version(bannerId, version)
}

/**
 * The numbers that stand in sentences: of the unit's banner, else the region's; with the name of a version those of
 * a matter that was submitted under it (K10). Refuses `unknown-unit`.
 */
export const readRules =
  (ports: Pick<Ports, 'units' | 'ruleBooks'>) =>
  async (_session: Session, input: ParsedInputOf<'rules.get'>): Promise<Result<OutputOf<'rules.get'>>> => {
    const unit = input.unitId === undefined ? undefined : await ports.units.get(input.unitId)
    if (input.unitId !== undefined && !unit) return refuse('unknown-unit')
    const [present, then] = await Promise.all([
      ports.ruleBooks.of(unit ? bannerOf(unit.path) : null),
      input.submittedUnder === undefined ? undefined : versionNamed(ports, input.submittedUnder),
    ])
    const { version, report, redFace } = runningRules(present, then)
    return ok({ version, report, redFace, recurrence: redFace.recurrence })
  }
