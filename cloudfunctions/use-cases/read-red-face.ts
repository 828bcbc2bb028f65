import type { Session } from '../contexts/organisation/rules/session'
import type { RedFaceEntry } from '../contexts/red-face/ports'
import { refusalOf } from '../contexts/report/access'
import { viewOf } from '../contexts/report/rules/standing'
import { catchUp } from '../contexts/report/tick'
import { categoryNameOf, type RuleBook } from '../contexts/rule-book/rules/rule-book'
import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { dayMs } from '../ground/instant'
import { ok, type Result, refuse } from '../ground/result'
import { bannerOf } from '../ground/unit-path'
import { actorIdOf } from './participant-key'
import type { Ports } from './ports'
import { episodeView, photoViews, seenRev } from './present-report'
import { episodeRows } from './read-ledger'
import { callerOf, lawOf } from './standing-of'

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
  causes: [...entry.causes],
  publicAt: entry.publicAt,
  clearedAt: entry.clearedAt,
  consent: entry.consent,
  daysOpen: Math.max(
    0,
    Math.floor(((entry.clearedAt ?? entry.heldUntilAt ?? now) - entry.noticedAt) / dayMs),
  ),
  supporterCount: entry.supporterCount,
})

/** The public list of a unit's area: the heaviest first, or the cleared, latest first. */
export const listRedFaces =
  (ports: Ports) =>
  async (
    session: Session,
    input: ParsedInputOf<'redFace.list'>,
  ): Promise<Result<OutputOf<'redFace.list'>>> => {
    const { unitId, tab } = input
    const unit = await ports.units.get(unitId)
    if (!unit) return refuse('unknown-unit')
    const [page, publicCount, clearedCount, rules] = await Promise.all([
      ports.redFaceEntries.list(unitId, tab, {
        limit: input.limit ?? 20,
        ...(input.cursor ? { cursor: input.cursor } : {}),
      }),
      ports.redFaceEntries.count(unitId, 'public'),
      ports.redFaceEntries.count(unitId, 'cleared'),
      ports.ruleBooks.of(bannerOf(unit.path)),
    ])
    return ok({
      rows: page.rows.map((entry) => toRow(entry, rules, session.now)),
      nextCursor: page.nextCursor,
      publicCount,
      clearedCount,
    })
  }

/** One entry with its evidence and everything the ledger keeps of it. Refuses `not-found` before it is public. */
export const viewRedFace =
  (ports: Ports) =>
  async (session: Session, input: ParsedInputOf<'redFace.get'>): Promise<Result<OutputOf<'redFace.get'>>> => {
    const entry = await ports.redFaceEntries.get(input.entryId)
    if (!entry || (entry.list !== 'public' && entry.list !== 'cleared')) return refuse('not-found')
    const report = await ports.reports.get(entry.reportId)
    if (!report) return refuse('not-found')
    const law = await lawOf(ports, report)
    const current = catchUp(report, session.now, law)
    const { caller } = await callerOf(ports, session, current)
    const view = viewOf(caller, current)
    const episode = current.redFaces.find((one) => one.no === entry.episodeNo)
    const shown = view && episode ? episodeView(episode, { view: 'public', key: caller.key }) : null
    if (!shown) return refuse('not-found')
    const fix = current.resolutions[current.resolutions.length - 1]
    const laid = current.timeline.find(
      ({ kind, at, visibility, photos }) =>
        (kind === 'evidence-laid' || kind === 'progressed') &&
        at === episode?.evidence?.at &&
        visibility === 'public' &&
        photos !== undefined,
    )
    const after = laid && laid.at > (fix?.at ?? 0) ? (laid.photos ?? []) : (fix?.after ?? [])
    const [urls, ledger] = await Promise.all([
      ports.photos.urls([...(fix?.before ?? []), ...after]),
      ports.ledger.ofReport(current.id),
    ])
    const actorId = session.accountId === null ? '' : actorIdOf(ports.keyed, session.accountId, current.id)
    return ok({
      entry: toRow(entry, law.rules, session.now),
      episode: shown,
      before: photoViews(fix?.before ?? [], urls),
      after: photoViews(after, urls),
      ledger: episodeRows(ledger, entry.id),
      canAnswer:
        refusalOf(caller, 'answer-red-face', current, { now: session.now, law, actorId }) === undefined,
      rev: seenRev({ ...current, rev: report.rev }, caller),
    })
  }
