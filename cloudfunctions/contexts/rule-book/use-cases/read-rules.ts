import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { RuleBookPorts } from '../ports'
import { readBookName } from '../rules/rule-book'
import { runningRules } from '../rules/running-rules'

const versionNamed = ({ ruleBooks }: RuleBookPorts, name: string) => {
  const { bannerId, version } = readBookName(name)
  return ruleBooks.version(bannerId, version)
}

/**
 * The numbers that stand in sentences: of the unit's banner, else the region's; with the name of a version those of
 * a matter that was submitted under it (K10). Refuses `unknown-unit`.
 */
export const readRules =
  (ports: RuleBookPorts) =>
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
