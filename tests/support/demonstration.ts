import { execFile } from 'node:child_process'
import { cp, mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const root = path.join(__dirname, '../..')

/**
 * In a process of its own: the database's `-wal` file is taken in and removed only when its statements are collected,
 * some time after it was closed, and whoever copies the folder meanwhile finds the file gone. Once the process has
 * ended nothing changes any more.
 */
const write = async (folder: string): Promise<void> => {
  await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', path.join(__dirname, 'write-demonstration.ts'), folder],
    { cwd: root },
  )
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

const pauseMs = 100

/** Writes it there, unless another process of the run does or has done so; then waits for that one. */
const writeOnce = async (once: string): Promise<string> => {
  const data = path.join(once, 'data')
  const done = path.join(once, 'done')
  const failed = path.join(once, 'failed')
  const isFirst = await mkdir(once).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
  if (isFirst) {
    try {
      await write(data)
      await writeFile(done, '')
    } catch (error) {
      await writeFile(failed, '')
      throw error
    }
    return data
  }
  while (!(await exists(done))) {
    if (await exists(failed))
      throw new Error('the demonstration could not be written: see the first file that failed')
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return data
}

/**
 * Lays the demonstration into a new folder, as a first start writes it. A run of Jest writes it once, in
 * `DEMONSTRATION_FOLDER`, and copies it from there: writing it takes longer than many a test.
 */
export const layDemonstration = async (folder: string): Promise<void> => {
  const once = process.env.DEMONSTRATION_FOLDER
  if (once === undefined) await write(folder)
  else await cp(await writeOnce(once), folder, { recursive: true })
}
