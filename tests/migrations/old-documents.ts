import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

type Stored = Readonly<Record<string, unknown>> & { readonly _id: string }
export type Documents = Readonly<Record<string, readonly Stored[]>>

const folder = path.join(__dirname, 'documents')

/** The commits whose functions have written documents that are kept here. */
export const commits = ['7883f7e', '2022abf', '2b66eb6', 'fb44677'] as const
export type Commit = (typeof commits)[number]

/** A little after the last of them was written. */
export const writtenAt = Date.UTC(2026, 10, 26, 5, 5)

/** What lay in the database, by collection: its demonstration, played on by its own functions and its clock. */
export const documentsOf = (commit: Commit): Documents =>
  Object.fromEntries(
    readdirSync(path.join(folder, commit)).map((file) => [
      path.basename(file, '.json'),
      JSON.parse(readFileSync(path.join(folder, commit, file), 'utf8')) as readonly Stored[],
    ]),
  )
