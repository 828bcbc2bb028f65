import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { keyedWith, readEnvironment } from '../cloudfunctions/platform/cloudbase/environment'
import { type Cloud, type LoginKey, newLoginKey, startCloud } from './cloudbase'
import { catchUpFully, type Patience } from './demo/catch-up'
import { seedDemo } from './demo/seed'
import { readProductConfig } from './product-config'

const root = path.join(__dirname, '..')
const envId = 'local'

/** Where in a data folder the functions' secret lies. */
export const secretFile = 'functions-secret'

/** A text of this machine's: made once, kept beside the data that only it can read. */
const keptOnce = async (folder: string, name: string, make: () => string): Promise<string> => {
  const file = path.join(folder, name)
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (known !== undefined) return known
  const made = make()
  await mkdir(folder, { recursive: true })
  // Written to a temporary file and renamed: a process that is killed half-way leaves no part of it behind.
  await writeFile(`${file}.new`, made, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return made
}

/** The functions' secret on this machine. */
const secretOf = (folder: string): Promise<string> =>
  keptOnce(folder, secretFile, () => randomBytes(32).toString('hex'))

/** What the functions on this machine make their digests with. */
export const keyedOf = async (folder: string): Promise<(text: string) => string> =>
  keyedWith(readEnvironment({ REDFACE_SECRET: await secretOf(folder) }).secret)

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
  /** Nothing is there at first: no demonstration, as in an environment that has just been made. */
  readonly isEmpty?: boolean
  /** Called with the progress of a long start. */
  readonly say?: (text: string) => void
}

/** Writes the demonstration at first; what falls due meanwhile and the ledger's heads of today are left to the clock. */
const prepareDemo = async (
  cloud: Cloud,
  { patience, say = () => {} }: ProductOptions,
  keyed: (text: string) => string,
): Promise<void> => {
  const { isNew } = await seedDemo({
    adminUrl: cloud.adminUrl,
    now: cloud.clock.now(),
    keyed,
    onStart: () => say('writing the demonstration …'),
  })
  if (!isNew) return
  say('bringing it up to date …')
  await catchUpFully(async () => (await cloud.invoke('clock', {})).value, patience)
}

/**
 * The product on this machine: the local CloudBase with our functions, our built H5 and, at first, demo data or nothing. When it
 * throws nothing of it is left open.
 */
export const openProduct = async (options: ProductOptions): Promise<Cloud> => {
  const { config, database } = await readProductConfig()
  const loginKey = await keptOnce(options.folder, 'login-key', () => JSON.stringify(newLoginKey(envId)))
  const variables = { REDFACE_SECRET: await secretOf(options.folder), REDFACE_LOGIN_KEY: loginKey }
  const cloud = await startCloud({
    port: options.port,
    folder: options.folder,
    envId,
    loginKey: JSON.parse(loginKey) as LoginKey,
    config,
    variables,
    database,
    functionRoot: options.functionRoot ?? path.join(root, 'dist/cloudfunctions'),
    unindexedQueries: options.unindexedQueries ?? 'warn',
    // The timers start when the demonstration is there: concurrent runs of the clock would only slow each other down.
    isTimersOn: false,
    hosting: [
      { prefix: '/demo', folder: path.join(root, 'local/demo/public') },
      { prefix: '/', folder: options.clientRoot ?? path.join(root, 'dist/h5-local') },
    ],
  })
  try {
    if (!options.isEmpty) await prepareDemo(cloud, options, keyedWith(readEnvironment(variables).secret))
    if (options.isTimersOn !== false) cloud.startTimers()
    return cloud
  } catch (error) {
    await cloud.close()
    throw error
  }
}
