import type { Store } from '../../platform/cloudbase/database'
import { instanceMemory } from '../../platform/cloudbase/instance-memory'
import {
  type JournalDocument,
  journalRepository,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import { fromDocument, mostOfOne, type Stored } from '../../platform/cloudbase/stored'
import type { Seats, Units } from './ports'
import { type Seat, seatWithoutHistory } from './rules/seat'
import { isAgreedNow, type Membership, type Partnership, type Unit } from './rules/unit'

/** More than the units of a few banners; a city's worth of places is routed without reading them again. */
const mostUnitsKept = 5_000

/** More units than a region has. */
const mostEnded = 20_000

export const unitRepository = (store: Store<'units' | 'memberships' | 'partnerships'>): Units => {
  const known = instanceMemory<Unit>(mostUnitsKept)
  const getMany = async (ids: readonly string[]): Promise<readonly Unit[]> =>
    (await store.getMany<Stored<Unit>>('units', ids)).map((document) => fromDocument<Unit>(document))

  return {
    get: async (id) => {
      const document = await store.get<Stored<Unit>>('units', id)
      return document && fromDocument<Unit>(document)
    },
    getMany,
    lately: async (ids) => {
      const found = new Map(ids.map((id) => [id, known.get(id)]))
      const missing = [...found].flatMap(([id, unit]) => (unit ? [] : [id]))
      for (const unit of missing.length === 0 ? [] : await getMany(missing)) {
        known.keep(unit.id, unit)
        found.set(unit.id, unit)
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    },
    children: async (parentId) =>
      (await store.findAll<Stored<Unit>>('units', { parentId }, { atMost: mostOfOne })).map((document) =>
        fromDocument<Unit>(document),
      ),
    childrenBehind: async (parentId, behind, limit) =>
      (
        await store.first<Stored<Unit>>(
          'units',
          { parentId, ...(behind === null ? {} : { _id: store.command.gt(behind) }) },
          [['_id', 'asc']],
          limit,
        )
      ).map((document) => fromDocument<Unit>(document)),
    membershipsOf: async (accountId) =>
      (await store.findAll<Stored<Membership>>('memberships', { accountId }, { atMost: mostOfOne })).map(
        (document) => fromDocument<Membership>(document),
      ),
    membersOf: async (unitId) =>
      (await store.findAll<Stored<Membership>>('memberships', { unitId }, { atMost: mostOfOne })).map(
        (document) => fromDocument<Membership>(document),
      ),
    membersOfAny: async (unitIds) =>
      (
        await store.findIn<Stored<Membership>>('memberships', 'unitId', unitIds, {}, { atMost: mostOfOne })
      ).map((document) => fromDocument<Membership>(document)),
    predecessors: async (successorId) =>
      (await store.findAll<Stored<Unit>>('units', { successorId }, { atMost: mostOfOne })).map((document) =>
        fromDocument<Unit>(document),
      ),
    ended: async (now, limit) =>
      (
        await store.first<Stored<Unit>>(
          'units',
          // Only the clock sets the mark: whoever enters the end of a unit need not know of it.
          { endsAt: store.command.lte(now), isWoundUp: store.command.nin([true]) },
          [
            ['endsAt', 'asc'],
            ['_id', 'asc'],
          ],
          limit,
        )
      ).map((document) => fromDocument<Unit>(document)),
    endedSince: async (since, now) =>
      (
        await store.findAll<Stored<Unit>>(
          'units',
          { endsAt: store.command.gt(since).and(store.command.lte(now)) },
          { atMost: mostEnded, by: 'endsAt' },
        )
      ).map((document) => fromDocument<Unit>(document)),
    markWoundUp: async (unitId) => {
      await store.update('units', { _id: unitId }, { isWoundUp: true })
    },
    partnershipsOf: async (unitIds, now) =>
      (await store.findIn<Stored<Partnership>>('partnerships', 'unitId', unitIds, {}, { atMost: mostOfOne }))
        .map((document) => fromDocument<Partnership>(document))
        .filter((one) => isAgreedNow(one, now)),
  }
}

/** A seat as it lies in the database. */
export type SeatDocument = JournalDocument<Seat>

/** One that somebody puts there by the way, as whoever fills a database does: how it came about is written down nowhere. */
export const seatDocumentOf = (membership: Membership): SeatDocument =>
  toJournalDocument(seatWithoutHistory(membership))

/** Seats with their histories, in the collection in which every call looks up who sits where. */
export const seatRepository = (store: Store<'memberships'>): Seats => ({
  ...journalRepository<'memberships', Seat>(store, {
    collection: 'memberships',
    mayLeave: [],
    toDocument: toJournalDocument,
    toMatter: toJournalled,
    firstCome: [['_id', 'asc']],
  }),
  ofUnit: async (unitId, request) => {
    const page = await store.page<SeatDocument>('memberships', { unitId }, ['givenAt', 'desc'], request)
    return { rows: page.rows.map((document) => toJournalled<Seat>(document)), nextCursor: page.nextCursor }
  },
  inUnits: async (unitIds) =>
    (await store.findIn<SeatDocument>('memberships', 'unitId', unitIds, {}, { atMost: mostOfOne })).map(
      (document) => toJournalled<Seat>(document),
    ),
})
