import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

type Stored = Readonly<Record<string, unknown>> & { readonly _id: string }
export type Documents = Readonly<Record<string, readonly Stored[]>>

const folder = path.join(__dirname, 'documents')

/** Commits of which a demonstration is kept here, played on by their own functions and their clock. */
export const demonstrations = ['7883f7e', '2022abf', '2b66eb6'] as const
/** And one of which families of many are, as its functions left them in the town of the tests. */
export const commits = [...demonstrations, 'fb44677'] as const
export type Commit = (typeof commits)[number]

/** A little after the last of them was written. */
export const writtenAt = Date.UTC(2026, 10, 26, 5, 5)

/** What lay in the database, by collection. */
export const documentsOf = (commit: Commit): Documents =>
  Object.fromEntries(
    readdirSync(path.join(folder, commit)).map((file) => [
      path.basename(file, '.json'),
      JSON.parse(readFileSync(path.join(folder, commit, file), 'utf8')) as readonly Stored[],
    ]),
  )
