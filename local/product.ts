import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { keyedWith, readEnvironment } from '../cloudfunctions/platform/cloudbase/environment'
import { type Cloud, type CloudConfig, type DatabaseConfig, startCloud } from './cloudbase'
import { deriveAll, type Patience } from './demo/derive'
import { seedDemo } from './demo/seed'

const root = path.join(__dirname, '..')

const readConfig = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8')) as T

/** The functions' secret on this machine: made once, kept beside the data that only it can read. */
const secretOf = async (folder: string): Promise<string> => {
  const file = path.join(folder, 'functions-secret')
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (known !== undefined) return known
  const secret = randomBytes(32).toString('hex')
  await mkdir(folder, { recursive: true })
  // Under its name it is whole, even if this process is killed half-way.
  await writeFile(`${file}.new`, secret, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return secret
}

export interface ProductOptions {
  readonly port: number
  readonly folder: string
  readonly unindexedQueries?: 'refuse' | 'warn'
  readonly isTimersOn?: boolean
  /** Where the built functions are; `dist/cloudfunctions` without it. */
  readonly functionRoot?: string
  /** Where the built H5 client is; `dist/h5-local` without it. */
  readonly clientRoot?: string
  /** How long a first start may take. */
  readonly patience?: Patience
  /** Hears what a long start is busy with. */
  readonly say?: (text: string) => void
}

/** Messages, red-face entries and ledger of the demo reports are derived as any other report's. */
const prepareDemo = async (
  cloud: Cloud,
  { patience, say = () => {} }: ProductOptions,
  keyed: (text: string) => string,
): Promise<void> => {
  const { isNew } = await seedDemo({
    adminUrl: cloud.adminUrl,
    envId: 'local',
    now: cloud.clock.now(),
    keyed,
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
  const variables = { REDFACE_SECRET: await secretOf(options.folder) }
  const cloud = await startCloud({
    port: options.port,
    folder: options.folder,
    envId: 'local',
    config,
    variables,
    database,
    functionRoot: options.functionRoot ?? path.join(root, 'dist/cloudfunctions'),
    unindexedQueries: options.unindexedQueries ?? 'warn',
    // Two runs of the clock at once would only be in each other's way.
    isTimersOn: false,
    hosting: [
      { prefix: '/demo', folder: path.join(root, 'local/demo/public') },
      { prefix: '/', folder: options.clientRoot ?? path.join(root, 'dist/h5-local') },
    ],
  })
  try {
    await prepareDemo(cloud, options, keyedWith(readEnvironment(variables).secret))
    if (options.isTimersOn !== false) cloud.startTimers()
    return cloud
  } catch (error) {
    await cloud.close()
    throw error
  }
}
