import { type CellKeys, type GridCell, surroundingsOf } from '../../contexts/grid/rules/grid-cell'
import type { Membership, Partnership, Unit } from '../../contexts/organisation/rules/unit'
import { distanceMetres } from '../../ground/geometry'
import { chinaDateOn, startOfChinaDate } from '../../ground/instant'
import type {
  CoverageGaps,
  Grid,
  Inbox,
  InboxScope,
  Message,
  RedFaceEntries,
  RedFaceEntry,
  SpecialUnit,
  Units,
} from '../../use-cases/ports'
import type { CollectionName, Conditions, Store } from './database'

/** What the repositories store under `_id` is called `id` everywhere else. */
type Stored<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly _id: string }

const toDocument = <T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> =>
  ({ _id: id, ...rest }) as Stored<T>
const fromDocument = <T extends { readonly id: string }>({ _id, ...rest }: Stored<T>): T =>
  ({ id: _id, ...rest }) as unknown as T

const getById = async <T extends { readonly id: string }>(store: Store, name: CollectionName, id: string) => {
  const document = await store.get<Stored<T>>(name, id)
  return document && fromDocument<T>(document)
}

/** Far above what a unit, a banner or an account has; more is a bug in what was imported. */
const mostOfOne = 5_000
/** Cells within 30 km: a large city has thousands. */
const mostNear = 50_000

export const unitRepository = (store: Store): Units => ({
  get: (id) => getById<Unit>(store, 'units', id),
  getMany: async (ids) =>
    (await store.getMany<Stored<Unit>>('units', ids)).map((document) => fromDocument<Unit>(document)),
  children: async (parentId) =>
    (await store.findAll<Stored<Unit>>('units', { parentId }, { atMost: mostOfOne })).map((document) =>
      fromDocument<Unit>(document),
    ),
  membershipsOf: async (accountId) =>
    (await store.findAll<Stored<Membership>>('memberships', { accountId }, { atMost: mostOfOne })).map(
      (document) => fromDocument<Membership>(document),
    ),
  membersOf: async (unitId) =>
    (await store.findAll<Stored<Membership>>('memberships', { unitId }, { atMost: mostOfOne })).map(
      (document) => fromDocument<Membership>(document),
    ),
  predecessors: async (successorId) =>
    (await store.findAll<Stored<Unit>>('units', { successorId }, { atMost: mostOfOne })).map((document) =>
      fromDocument<Unit>(document),
    ),
  ended: async (now, limit) =>
    (
      await store.first<Stored<Unit>>(
        'units',
        // The mark is set when it is done; whoever sets a unit's end need not know of it.
        { endsAt: store.command.lte(now), isWoundUp: store.command.nin([true]) },
        [
          ['endsAt', 'asc'],
          ['_id', 'asc'],
        ],
        limit,
      )
    ).map((document) => fromDocument<Unit>(document)),
  markWoundUp: async (unitId) => {
    await store.update('units', { _id: unitId }, { isWoundUp: true })
  },
  partnershipsOf: async (unitIds) =>
    (
      await store.findIn<Stored<Partnership>>('partnerships', 'unitId', unitIds, {}, { atMost: mostOfOne })
    ).map((document) => fromDocument<Partnership>(document)),
})

type GridCellDocument = Stored<GridCell> & CellKeys

export const gridRepository = (store: Store): Grid => {
  const { command } = store
  const toCell = ({
    tiles: _t,
    unitPath: _u,
    centre: _c,
    centreTiles: _m,
    ...cell
  }: GridCellDocument): GridCell => fromDocument<GridCell>(cell)
  return {
    inTiles: async (tiles) =>
      (await store.findIn<GridCellDocument>('grid_cells', 'tiles', tiles, {}, { atMost: mostOfOne })).map(
        toCell,
      ),
    groundNear: async (point) => {
      for (const tiles of surroundingsOf(point)) {
        const middles = await store.findIn<Pick<GridCellDocument, '_id' | 'centre' | 'unit'>>(
          'grid_cells',
          'centreTiles',
          tiles,
          {},
          { atMost: mostNear, fields: ['centre', 'unit'] },
        )
        const [nearest] = [...middles].sort(
          (a, b) =>
            distanceMetres(point, a.centre) - distanceMetres(point, b.centre) || (a._id < b._id ? -1 : 1),
        )
        if (nearest) return nearest.unit
      }
      return undefined
    },
    ofUnit: async (unitId) =>
      (await store.findAll<GridCellDocument>('grid_cells', { unitPath: unitId }, { atMost: mostOfOne })).map(
        toCell,
      ),
    specialUnits: async (bannerId, at) => {
      const whole = { atMost: mostOfOne }
      const found = await Promise.all([
        store.findAll<Stored<SpecialUnit>>('special_units', { bannerId, kind: 'specialised' }, whole),
        // Years of squads whose time is over stay in the collection.
        store.findAll<Stored<SpecialUnit>>(
          'special_units',
          { bannerId, kind: 'temporary', activeUntil: command.gt(at) },
          whole,
        ),
      ])
      return found.flat().map((document) => fromDocument<SpecialUnit>(document))
    },
  }
}

