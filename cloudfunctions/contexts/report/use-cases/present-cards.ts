import type { Point } from '../../../ground/geometry'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import type { ReadingPorts } from '../ports'
import { actorIdOf } from '../rules/participant-key'
import type { Report } from '../rules/report'
import { type Caller, viewOf } from '../rules/standing'
import { catchUp } from '../tick'
import { cardPhotoId, presentCard, type ReportCard } from './present-report'
import { handlerSeats, lawOf } from './standing-of'

const defaultLimit = 20

export const pageOf = (input: { cursor?: string | undefined; limit?: number | undefined }) => ({
  limit: input.limit ?? defaultLimit,
  ...(input.cursor ? { cursor: input.cursor } : {}),
})

export const staffCaller =
  (ports: Pick<ReadingPorts, 'keyed'>, session: Session) =>
  (report: Report): Caller => ({
    isSignedIn: session.accountId !== null,
    memberships: session.memberships,
    seatsEverIn: seatsEverIn(session),
    ...(session.accountId === null ? {} : { actorId: actorIdOf(ports.keyed, session.accountId, report.id) }),
  })

/** Rows of a list with the one picture each may show; reports the caller may not know of are left out. */
export const presentCards =
  (ports: Pick<ReadingPorts, 'photos' | 'ruleBooks' | 'calendars' | 'units' | 'keyed'>) =>
  async (
    reports: readonly Report[],
    callerFor: (report: Report) => Caller,
    now: number,
    around?: Point,
  ): Promise<ReportCard[]> => {
    const photoIds = reports.flatMap((report) => {
      const view = viewOf(callerFor(report), report)
      return (view && cardPhotoId(report, view)) ?? []
    })
    const ofColleagues = reports.filter((report) => viewOf(callerFor(report), report) === 'staff')
    const [urls, seats] = await Promise.all([
      ports.photos.urls([...new Set(photoIds)]),
      handlerSeats(ports, ofColleagues, now),
    ])
    const cards: ReportCard[] = []
    for (const report of reports) {
      const law = await lawOf(ports, report)
      const card = presentCard(catchUp(report, now, law), callerFor(report), {
        law,
        now,
        urls,
        handlerSeat: seats.get(report.id),
        ...(around ? { around } : {}),
      })
      if (card) cards.push(card)
    }
    return cards
  }
