import { bannerOf } from '../../ground/unit-path'
import type { Projectors } from '../../journal/settle'
import { isConfidential } from '../report/rules/confidential'
import type { Report } from '../report/rules/report'
import type { RuleBooks } from '../rule-book/ports'
import type { KeptFigures } from './ports'
import { monthOf, monthSection } from './rules/month'
import { type RateFacts, rateFactsOf } from './rules/rates'

interface ProjectorPorts {
  readonly figures: Pick<KeptFigures, 'add' | 'contains' | 'row' | 'putRow' | 'touchMonth'>
  readonly ruleBooks: Pick<RuleBooks, 'of'>
}

/** What becomes of a contact that nobody makes is known beforehand; it counts from when it falls due. */
const everDue = Number.POSITIVE_INFINITY
const nothing: RateFacts = { contact: null, answers: [], closing: null, received: [], declined: null }

/** The months of units that the facts are about. */
const monthsOf = ({ contact, answers, closing, received, declined }: RateFacts): readonly string[] => {
  const said = [
    ...(contact?.unitIds ?? []).map((unitId) => ({ unitId, at: contact?.dueAt ?? 0 })),
    ...answers,
    ...(closing ? [closing] : []),
    ...received,
    ...(declined ? [declined] : []),
  ]
  return [...new Set(said.map(({ unitId, at }) => monthSection(unitId, monthOf(at))))].sort()
}

/** What figures derive from a report. */
export const figureProjectors = ({
  figures,
  ruleBooks,
}: ProjectorPorts): Pick<Projectors<Report>, 'moved' | 'outcome'> => ({
  moved: {
    isApart: true,
    // What others see of it may be a minute old.
    isLater: (_report, { isNow }) => isNow !== true,
    project: async (report, { id, moves, isNow }, _now, by) => {
      const key = `${report.id}.${id}`
      // What a step does at once the clock nearly always finds done.
      const isToldAgain = isNow === true && by === undefined
      await Promise.all(
        moves.map(async (move) => {
          if (!(isToldAgain && (await figures.contains(key, move.section)))) await figures.add(key, move)
        }),
      )
      return null
    },
  },
  outcome: {
    isLater: () => true,
    project: async (report, _entry, now) => {
      const known = await figures.row(report.id)
      // A complaint that moved a published figure would tell those whom it is about (H4).
      const facts = isConfidential(report)
        ? nothing
        : rateFactsOf(report, everDue, await ruleBooks.of(bannerOf(report.unitPath)))
      const months = monthsOf(facts)
      const isKept = known !== undefined && known.rev >= report.rev
      const formerMonths = known?.months ?? []
      if (!isKept) await figures.putRow({ id: report.id, rev: report.rev, months, formerMonths, facts })
      // Also where it was kept and the run was cut off before this: then all that it was about is touched again.
      const touched = new Set([...months, ...formerMonths, ...(known?.formerMonths ?? [])])
      await Promise.all([...touched].map((month) => figures.touchMonth(month, now)))
      return null
    },
  },
})
