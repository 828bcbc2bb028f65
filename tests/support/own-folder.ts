import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { opened } from './opened'

/** A folder of the test's own; it goes when the tests of the file are over. */
export const ownFolder = async (name: string): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-`))
  opened(() => rm(folder, { recursive: true, force: true }))
  return folder
}
