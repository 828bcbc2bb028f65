import { bannerOf } from '../../../ground/unit-path'
import { isConfidential } from '../../report/rules/confidential'
import type { Report } from '../../report/rules/report'
import type { RuleBooks } from '../../rule-book/ports'
import type { KeptFigures } from '../ports'
import { type Flow, flowsOf } from '../rules/flows'
import { monthOf, monthSection } from '../rules/month'
import { type RateFacts, rateFactsOf } from '../rules/rates'

export interface RowPorts {
  readonly figures: Pick<KeptFigures, 'row' | 'putRow' | 'touchMonth'>
  readonly ruleBooks: Pick<RuleBooks, 'of'>
}

/** What becomes of a contact that nobody makes is known beforehand; it counts from when it falls due. */
const everDue = Number.POSITIVE_INFINITY
const nothing: RateFacts = { contact: null, answers: [], closing: null, received: [], declined: null }

/** The months of units that this is about. */
const monthsOf = (
  { contact, answers, closing, received, declined }: RateFacts,
  flows: readonly Flow[],
): readonly string[] => {
  const said = [
    ...flows,
    ...(contact?.unitIds ?? []).map((unitId) => ({ unitId, at: contact?.dueAt ?? 0 })),
    ...answers,
    ...(closing ? [closing] : []),
    ...received,
    ...(declined ? [declined] : []),
  ]
  return [...new Set(said.map(({ unitId, at }) => monthSection(unitId, monthOf(at))))].sort()
}

/** Keeps what a report says of months, and makes those it speaks of, and spoke of before, due. */
export const keepRow =
  ({ figures, ruleBooks }: RowPorts) =>
  async (report: Report, now: number): Promise<void> => {
    const known = await figures.row(report.id)
    // A complaint that moved a published figure would tell those whom it is about (H4).
    const isHidden = isConfidential(report)
    const facts = isHidden
      ? nothing
      : rateFactsOf(report, everDue, await ruleBooks.of(bannerOf(report.unitPath)))
    const flows = isHidden ? [] : flowsOf(report, facts)
    const months = monthsOf(facts, flows)
    const isKept = known !== undefined && known.rev >= report.rev
    const formerMonths = known?.months ?? []
    if (!isKept)
      await figures.putRow({ id: report.id, rev: report.rev, months, formerMonths, facts, flows }, known)
    // Also where it was kept and the run was cut off before this: then all that it was about is touched again.
    const touched = new Set([...months, ...formerMonths, ...(known?.formerMonths ?? [])])
    await Promise.all([...touched].map((month) => figures.touchMonth(month, now)))
  }
