import { dayMs } from '../../../ground/instant'
import { countAbove } from '../../../ground/page'
import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import { readEpisode } from '../../report/shared/read-episode'
import { categoryNameOf, type RuleBook } from '../../rule-book/rules/rule-book'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { RedFaceEntry, RedFacePorts } from '../ports'
import { hasPage } from '../rules/entries'
import { episodeRows } from './read-ledger'

type RedFaceRow = OutputOf<'redFace.get'>['entry']

const toRow = (entry: RedFaceEntry, rules: RuleBook, now: number): RedFaceRow => ({
  id: entry.id,
  reportId: entry.reportId,
  episodeNo: entry.episodeNo,
  state: entry.list === 'cleared' ? 'cleared' : 'public',
  isAppealed: entry.isAppealed,
  summary: entry.summary,
  categoryName: categoryNameOf(rules, entry.categoryId),
  submittedAt: entry.submittedAt ?? null,
  branch: { id: entry.unitId, name: entry.unitName },
  ...(entry.heir ? { heir: entry.heir } : {}),
  causes: [...entry.causes],
  publicAt: entry.publicAt,
  clearedAt: entry.clearedAt,
  consent: entry.consent,
  daysOpen: Math.max(
    0,
    Math.floor(((entry.clearedAt ?? entry.heldUntilAt ?? now) - entry.noticedAt) / dayMs),
  ),
  supporterCount: entry.supporterCount,
  coReporterCount: entry.coReporterCount ?? 0,
  ...(entry.isUnreported ? { isUnreported: true } : {}),
  ...(entry.reportedAt === undefined ? {} : { reportedAt: entry.reportedAt }),
})

/** The public list of a unit's area: the heaviest first, or the cleared, latest first. */
export const listRedFaces =
  (ports: RedFacePorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'redFace.list'>,
  ): Promise<Result<OutputOf<'redFace.list'>>> => {
    const { unitId, tab } = input
    const [unit, page, { counts, asOf }] = await Promise.all([
      ports.units.get(unitId),
      ports.redFaceEntries.list(unitId, tab, {
        limit: input.limit ?? 20,
        ...(input.cursor ? { cursor: input.cursor } : {}),
      }),
      ports.figures.of(unitId, 'everyone'),
    ])
    if (!unit) return refuse('unknown-unit')
    const rules = await ports.ruleBooks.of(bannerOf(unit.path))
    const shown = { public: counts.redFaces ?? 0, cleared: counts.clearedRedFaces ?? 0 }
    // What follows a cursor says nothing of how many stood before it.
    if (!input.cursor) shown[tab] = countAbove(shown[tab], page)
    return ok({
      rows: page.rows.map((entry) => toRow(entry, rules, session.now)),
      nextCursor: page.nextCursor,
      publicCount: shown.public,
      clearedCount: shown.cleared,
      asOf,
    })
  }

/** One entry with its evidence and everything the ledger keeps of it. Refuses `not-found` before it is public. */
export const viewRedFace =
  (ports: RedFacePorts) =>
  async (session: Session, input: ParsedInputOf<'redFace.get'>): Promise<Result<OutputOf<'redFace.get'>>> => {
    const entry = await ports.redFaceEntries.get(input.entryId)
    if (!entry || !hasPage(entry)) return refuse('not-found')
    const [read, ledger] = await Promise.all([
      readEpisode(ports)(session, entry.reportId, entry.episodeNo),
      ports.ledger.ofReport(entry.reportId),
    ])
    if (!read) return refuse('not-found')
    const { rules, ...shown } = read
    return ok({
      entry: toRow(entry, rules, session.now),
      ...shown,
      ledger: episodeRows(ledger, entry.id),
    })
  }
