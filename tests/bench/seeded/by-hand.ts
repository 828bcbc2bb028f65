import tcb from '@cloudbase/node-sdk'
import { rowFields } from '../../../cloudfunctions/contexts/report/report-documents'

/** What one of these does, in the fewest calls of the SDK that read and write what the product reads and writes. */
interface Asked {
  readonly what: 'queue' | 'recent' | 'detail' | 'step' | 'submit'
  readonly unitId?: string
  readonly reportId?: string
  readonly tiles?: readonly string[]
  readonly spots?: readonly string[]
  /** Documents to be added, by collection. */
  readonly added?: Readonly<Record<string, readonly object[]>>
  readonly changes?: object
}

type Database = ReturnType<ReturnType<typeof tcb.init>['database']>

const page = 21
const urlSeconds = 3600
/** What a row of a list is shown from, as the product reads it. */
const shownFields = Object.fromEntries(rowFields.map((name) => [name, true]))
const cloud = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV as unknown as string })

interface Row {
  readonly photos: readonly string[]
}

/** Kept by the instance, as the product keeps them. */
const urls = new Map<string, string>()

/** The URL of the one picture that each row may show. */
const pictures = async (database: Database, rows: readonly Row[]): Promise<readonly string[]> => {
  const shown = [...new Set(rows.flatMap(({ photos }) => photos.slice(0, 1)))]
  const ids = shown.filter((id) => !urls.has(id))
  if (ids.length > 0) await signPictures(database, ids)
  return shown.flatMap((id) => urls.get(id) ?? [])
}

const signPictures = async (database: Database, ids: readonly string[]): Promise<void> => {
  const { data } = await database
    .collection('photos')
    .where({ _id: database.command.in(ids) })
    .limit(ids.length)
    .get()
  const photos = data as { _id: string; thumbFileId: string }[]
  const { fileList } = await cloud.getTempFileURL({
    fileList: [...new Set(photos.map((one) => one.thumbFileId))].map((fileID) => ({
      fileID,
      maxAge: urlSeconds,
    })),
  })
  const byFile = new Map(
    (fileList as { fileID: string; tempFileURL: string }[]).map((one) => [one.fileID, one.tempFileURL]),
  )
  for (const { _id, thumbFileId } of photos) urls.set(_id, byFile.get(thumbFileId) ?? '')
}

const seats = (database: Database) =>
  database
    .collection('memberships')
    .where({ accountId: `custom:${process.env.TCB_CUSTOM_USER_ID}` })
    .orderBy('_id', 'asc')
    .limit(100)
    .get()

const addAll = (database: Database, added: Asked['added'] = {}) =>
  Promise.all(Object.entries(added).map(([name, documents]) => database.collection(name).add([...documents])))

/** Counted like the product's, in one call. */
const count = (database: Database) =>
  database
    .collection('limits')
    .where({ _id: `by-hand:${process.env.TCB_CUSTOM_USER_ID}` })
    .update({ count: database.command.inc(1) })

const works: Readonly<Record<Asked['what'], (database: Database, asked: Asked) => Promise<unknown>>> = {
  queue: async (database, { unitId }) => {
    await seats(database)
    const { data } = await database
      .collection('reports')
      .where({ queueUnitId: unitId, tab: 'working' })
      .orderBy('dueAt', 'asc')
      .orderBy('_id', 'asc')
      .limit(page)
      .field(shownFields)
      .get()
    return { rows: data, urls: await pictures(database, data as Row[]) }
  },
  recent: async (database, { unitId }) => {
    const { data } = await database
      .collection('reports')
      .where({ unitPath: unitId, isPublic: true })
      .orderBy('submittedAt', 'desc')
      .orderBy('_id', 'desc')
      .limit(page)
      .field(shownFields)
      .get()
    return { rows: data }
  },
  detail: async (database, { reportId }) => {
    const [, { data }] = await Promise.all([
      seats(database),
      database.collection('reports').where({ _id: reportId }).limit(1).get(),
    ])
    return { report: data[0], urls: await pictures(database, data as Row[]) }
  },
  step: async (database, { reportId, changes = {}, added }) => {
    const [, { data }] = await Promise.all([
      seats(database),
      database.collection('reports').where({ _id: reportId }).limit(1).get(),
      count(database),
    ])
    const [{ rev, status } = { rev: 0, status: '' }] = data as { rev: number; status: string }[]
    const { updated } = await database
      .collection('reports')
      .where({ _id: reportId, rev, status })
      .update(changes)
    await addAll(database, added)
    return updated
  },
  submit: async (database, { tiles = [], spots = [], added = {} }) => {
    const { command } = database
    await Promise.all([
      seats(database),
      database
        .collection('grid_cells')
        .where({ tiles: command.in([...tiles]) })
        .limit(1000)
        .get(),
      database
        .collection('reports')
        .where({ spots: command.in([...spots]) })
        .field({ submittedAt: true, place: true })
        .limit(50)
        .get(),
      count(database),
    ])
    const { inbox_messages: messages = [], ...first } = added
    await addAll(database, first)
    if (messages.length > 0) await database.collection('inbox_messages').add([...messages])
    return 1
  },
}

export const main = async (asked: Asked): Promise<unknown> => works[asked.what](cloud.database(), asked)
