import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Document } from '../ground/codec'
import { describeCollections, openReading } from './store'

const batch = 500

/** A document as it lies in the folder; without a body when its bytes say nothing any more. */
export interface FoundDocument {
  readonly id: string
  readonly document: Document | undefined
}

/**
 * Reads whole collections in a data folder without writing to it and without any index, all in one state of the data.
 * A server may be working with the folder meanwhile.
 */
export const readStoredDocuments = (
  folder: string,
  names: readonly string[],
): ReadonlyMap<string, readonly FoundDocument[]> => {
  if (!existsSync(path.join(folder, 'database.sqlite'))) throw new Error(`no database in ${folder}`)
  const store = openReading(folder)
  try {
    const configs = names.map((name) => ({
      CollectionName: name,
      AclTag: 'ADMINONLY' as const,
      CreateIndexes: [],
    }))
    return store.atOnce(() => {
      const found = new Map<string, readonly FoundDocument[]>()
      for (const [name, collection] of describeCollections(store.read, configs)) {
        const documents: FoundDocument[] = []
        // A collection that nobody has declared here yet has no number.
        for (let last: string | undefined; Number.isInteger(collection.number); ) {
          const rows = store.read.scan(collection, {}, false, last, batch)
          for (const row of rows) {
            try {
              documents.push({ id: row.id, document: row.document })
            } catch {
              documents.push({ id: row.id, document: undefined })
            }
          }
          last = rows[rows.length - 1]?.id
          if (last === undefined) break
        }
        found.set(name, documents)
      }
      return found
    })
  } finally {
    store.close()
  }
}
