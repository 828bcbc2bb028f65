import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type tcb from '@cloudbase/node-sdk'
import {
  type Cloud,
  type CloudOptions,
  type DatabaseConfig,
  newLoginKey,
  startCloud,
} from '../../local/cloudbase'
import { readProductConfig } from '../../local/product-config'
import { openServerSdk } from '../../local/server-sdk'
import { opened } from './opened'

/** How long a test waits for what must come. */
export const patienceMs = 240_000

export interface OwnCloudOptions
  extends Pick<CloudOptions, 'onLog' | 'onQuery' | 'onWrite' | 'isCostCounted'> {
  /** Where the bundled functions lie; without it none can be called. */
  readonly functionRoot?: string
  /** Of the functions. */
  readonly secret: string
  /** How long a function and a request may take, for machines that are busy; the platform's own limits without it. */
  readonly patienceMs?: number
  /** Functions besides the product's, deployed as its first is. */
  readonly moreFunctions?: readonly string[]
  /** Data that is there already, and stays when the cloud is closed; without it there is none. */
  readonly folder?: string
}

export interface OwnCloud {
  readonly cloud: Cloud
  /** Where its data lies. */
  readonly folder: string
  /** The server SDK's app, as the functions have it. */
  readonly app: ReturnType<typeof tcb.init>
  readonly collections: DatabaseConfig['collections']
  readonly close: () => Promise<void>
}

/**
 * The product's functions as deployed, in a CloudBase on this machine that is this test's alone and whose timers run
 * when they are told to. From now on this process looks to the server SDK like one of its functions.
 */
export const startOwnCloud = async ({
  functionRoot,
  secret,
  patienceMs,
  moreFunctions = [],
  folder: given,
  ...observers
}: OwnCloudOptions): Promise<OwnCloud> => {
  const { config, database } = await readProductConfig()
  const [first] = config.functions
  const functions = [
    ...config.functions,
    ...moreFunctions.flatMap((name) => (first ? [{ ...first, name }] : [])),
  ]
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'redface-cloud-')))
  const loginKey = newLoginKey('local')
  const variables = { REDFACE_SECRET: secret, REDFACE_LOGIN_KEY: JSON.stringify(loginKey) }
  const cloud = await startCloud({
    port: 0,
    folder,
    envId: 'local',
    config: {
      ...config,
      functions:
        patienceMs === undefined
          ? functions
          : functions.map((one) => ({ ...one, timeout: Math.ceil(patienceMs / 1000) })),
    },
    variables,
    loginKey,
    database,
    functionRoot: functionRoot ?? path.join(folder, 'functions'),
    unindexedQueries: 'refuse',
    isTimersOn: false,
    ...observers,
  })
  const close = opened(async () => {
    await cloud.close()
    if (given === undefined) await rm(folder, { recursive: true, force: true })
  })
  // For who opens the functions' own ports over this cloud.
  Object.assign(process.env, variables, {
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloud.adminUrl }),
  })
  return { cloud, folder, app: openServerSdk(cloud, patienceMs), collections: database.collections, close }
}
