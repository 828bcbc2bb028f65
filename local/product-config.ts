import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { CloudConfig, DatabaseConfig } from './cloudbase'

const root = path.join(__dirname, '..')

const readJson = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8')) as T

/** What the product is deployed with. */
export const readProductConfig = async (): Promise<{
  readonly config: CloudConfig
  readonly database: DatabaseConfig
}> => {
  const [config, database] = await Promise.all([
    readJson<CloudConfig>('cloudbaserc.json'),
    readJson<DatabaseConfig>('config/database.json'),
  ])
  return { config, database }
}
