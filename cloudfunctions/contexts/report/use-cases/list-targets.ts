import { type Page, type PageRequest, pagesOf } from '../../../ground/page'
import { ok, type Result, refuse } from '../../../ground/result'
import { pathFromBanner, townshipOf } from '../../../ground/unit-path'
import { groupOf } from '../../category/rules/category'
import type { Session } from '../../organisation/rules/session'
import { helpsWith } from '../../organisation/rules/unit'
import { authorise } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import { mayMerge, metresApart, placeNameOf, sameMatterMetres, sameNameMetres } from '../rules/alike'
import { isConfidential, isUnnamed } from '../rules/confidential'
import { mayHave } from '../rules/hand-over'
import type { ListedReport } from '../rules/listed-report'
import { cannotAsk, saidNotTheSame } from '../rules/merging'
import { whyNotHanded } from '../rules/own-people'
import { isAnsweredBy, type Report } from '../rules/report'
import { branchStaff, type Caller, readingRoles, seatsFor, viewOf } from '../rules/standing'
import { presentCards, staffCaller } from './present-cards'
import { callerOf, colleaguesOf } from './standing-of'

const mergeRows = 10
/**
 * Read on past what lies outside the circle, or at another place of the same name, until there are rows enough. Beyond so
 * many nobody reads on: a crowd just outside of it must not cost whoever looks.
 */
const sizes = { first: 2 * mergeRows, further: 6 * mergeRows, most: 20 * mergeRows }
/** What is found so near lies within the circle, but for a hair: one page of it is enough, or all that there is. */
const besideMetres = 10
const besideSizes = { ...sizes, most: sizes.first }

type ReadsPage = (page: PageRequest) => Promise<Page<ListedReport>>

/**
 * M1: earlier open reports that are the same matter, of the oldest the nearest first; across branches for those who sit
 * above both. Exact places decide, so nobody is offered a report whose place they may not read (S1).
 */
const mergeCandidates = async (
  ports: ReadingPorts,
  session: Session,
  report: Report,
): Promise<readonly ListedReport[]> => {
  const seatsIn = session.memberships.flatMap(({ unitId, role }) =>
    readingRoles.includes(role) ? [unitId] : [],
  )
  if (isConfidential(report) || seatsIn.length === 0) return []
  const { point, words } = report.place
  const townshipId = townshipOf(report.unitPath)
  const name = placeNameOf(words)
  // A later one would be refused (L5).
  const asked = { groupId: groupOf(report.categoryId), beforeAt: report.submittedAt, seatsIn }
  // What its reporter has said is another matter may be left out of the rows, and takes no place in them.
  const isEnough = (found: readonly ListedReport[]): boolean =>
    found.filter(({ id }) => !report.neverMergeInto.includes(id)).length >= mergeRows
  const oldest = async (read: ReadsPage, pageSizes = sizes): Promise<readonly ListedReport[]> => {
    const found: ListedReport[] = []
    for await (const rows of pagesOf(read, pageSizes)) {
      found.push(...rows.filter((one) => mayMerge(report, one)))
      if (isEnough(found)) break
    }
    return found
  }
  const around = async (): Promise<readonly ListedReport[]> => {
    if (!point) return []
    const within = (metres: number) => (page: PageRequest) =>
      ports.reports.parentsAround(asked, point, metres, page)
    const beside = await oldest(within(besideMetres), besideSizes)
    return isEnough(beside) ? beside : oldest(within(sameMatterMetres))
  }
  const [near, called] = await Promise.all([
    around(),
    name !== null && townshipId !== null
      ? oldest((page) =>
          ports.reports.parentsByPlaceName(asked, { townshipId, name, point, metres: sameNameMetres }, page),
        )
      : [],
  ])
  const metresOf = (one: ListedReport): number => metresApart(report, one) ?? Number.MAX_SAFE_INTEGER
  return [...new Map([...near, ...called].map((one) => [one.id, one])).values()].sort(
    (a, b) => metresOf(a) - metresOf(b) || a.submittedAt - b.submittedAt,
  )
}