export const redFaceRepository = (store: Store): RedFaceEntries => {
  const { command } = store
  const listed = (unitId: string, list: 'public' | 'cleared') => ({ unitPath: unitId, list })
  return {
    get: (id) => getById<RedFaceEntry>(store, 'red_face_entries', id),
    project: async (entry) => {
      const { _id, ...fields } = toDocument(entry)
      const older = { _id, reportRev: command.lt(entry.reportRev) }
      const replaceOlder = async (): Promise<number> => {
        if (entry.list === 'public') {
          // F4: weighed once a day. Whoever reads the list slowly meets it where it stood this morning.
          const { weight: _weight, weighedAt: _weighedAt, ...rest } = fields
          const weighedToday = command.gte(startOfChinaDate(chinaDateOn(entry.weighedAt)))
          const stays = { ...older, list: 'public', weighedAt: weighedToday }
          if ((await store.update('red_face_entries', stays, rest)) === 1) return 1
        }
        return store.update('red_face_entries', older, fields)
      }
      if ((await replaceOlder()) === 1) return
      if (await store.add('red_face_entries', { _id, ...fields } as Stored<RedFaceEntry>)) return
      // Somebody else has added it since; ours may still be the newer one.
      await replaceOlder()
    },
    list: async (unitId, list, request) => {
      const page = await store.page<Stored<RedFaceEntry>>(
        'red_face_entries',
        listed(unitId, list),
        list === 'public' ? ['weight', 'desc'] : ['clearedAt', 'desc'],
        request,
      )
      return {
        rows: page.rows.map((document) => fromDocument<RedFaceEntry>(document)),
        nextCursor: page.nextCursor,
      }
    },
    count: (unitId, list) => store.count('red_face_entries', listed(unitId, list)),
    weighedBefore: async (at, limit) =>
      (
        await store.first<Stored<RedFaceEntry>>(
          'red_face_entries',
          { list: 'public', weighedAt: command.lt(at) },
          [
            ['weighedAt', 'asc'],
            ['_id', 'asc'],
          ],
          limit,
        )
      ).map((document) => fromDocument<RedFaceEntry>(document)),
    reweigh: async (id, reportRev, weight, weighedAt) => {
      await store.update('red_face_entries', { _id: id, reportRev }, { weight, weighedAt })
    },
  }
}

const markId = (accountId: string, recipient: string): string => `${accountId}@${recipient}`

/** A message names no accused unit unless it is about a complaint. */
const messagesOf = (store: Store, { recipient, member, seatsIn }: InboxScope): Conditions => ({
  recipient: member === undefined ? recipient : store.command.in([recipient, member]),
  ...(seatsIn.length === 0 ? {} : { accusedUnitId: store.command.nin([...seatsIn]) }),
})

export const inboxRepository = (store: Store): Inbox => ({
  deliver: (messages) =>
    store.addMissing(
      'inbox_messages',
      messages.map((message) => toDocument(message)),
    ),
  list: async (scope, request) => {
    const page = await store.page<Stored<Message>>(
      'inbox_messages',
      messagesOf(store, scope),
      ['arrivedAt', 'desc'],
      request,
    )
    return { rows: page.rows.map((document) => fromDocument<Message>(document)), nextCursor: page.nextCursor }
  },
  readUntil: async (accountId, recipient) =>
    (await store.get<{ untilAt: number }>('inbox_marks', markId(accountId, recipient)))?.untilAt ?? 0,
  markRead: async (accountId, recipient, untilAt) => {
    const _id = markId(accountId, recipient)
    const raise = () => store.update('inbox_marks', { _id, untilAt: store.command.lt(untilAt) }, { untilAt })
    if ((await raise()) === 1) return
    if (!(await store.add('inbox_marks', { _id, untilAt } as { _id: string }))) await raise()
  },
  unreadCount: (scope, afterAt) =>
    store.count('inbox_messages', { ...messagesOf(store, scope), arrivedAt: store.command.gt(afterAt) }),
})

export const coverageGapRepository = (store: Store): CoverageGaps => ({
  add: async (reportId, point, unitPath, at) => {
    await store.add('coverage_gaps', { _id: reportId, point, unitPath, at } as { _id: string })
  },
})
