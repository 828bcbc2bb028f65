import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import {
  type Cloud,
  type CloudOptions,
  type DatabaseConfig,
  platformVariables,
  startCloud,
} from '../../../local/cloudbase'
import type { IndexConfig } from '../../../local/cloudbase/ground/config'
import { opened } from '../../support/opened'
import { patienceMs } from '../../support/own-cloud'

export const anIndex = (name: string, keys: readonly string[], isUnique = false, isSparse = false) => ({
  IndexName: name,
  MgoKeySchema: {
    MgoIsUnique: isUnique,
    ...(isSparse ? { MgoIsSparse: true } : {}),
    MgoIndexKeys: keys.map((key) => ({
      Name: key.replace(/^-/, ''),
      Direction: key.startsWith('-') ? ('-1' as const) : ('1' as const),
    })),
  },
})

/** Fields with an `@` hold places. */
export const aGeoIndex = (name: string, keys: readonly string[]): IndexConfig => ({
  IndexName: name,
  MgoKeySchema: {
    MgoIsUnique: false,
    MgoIndexKeys: keys.map((key) => ({
      Name: key.replace(/^[-@]/, ''),
      Direction: key.startsWith('@') ? '2dsphere' : key.startsWith('-') ? '-1' : '1',
    })),
  },
})

/** Two collections: one with indexes of every kind, and one whose only purpose is to have none. */
export const aDatabase: DatabaseConfig = {
  collections: [
    {
      CollectionName: 'works',
      AclTag: 'ADMINONLY',
      CreateIndexes: [
        anIndex('queue', ['branch', 'status', 'dueAt', '_id']),
        anIndex('latest', ['branch', '-changedAt', '-_id']),
        anIndex('path', ['path', 'dueAt', '_id']),
        anIndex('due', ['dueAt', '_id']),
      ],
    },
    { CollectionName: 'numbered', AclTag: 'ADMINONLY', CreateIndexes: [anIndex('serial', ['serial'], true)] },
    { CollectionName: 'bare', AclTag: 'ADMINONLY', CreateIndexes: [] },
  ],
  storage: { read: false, write: '/^incoming\\//.test(resource.path) && resource.openid == auth.openid' },
}

/** Functions written for the tests: each shows one thing that the platform does. */
const plainFunctions: Readonly<Record<string, string>> = {
  echo: `exports.main = async (event, context) => {
    await new Promise((resolve) => setTimeout(resolve, event.waitMs || 0))
    const { TCB_UUID, TCB_CUSTOM_USER_ID, TCB_ISANONYMOUS_USER, TRIGGER_SRC } = process.env
    return { event, now: Date.now(), year: new Date().getFullYear(), custom: TCB_CUSTOM_USER_ID, anonymous: TCB_ISANONYMOUS_USER, hasUid: Boolean(TCB_UUID), source: TRIGGER_SRC, id: context.request_id }
  }`,
  faulty: `exports.main = async (event) => {
    if (event.how === 'crash') setTimeout(() => { throw new Error('out of band') })
    if (event.how === 'throw') throw new Error('as asked')
    await new Promise((resolve) => setTimeout(resolve, 200))
    return 'fine'
  }`,
  endless: `exports.main = ({ how }) => {
    if (how === 'hang') return new Promise(() => {})
    for (;;);
  }`,
}

export interface TestCloud {
  readonly cloud: Cloud
  readonly folder: string
  readonly app: ReturnType<typeof tcb.init>
  readonly database: ReturnType<ReturnType<typeof tcb.init>['database']>
  readonly close: () => Promise<void>
}

/** The SDK looks for its surroundings in the environment. */
export const openSdk = (adminUrl: string) => {
  Object.assign(process.env, platformVariables('local'))
  // A request waits for a busy machine as long as it takes.
  return tcb.init({
    env: 'local',
    secretId: 'x',
    secretKey: 'y',
    serviceUrl: adminUrl,
    timeout: patienceMs,
  })
}

/** The beginning of a function that uses the server SDK. */
export const withSdk = `
const tcb = require(${JSON.stringify(require.resolve('@cloudbase/node-sdk'))})
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })
`

/** `folder` holds the functions, and the cloud's data below `cloud`. More functions are given by their code. */
export const aCloud = async ({
  folder: given,
  functions: more = {},
  timers = {},
  ...options
}: Partial<CloudOptions> & {
  readonly functions?: Readonly<Record<string, string>>
  /** Function → expression. */
  readonly timers?: Readonly<Record<string, string>>
} = {}): Promise<TestCloud> => {
  const functions = { ...plainFunctions, ...more }
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'cloud-')))
  const functionRoot = path.join(folder, 'functions')
  for (const [name, code] of Object.entries(functions)) {
    await mkdir(path.join(functionRoot, name), { recursive: true })
    await writeFile(path.join(functionRoot, name, 'index.js'), code)
  }
  const cloud = await startCloud({
    port: 0,
    folder: path.join(folder, 'cloud'),
    functionRoot,
    config: {
      envId: 'local',
      functions: Object.keys(functions).map((name) => ({
        name,
        handler: 'index.main',
        runtime: 'Nodejs20.19',
        // Where the limit is what is tested it is short; elsewhere a busy machine needs time.
        timeout: ['endless', 'deep'].includes(name) ? 2 : 200,
        memorySize: 128,
        triggers: Object.entries({ echo: '0 */5 * * * * *', ...timers })
          .filter(([one]) => one === name)
          .map(([, config]) => ({ name: 'tick', type: 'timer' as const, config })),
      })),
    },
    database: aDatabase,
    unindexedQueries: 'refuse',
    isTimersOn: false,
    signatures: 'check',
    credential: { secretId: 'x', secretKey: 'y' },
    ...options,
  })
  const close = opened(async () => {
    await cloud.close()
    await rm(folder, { recursive: true, force: true })
  })
  const app = openSdk(cloud.adminUrl)
  return {
    cloud,
    folder,
    app,
    database: app.database(),
    close,
  }
}