/** M4: those of them of which its reporter has said that they are not the same matter. */
const saidOtherMatters = async (
  ports: ReadingPorts,
  report: Report,
  candidates: readonly ListedReport[],
): Promise<ReadonlySet<string>> => {
  if (report.neverMergeInto.length === 0) return new Set()
  const parents = await ports.reports.getMany(candidates.map(({ id }) => id))
  return new Set(parents.flatMap((parent) => (saidNotTheSame(report, parent) ? [parent.id] : [])))
}

/** The branch's own people to whom the caller may hand the work (L2): nobody else's names are told. */
const membersToHand = async (
  ports: ReadingPorts,
  report: Report,
  caller: Caller,
  now: number,
): Promise<OutputOf<'unit.targets'>['members']> => {
  if (!authorise(caller, 'dispatch', report).isAllowed) return []
  const colleagues = await colleaguesOf(ports, report, now)
  return colleagues.flatMap((one) => {
    const seat = seatsFor(one, report, 'branch', branchStaff)[0]
    if (!seat || whyNotHanded(report, one.actorId, colleagues) !== undefined) return []
    const { name = null, role } = seat
    return [{ id: one.actorId, name, role, isYou: one.actorId === caller.actorId }]
  })
}

/**
 * Where a report may be sent from here: partners, the branch's own people, sibling branches, reports of the same
 * matter to merge into.
 */
export const listTargets =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'unit.targets'>,
  ): Promise<Result<OutputOf<'unit.targets'>>> => {
    const report = await ports.reports.get(input.reportId)
    if (!report) return refuse('not-found')
    const caller = callerOf(ports.keyed, session, report, undefined)
    if (viewOf(caller, report) !== 'staff') return refuse('not-found')
    const townshipId = townshipOf(report.unitPath) ?? report.answerableUnit.id
    const [partnerships, below, members] = await Promise.all([
      // No word of a complaint reaches a partner (H4).
      isConfidential(report) ? [] : ports.units.partnershipsOf(report.unitPath, session.now),
      ports.units.children(townshipId),
      membersToHand(ports, report, caller, session.now),
    ])
    const deeper = await Promise.all(
      below
        .filter((unit) => unit.kind === 'community-committee')
        .map((unit) => ports.units.children(unit.id)),
    )
    // A complaint goes to no branch, only from committee to committee, and not to whom it is about.
    const around = isConfidential(report)
      ? [...(await ports.units.getMany(pathFromBanner(report.unitPath))), ...below].filter((unit) =>
          mayHave(report, unit),
        )
      : [...below, ...deeper.flat()].filter((unit) => unit.kind === 'branch')
    const branches = around.filter((unit) => !isAnsweredBy(report, unit.id))
    const candidates = await mergeCandidates(ports, session, report)
    const asking = await saidOtherMatters(ports, report, candidates)
    // Nor one that only their word could bring back, and they cannot be asked.
    const parents = candidates
      .filter(({ id }) => !asking.has(id) || cannotAsk(report) === undefined)
      .slice(0, mergeRows)
    // Their part in this report gives them none in the others (M3).
    const targets = await presentCards(ports)(
      parents,
      staffCaller(ports, session),
      session.now,
      report.place.point ? { around: report.place.point } : {},
    )
    return ok({
      partners: [
        ...new Map(
          partnerships
            .filter((one) => helpsWith(one, groupOf(report.categoryId)))
            .map((one) => [one.partnerId, { id: one.partnerId, name: one.partnerName }]),
        ).values(),
      ],
      members,
      branches: branches.map(({ id, name }) => ({ id, name })),
      accusedWithin: isUnnamed(report) && report.isSorting ? report.answerableUnit.id : null,
      mergeTargets: targets.map((card) => ({ ...card, asksReporter: asking.has(card.id) })),
    })
  }
