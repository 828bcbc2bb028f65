import type { Page, PageRequest } from '../../ground/page'
import type { CollectionName, Conditions, Store } from './database'

/** Behind every character that a name may hold. */
const lastCharacter = '\uffff'

const byName = [
  ['name', 'asc'],
  ['_id', 'asc'],
] as const

/**
 * One page of the documents that meet the conditions and whose `name` begins like this, in the order of names. The cursor
 * names the last one: one that has been called otherwise since is where it stands now.
 */
export const pageByName = async <
  T extends { readonly _id: string; readonly name: string },
  Name extends CollectionName = CollectionName,
>(
  store: Store<Name>,
  collection: Name,
  conditions: Conditions,
  beginning: string,
  { cursor, limit }: PageRequest,
): Promise<Page<T>> => {
  const { command } = store
  const until = command.lt(`${beginning}${lastCharacter}`)
  const most = limit + 1
  const lastId = cursor?.slice(cursor.indexOf('~') + 1)
  const last = lastId === undefined ? undefined : await store.get<T>(collection, lastId)
  const found: T[] = []
  if (last) {
    const alike = { ...conditions, name: last.name, _id: command.gt(last._id) }
    found.push(...(await store.first<T>(collection, alike, [['_id', 'asc']], most)))
  }
  if (found.length < most) {
    const name = (last ? command.gt(last.name) : command.gte(beginning)).and(until)
    found.push(...(await store.first<T>(collection, { ...conditions, name }, byName, most - found.length)))
  }
  const rows = found.slice(0, limit)
  const end = rows[rows.length - 1]
  return { rows, nextCursor: found.length > limit && end ? `0~${end._id}` : null }
}
