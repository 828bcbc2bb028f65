import type { Page } from '../../ground/page'
import type { Store } from '../../platform/cloudbase/database'
import {
  type JournalDocument,
  journalRepository,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import { pageByName } from '../../platform/cloudbase/page-by-name'
import { fromDocument, type Stored, toDocument } from '../../platform/cloudbase/stored'
import type { UnitChanges, UnitKeeping } from './ports'
import type { Unit } from './rules/unit'
import type { UnitChange } from './rules/unit-change'
import { seatDocumentOf } from './store'

/** More units than the region has, squads and those that have ended among them. */
const mostWithin = 200_000

export const unitKeepingRepository = (store: Store<'units' | 'memberships'>): UnitKeeping => {
  const toUnit = (document: Stored<Unit>): Unit => fromDocument<Unit>(document)
  return {
    add: (units) => store.addMissing('units', units.map(toDocument)),
    replace: async (before, after) => {
      const { _id, ...fields } = toDocument(after)
      const was = toDocument(before) as Readonly<Record<string, unknown>>
      const gone = Object.keys(was).filter((field) => field !== '_id' && !(field in fields))
      const changed = Object.fromEntries([
        ...gone.map((field) => [field, undefined]),
        ...Object.entries(fields).filter(([field, value]) => value !== was[field]),
      ])
      // A unit that was entered by hand has never been changed, and no number says so.
      return (await store.update('units', { _id, rev: before.rev ?? null }, changed)) === 1
    },
    withCodes: async (codes) => {
      const [named, coded] = await Promise.all([
        store.getMany<Stored<Unit>>('units', codes),
        store.findIn<Stored<Unit>>('units', 'code', codes, {}, { atMost: mostWithin }),
      ])
      return [...new Map([...named, ...coded].map((unit) => [unit._id, toUnit(unit)])).values()]
    },
    within: async (areaId) =>
      (await store.findAll<Stored<Unit>>('units', { path: areaId }, { atMost: mostWithin })).map(toUnit),
    search: async (areaId, beginning, request, kind): Promise<Page<Unit>> => {
      const page = await pageByName<Stored<Unit>, 'units' | 'memberships'>(
        store,
        'units',
        { path: areaId, ...(kind === undefined ? {} : { kind }) },
        beginning,
        request,
      )
      return { ...page, rows: page.rows.map(toUnit) }
    },
    addSeats: (seats) => store.addMissing('memberships', seats.map(seatDocumentOf)),
    endSeats: async (ids, untilAt) => {
      // One revision on: whoever is changing the seat at this moment decides on it anew. The clock writes the end down
      // in its history.
      for (const _id of ids)
        await store.increase('memberships', { _id }, { rev: 1 }, { set: { untilAt, nextClockAt: untilAt } })
    },
    nameSeats: async (ids, name) => {
      await store.setInMany('memberships', ids, {}, 'unitName', name)
    },
  }
}

export type UnitChangeDocument = JournalDocument<UnitChange>

export const unitChangeRepository = (store: Store<'unit_changes' | 'unit_change_sheets'>): UnitChanges => ({
  ...journalRepository<'unit_changes' | 'unit_change_sheets', UnitChange>(store, {
    collection: 'unit_changes',
    sheets: 'unit_change_sheets',
    mayLeave: ['timeline', 'newUnits'],
    toDocument: toJournalDocument,
    toMatter: toJournalled,
    firstCome: [['_id', 'asc']],
  }),
  addMissing: (changes) =>
    store.addMissing(
      'unit_changes',
      changes.map((one) => toJournalDocument(one)),
    ),
  ofUnit: async (unitId, request) => {
    const page = await store.page<UnitChangeDocument>('unit_changes', { unitId }, ['madeAt', 'desc'], request)
    return { rows: page.rows.map((one) => toJournalled<UnitChange>(one)), nextCursor: page.nextCursor }
  },
  isPlanned: async (unitId) =>
    (await store.first('unit_changes', { unitId, status: 'planned' }, [['_id', 'asc']], 1, ['_id'])).length >
    0,
})
