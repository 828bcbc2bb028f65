import type { UnitRef } from '../../organisation/rules/unit'
import type { LedgerKind } from './ledger'
import type { CauseRecord, RedFaceConsent, RedFaceEpisode } from './red-face'
import { isStanding, isUntold, shownNoOf } from './red-face'

/** One stay of one matter on the list of one unit: what everyone may read of it follows from the report. */
export interface EntryFacts {
  readonly episodeNo: number
  readonly shownNo: number
  readonly unit: UnitRef
  /** Who acts for the unit since it has ended: the entry lies in their area (A4). */
  readonly heir?: UnitRef
  readonly list: 'notice' | 'public' | 'cleared' | 'never-public'
  readonly causes: readonly CauseRecord[]
  readonly openedAt: number
  readonly publicAt: number
  readonly endedAt: number | null
  readonly consent: RedFaceConsent | null
  /** All of its causes that are public are disputed now (申诉中). */
  readonly isAppealed: boolean
}

/** Causes that everyone sees: public, and not struck. A struck one that was public stays in the ledger. */
const isShown = (cause: CauseRecord): boolean =>
  cause.publishedAt !== undefined && cause.struckAt === undefined

/**
 * The entries of a report: one for each unit that a cause belongs to (F2). An entry whose causes were all struck
 * within their notice is never shown.
 */
export const entriesOf = (episodes: readonly RedFaceEpisode[]): readonly EntryFacts[] =>
  episodes.flatMap((episode) => {
    const units = new Map<string, UnitRef>()
    for (const cause of episode.causes) {
      if (!units.has(cause.unit.id)) units.set(cause.unit.id, cause.unit)
    }
    return [...units.values()].map((unit): EntryFacts => {
      const causes = episode.causes.filter((cause) => cause.unit.id === unit.id)
      const shown = causes.filter(isShown)
      const standing = causes.filter(isStanding)
      const left = causes.flatMap((cause) => cause.leftAt ?? [])
      const endedAt =
        episode.endedAt ?? (standing.length === 0 ? Math.max(...causes.map(endOf), ...left) : null)
      const firstPublicAt = Math.min(...shown.map((cause) => cause.publishedAt ?? Number.POSITIVE_INFINITY))
      const isPublic = shown.length > 0
      const heir = causes.find((cause) => cause.heir)?.heir
      return {
        episodeNo: episode.no,
        shownNo: shownNoOf(episode),
        unit,
        ...(heir ? { heir } : {}),
        list: endedAt === null ? (isPublic ? 'public' : 'notice') : isPublic ? 'cleared' : 'never-public',
        causes: shown.length > 0 ? shown : causes,
        // What was struck within its notice, or is kept back, tells nobody of itself by the days that are counted.
        openedAt: Math.min(...(isPublic ? shown : causes).map((cause) => cause.at)),
        publicAt: isPublic ? firstPublicAt : Math.min(...causes.map((cause) => cause.publicAt)),
        endedAt,
        consent:
          episode.consent ?? (left.length > 0 ? 'came-late' : endedAt === null ? null : 'appeal-upheld'),
        isAppealed:
          isPublic &&
          shown.filter(isStanding).every((cause) => cause.appeal !== undefined) &&
          endedAt === null,
      }
    })
  })

const endOf = (cause: CauseRecord): number => cause.struckAt ?? cause.leftAt ?? 0

/** The number is the one that everybody knows the stay by. */
export const entryIdOf = (reportId: string, shownNo: number, unitId: string): string =>
  `${reportId}:${shownNo}:${unitId}`

/** Whether everybody may open it: one that is within its notice, or of which nothing public stood, has no page. */
export const hasPage = ({ list }: { readonly list: string }): boolean =>
  list === 'public' || list === 'cleared'

/** The unit's entry for this stay, where it has a page. */
export const pageOf = (reportId: string, episode: RedFaceEpisode, unitId: string): string | undefined => {
  const entry = entriesOf([episode]).find(({ unit }) => unit.id === unitId)
  return entry && hasPage(entry) ? entryIdOf(reportId, entry.shownNo, unitId) : undefined
}

/** What the ledger must be told when a report goes from one state to the next, cause by cause and unit by unit. */
export interface LedgerChange {
  readonly entry: LedgerKind
  readonly episodeNo: number
  readonly cause: CauseRecord
  readonly unit: UnitRef
  readonly isPublic: boolean
}

/**
 * Derived from the difference of two states, so that no step can forget to tell the ledger (F6). What is untold has no
 * row: everybody would see one come as the matter is accepted (S1). Published, it gets those it is owed.
 */
export const ledgerChanges = (
  before: readonly RedFaceEpisode[],
  after: readonly RedFaceEpisode[],
): readonly LedgerChange[] => {
  const was = new Map(
    before.flatMap((episode) =>
      episode.causes.filter((cause) => !isUntold(cause)).map((cause) => [cause.no, { episode, cause }]),
    ),
  )
  const changes: LedgerChange[] = []
  for (const episode of after) {
    for (const cause of episode.causes.filter((one) => !isUntold(one))) {
      const known = was.get(cause.no)
      const entries: LedgerChange['entry'][] = []
      if (!known) entries.push(cause.restores === undefined ? 'opened' : 'restored')
      if (cause.publishedAt !== undefined && known?.cause.publishedAt === undefined) entries.push('published')
      if (cause.appeal && !known?.cause.appeal) entries.push('frozen')
      if (!cause.appeal && known?.cause.appeal && cause.struckAt === undefined) entries.push('unfrozen')
      if (cause.struckAt !== undefined && known?.cause.struckAt === undefined) entries.push('struck')
      const hasEnded =
        cause.leftAt !== undefined || (episode.endedAt !== undefined && cause.struckAt === undefined)
      const hadEnded =
        known !== undefined && (known.cause.leftAt !== undefined || known.episode.endedAt !== undefined)
      if (hasEnded && !hadEnded) entries.push('cleared')
      for (const entry of entries) {
        changes.push({
          entry,
          episodeNo: episode.no,
          cause,
          unit: cause.unit,
          isPublic: cause.publishedAt !== undefined,
        })
      }
    }
  }
  return changes
}
