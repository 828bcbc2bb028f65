import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { authorise, viewOf } from '../domain/access/authorise'
import { dayMs } from '../domain/instant'
import { catchUp } from '../domain/report/tick'
import { ok, type Result, refuse } from '../domain/result'
import { categoryOf, type RuleBook } from '../domain/rules'
import { callerOf } from './act-on-report'
import type { Ports, RedFaceEntry, Session } from './ports'
import { photoViews } from './present-report'
import { episodeRows } from './read-ledger'

type RedFaceRow = OutputOf<'redFace.get'>['entry']

const toRow = (entry: RedFaceEntry, rules: RuleBook, now: number): RedFaceRow => ({
  id: entry.id,
  reportId: entry.reportId,
  episodeNo: entry.episodeNo,
  state: entry.state === 'noticed' ? 'public' : entry.state,
  summary: entry.summary,
  categoryName: categoryOf(rules, entry.categoryId)?.name ?? '',
  branch: { id: entry.unitId, name: entry.unitName },
  causes: [...entry.causes],
  publicAt: entry.publicAt,
  clearedAt: entry.clearedAt,
  consent: entry.consent,
  daysOpen: Math.max(0, Math.floor(((entry.clearedAt ?? now) - entry.noticedAt) / dayMs)),
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
      ports.ruleBooks.of(unit.path[2]),
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
    const rules = await ports.ruleBooks.of(entry.unitPath[2])
    const current = report && catchUp(report, session.now, rules)
    const episode = current?.redFaces.find((one) => one.no === entry.episodeNo)
    if (!current || !episode) return refuse('not-found')
    const { caller, key } = await callerOf(ports, session, current.id)
    if (viewOf(caller, current) === null) return refuse('not-found')
    const fix = current.resolutions[current.resolutions.length - 1]
    const [urls, ledger] = await Promise.all([
      ports.photos.urls(fix ? [...fix.before, ...fix.after] : []),
      ports.ledger.ofReport(current.id),
    ])
    return ok({
      entry: toRow(entry, rules, session.now),
      episode: {
        no: episode.no,
        state: episode.state,
        causes: episode.causes.map((one) => ({ cause: one.cause, at: one.at })),
        noticedAt: episode.noticedAt,
        publicAt: episode.publicAt,
        clearedAt: episode.clearedAt ?? null,
        consent: episode.consent ?? null,
        evidenceAt: episode.evidenceAt ?? null,
        hasAnswered: episode.answers.some((answer) => answer.key === key),
      },
      before: photoViews(fix?.before ?? [], urls),
      after: photoViews(fix?.after ?? [], urls),
      ledger: episodeRows(ledger, entry.id),
      canAnswer:
        episode.state !== 'cleared' &&
        episode.evidenceAt !== undefined &&
        authorise(caller, 'answer-red-face', current).isAllowed,
    })
  }
