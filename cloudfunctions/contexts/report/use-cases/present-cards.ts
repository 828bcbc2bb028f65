import { begun } from '../../../ground/begun'
import type { Point } from '../../../ground/geometry'
import { reasonOf } from '../../../journal/clock'
import { readEach } from '../../../journal/read-each'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import type { ReadingPorts } from '../ports'
import type { Law } from '../rules/change'
import { isReadWhole, type ListedReport, listedOf } from '../rules/listed-report'
import { actorIdOf } from '../rules/participant-key'
import type { Report } from '../rules/report'
import { type Caller, viewOf } from '../rules/standing'
import { catchUp } from '../tick'
import { cardPhotoId, presentCard, presentRow, type ReportCard } from './present-report'
import { handlerSeats, lawOf } from './standing-of'

const defaultLimit = 20

export const pageOf = (input: { cursor?: string | undefined; limit?: number | undefined }) => ({
  limit: input.limit ?? defaultLimit,
  ...(input.cursor ? { cursor: input.cursor } : {}),
})

/** Who reads what everybody may read. */
export const anyone: Caller = { isSignedIn: false, memberships: [] }

export const staffCaller =
  (ports: Pick<ReadingPorts, 'keyed'>, session: Session) =>
  (report: Pick<Report, 'id'>): Caller => ({
    isSignedIn: session.accountId !== null,
    memberships: session.memberships,
    seatsEverIn: seatsEverIn(session),
    ...(session.accountId === null ? {} : { actorId: actorIdOf(ports.keyed, session.accountId, report.id) }),
  })

interface CardsContext {
  readonly around?: Point
  /** Whether what is asked of this reader, or what they alone read, has to be looked up in the whole report. */
  readonly concernsReader?: (row: ListedReport) => boolean
}

/**
 * Rows of a list with the one picture each may show; reports the caller may not know of are left out. Whole reports are
 * read of those alone that the clock has something to do to, and that concern their reader; one that cannot be read is
 * shown as it stood, and said to the log.
 */
export const presentCards =
  (ports: Pick<ReadingPorts, 'reports' | 'photos' | 'ruleBooks' | 'calendars' | 'units' | 'keyed' | 'log'>) =>
  async (
    listed: readonly ListedReport[],
    callerFor: (report: Pick<ListedReport, 'id'>) => Caller,
    now: number,
    { around, concernsReader = () => false }: CardsContext = {},
  ): Promise<ReportCard[]> => {
    const wholeIds = listed.flatMap((row) => (isReadWhole(row, now) || concernsReader(row) ? [row.id] : []))
    const read = await readEach(ports.reports.getMany, wholeIds, (reportId, error) =>
      ports.log.error(JSON.stringify({ reportId, isShownAsItStood: true, error: reasonOf(error) })),
    )
    const whole = new Map(read.map((report) => [report.id, report]))
    const photosOf = (some: readonly ListedReport[]) => {
      const ids = some.flatMap((row) => {
        const view = viewOf(callerFor(row), row)
        return (view && cardPhotoId(row, view)) ?? []
      })
      return ports.photos.urls([...new Set(ids)])
    }
    // What a row shows is known before the law by which it stands, unless the clock has something to do to it.
    const photosOfMost = begun(photosOf(listed.filter(({ id }) => !whole.has(id))))
    const rows = await Promise.all(
      listed.map(
        async (row): Promise<{ readonly row: ListedReport; readonly law: Law; readonly report?: Report }> => {
          const found = whole.get(row.id)
          const law = await lawOf(ports, found ?? row)
          const report = found && catchUp(found, now, law)
          return report ? { row: listedOf(report), law, report } : { row, law }
        },
      ),
    )

    const ofColleagues = rows.flatMap(({ row }) => (viewOf(callerFor(row), row) === 'staff' ? [row] : []))
    const [ofMost, ofWhole, seats] = await Promise.all([
      photosOfMost,
      photosOf(rows.flatMap(({ row, report }) => (report ? [row] : []))),
      handlerSeats(ports, ofColleagues, now),
    ])
    const urls = new Map([...ofMost, ...ofWhole])
    return rows.flatMap(({ row, law, report }) => {
      const context = {
        law,
        now,
        urls,
        handlerSeat: seats.get(row.id),
        ...(around ? { around } : {}),
      }
      const caller = callerFor(row)
      return (report ? presentCard(report, caller, context) : presentRow(row, caller, context)) ?? []
    })
  }
