import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { RuleBookPorts } from '../ports'

/** The numbers that stand in sentences: of the unit's banner, else the region's. Refuses `unknown-unit`. */
export const readRules =
  (ports: RuleBookPorts) =>
  async (_session: Session, input: ParsedInputOf<'rules.get'>): Promise<Result<OutputOf<'rules.get'>>> => {
    const unit = input.unitId === undefined ? undefined : await ports.units.get(input.unitId)
    if (input.unitId !== undefined && !unit) return refuse('unknown-unit')
    const { version, report, redFace } = await ports.ruleBooks.of(unit ? bannerOf(unit.path) : null)
    return ok({ version, report, redFace, recurrence: redFace.recurrence })
  }
