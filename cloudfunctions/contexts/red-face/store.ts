import { chinaDateOn, startOfChinaDate } from '../../ground/instant'
import type { Store } from '../../platform/cloudbase/database'
import { fromDocument, getById, type Stored, toDocument } from '../../platform/cloudbase/stored'
import type { RedFaceEntries, RedFaceEntry } from './ports'

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
