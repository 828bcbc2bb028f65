import type { Store } from '../../platform/cloudbase/database'
import type { Stored } from '../../platform/cloudbase/shape'
import type { SharedEpisode } from './cause-shapes'
import type { Participant } from './ports'
import { participantKey } from './rules/participant-key'
import type { Report, Supporter, Supporters } from './rules/report'
import type { Digests } from './shapes'
import type { ParticipantDocument } from './store'

/** Up to shape 3 a report named everybody who had said 我也遇到, with the digest of the command by which they did. */
export type NamedSupporter = Supporter & { readonly digest?: string }
export type NamingReport = Omit<Report, 'supporters' | 'redFaces'> & {
  readonly supporters: readonly NamedSupporter[]
  readonly redFaces: readonly SharedEpisode[]
}

/** As many as ever had a part in one report. */
const mostPeople = 50_000

interface Known {
  readonly store: Store
  readonly keyed: Digests['keyed']
}

/**
 * The rows of a report's supporters, now that they alone say who is one: those whom the report named have theirs, and
 * nobody else. They were written first and followed what the report said, so nearly all are as they should be. Digests
 * of commands are not brought over: one sent again from then is answered that its sender has joined.
 */
const setRowsRight = async (
  { store, keyed }: Known,
  { _id: reportId, ...report }: NamingReport & Stored,
): Promise<void> => {
  const named = new Map(report.supporters.map((one) => [one.key, one]))
  const rows = await Promise.all(
    (['supporter', 'co-reporter', 'left'] as const).map((part) =>
      store.findAll<ParticipantDocument>(
        'participants',
        { reportId, part },
        { atMost: mostPeople, by: 'joinedAt' },
      ),
    ),
  )
  const set = (_id: string, fields: Partial<Record<keyof Participant, unknown>>) =>
    store.update('participants', { _id }, fields)
  const wasBefore = new Map(report.coReporters.map((one) => [one.key, one.wasSupporter]))
  for (const row of rows.flat()) {
    // A row may bear the key of before still.
    const key = participantKey(keyed, row.accountId, reportId)
    const supports = named.get(key)
    const fromReportId = supports?.fromReportId
    if (supports && (row.part !== 'supporter' || row.fromReportId !== fromReportId))
      await set(row._id, { part: 'supporter', fromReportId })
    else if (!supports && row.part === 'supporter' && row.fromReportId === undefined)
      await set(row._id, { part: 'left' })
    const was = wasBefore.get(key)
    if (was && row.part === 'co-reporter' && row.wasSupporter === undefined)
      await set(row._id, {
        wasSupporter: was.fromReportId === undefined ? {} : { fromReportId: was.fromReportId },
      })
  }
}

/** Shape 4: supporters are rows of their own, and a number in the report. */
export const toRowsAndNumbers = async (document: Stored, known: Known): Promise<Stored> => {
  if (!Array.isArray(document.supporters)) return document
  const report = document as unknown as NamingReport & Stored
  await setRowsRight(known, report)
  const said = new Set([
    ...report.redFaces.flatMap((episode) => episode.words.map((word) => word.key)),
    ...report.redFaces.flatMap((episode) => episode.causes.flatMap((cause) => cause.saidBy ?? [])),
    ...report.appealedKeys,
  ])
  const supporters: Supporters = {
    count: report.supporters.length,
    countedIn: [],
    heard: report.supporters.flatMap(({ digest: _then, ...one }) => (said.has(one.key) ? [one] : [])),
  }
  const cameWith = (childReportId: string): number =>
    report.supporters.filter((one) => one.fromReportId === childReportId).length
  return {
    ...document,
    supporters,
    coReporters: report.coReporters.map(({ wasSupporter, ...one }) => {
      if (!wasSupporter) return one
      const { digest: _then, ...was } = wasSupporter as NamedSupporter
      return { ...one, wasSupporter: was }
    }),
    mergings: report.mergings.map((merging) => {
      const cameCount = cameWith(merging.childReportId)
      return cameCount > 0 ? { ...merging, cameCount } : merging
    }),
  }
}
