import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Cloud, type CloudConfig, type DatabaseConfig, startCloud } from './cloudbase'
import { deriveAll, type Patience } from './demo/derive'
import { seedDemo } from './demo/seed'

const root = path.join(__dirname, '..')

const readConfig = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8')) as T

export interface ProductOptions {
  readonly port: number
  readonly folder: string
  readonly unindexedQueries?: 'refuse' | 'warn'
  readonly isTimersOn?: boolean
  /** Where the built functions are; `dist/cloudfunctions` without it. */
  readonly functionRoot?: string
  /** How long a first start may take. */
  readonly patience?: Patience
  /** Hears what a long start is busy with. */
  readonly say?: (text: string) => void
}

/** Messages, red-face entries and ledger of the demo reports are derived as any other report's. */
const prepareDemo = async (cloud: Cloud, { patience, say = () => {} }: ProductOptions): Promise<void> => {
  const { isNew } = await seedDemo({
    adminUrl: cloud.adminUrl,
    envId: 'local',
    now: cloud.clock.now(),
    onStart: () => say('writing the demonstration …'),
  })
  if (!isNew) return
  say('deriving its messages, red-face entries and ledger …')
  await deriveAll(async () => (await cloud.invoke('clock', {})).value, patience)
}

/**
 * The product on this machine: the local CloudBase with our functions, our built H5 and, at first, demo data. When it
 * throws nothing of it is left open.
 */
export const openProduct = async (options: ProductOptions): Promise<Cloud> => {
  const [config, database] = await Promise.all([
    readConfig<CloudConfig>('cloudbaserc.json'),
    readConfig<DatabaseConfig>('config/database.json'),
  ])
  const cloud = await startCloud({
    port: options.port,
    folder: options.folder,
    envId: 'local',
    config,
    database,
    functionRoot: options.functionRoot ?? path.join(root, 'dist/cloudfunctions'),
    unindexedQueries: options.unindexedQueries ?? 'warn',
    // Two runs of the clock at once would only be in each other's way.
    isTimersOn: false,
    hosting: [
      { prefix: '/demo', folder: path.join(root, 'local/demo/public') },
      { prefix: '/', folder: path.join(root, 'dist/h5-local') },
    ],
  })
  try {
    await prepareDemo(cloud, options)
    if (options.isTimersOn !== false) cloud.startTimers()
    return cloud
  } catch (error) {
    await cloud.close()
    throw error
  }
}
