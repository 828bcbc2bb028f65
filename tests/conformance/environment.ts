import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { type DatabaseConfig, platformVariables, startCloud } from '../../local/cloudbase'
import { opened } from '../support/opened'
import type { App, Bench, Collection, Row, Web, Weixin } from './case'
import database from './database.json'

/** Deployed to a real environment beside the collections of `database.json`. */
const functions: Readonly<Record<string, string>> = {
  conformance_echo: `exports.main = async (event, context) => {
    if (event.fail) throw new Error('as asked')
    const { TRIGGER_SRC: source, TCB_CUSTOM_USER_ID: customUserId } = process.env
    return { event, requestId: context.request_id, source, customUserId }
  }`,
}

export interface Environment {
  readonly isLocal: boolean
  readonly app: App
  readonly weixin: Weixin
  /** A web client that has not signed in. */
  readonly nobody: () => Web
  readonly ticket: (customUserId: string) => string
  readonly publishableKey: () => string
  /** Of the HTTP API. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** Each client has the SDK to itself, as on a device of its own. */
const webClient = (env: string, region: string, url?: string): Web => {
  let sdk: { readonly init: (options: object) => Web } | undefined
  jest.isolateModules(() => {
    sdk = require('@cloudbase/js-sdk')
  })
  const app = sdk?.init({ env, region }) as Web & {
    readonly registerEndPoint: (url: string, protocol: string) => void
    readonly registerEndPointWithKey: (endPoint: object) => void
  }
  if (url !== undefined) {
    const host = url.replace('http:', '')
    app.registerEndPoint(`${host}/web`, 'http')
    app.registerEndPointWithKey({ key: 'GATEWAY', url: `${host}/v1`, protocol: 'http' })
  }
  return app
}

const weixinOf = (options: object): Weixin => {
  const weixin = require('wx-server-sdk') as Weixin & { readonly init: (options: object) => void }
  weixin.init(options)
  return weixin
}

/**
 * The environment that the cases run against: a cloud on this machine, or the CloudBase environment that
 * CONFORMANCE_ENV_ID, CONFORMANCE_SECRET_ID and CONFORMANCE_SECRET_KEY name (CONFORMANCE_REGION where it is not
 * Shanghai).
 */
export const openEnvironment = async (): Promise<Environment> => {
  const {
    CONFORMANCE_ENV_ID: env,
    CONFORMANCE_SECRET_ID: secretId,
    CONFORMANCE_SECRET_KEY: secretKey,
  } = process.env
  if (env && secretId && secretKey) {
    const region = process.env.CONFORMANCE_REGION
    const options = { env, secretId, secretKey, ...(region ? { region } : {}) }
    return {
      isLocal: false,
      url: `https://${env}.api.tcloudbasegateway.com`,
      app: tcb.init(options),
      weixin: weixinOf(options),
      nobody: () => webClient(env, region ?? 'ap-shanghai'),
      ticket: () => {
        throw new Error('tickets need a key that the console of the environment gives out')
      },
      publishableKey: () => {
        throw new Error('the console of the environment gives out its publishable key')
      },
      close: async () => {},
    }
  }
  Object.assign(process.env, platformVariables('local'))
  const folder = await mkdtemp(path.join(tmpdir(), 'conformance-'))
  for (const [name, code] of Object.entries(functions)) {
    await mkdir(path.join(folder, 'functions', name), { recursive: true })
    await writeFile(path.join(folder, 'functions', name, 'index.js'), code)
  }
  const cloud = await startCloud({
    port: 0,
    folder: path.join(folder, 'data'),
    functionRoot: path.join(folder, 'functions'),
    config: {
      envId: 'local',
      functions: Object.keys(functions).map((name) => ({
        name,
        handler: 'index.main',
        runtime: 'Nodejs20.19',
        timeout: 200,
        memorySize: 128,
      })),
    },
    database: database as DatabaseConfig,
    unindexedQueries: 'warn',
    isTimersOn: false,
  })
  const close = opened(async () => {
    await cloud.close()
    await rm(folder, { recursive: true, force: true })
  })
  process.env.TCB_CONTEXT_CNFG = JSON.stringify({ URL: cloud.adminUrl })
  return {
    isLocal: true,
    url: cloud.url,
    weixin: weixinOf({ env: 'local', secretId: 'x', secretKey: 'y' }),
    nobody: () => webClient('local', 'ap-shanghai', cloud.url),
    ticket: (customUserId) =>
      tcb
        .init({ env: 'local', credentials: cloud.loginKey() } as never)
        .auth()
        .createTicket(customUserId),
    publishableKey: cloud.publishableKey,
    app: tcb.init({
      env: 'local',
      secretId: 'x',
      secretKey: 'y',
      serviceUrl: cloud.adminUrl,
      keepalive: true,
      timeout: 240_000,
    } as never),
    close,
  }
}

/** A bench for one case. `clear` removes everything that carries its mark. */
export const openBench = ({
  app,
  weixin,
  nobody,
  ticket,
  publishableKey,
  url,
}: Environment): Bench & { readonly clear: () => Promise<void> } => {
  const db = app.database()
  const run = randomBytes(6).toString('hex')
  const documents = db.collection('conformance_documents')
  const others = db.collection('conformance_others')
  const unique = db.collection('conformance_unique')
  const places = db.collection('conformance_places')
  const ofClients = ['conformance_private', 'conformance_readonly'].map((name) => db.collection(name))
  const id = (name: string) => `${run}-${name}`
  const filePath = (name: string) => `conformance/${run}/${name}`
  const uploaded: string[] = []
  return {
    app,
    db,
    geo: db.Geo as unknown as Bench['geo'],
    command: db.command,
    $: db.command.aggregate,
    weixin,
    nobody,
    web: async () => {
      const client = nobody()
      await client.auth().signInAnonymously()
      return client
    },
    ticket,
    publishableKey,
    http: async (route, body, headers = {}) => {
      const answer = await fetch(`${url}${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json() }
    },
    run,
    documents,
    others,
    unique,
    places,
    id,
    fill: async (rows, into = documents) => {
      const list = Object.entries(rows).map(([name, row]) => ({ ...row, _id: id(name), run }))
      await into.add(list as never)
    },
    found: async (condition, of = documents) => {
      const { data } = await of
        .where(db.command.and([{ run }, condition]))
        .limit(1000)
        .get()
      return (data as Row[]).map((row) => row._id.slice(run.length + 1)).sort()
    },
    read: async (name, of = documents) => {
      const { data } = await of.doc(id(name)).get()
      const [row] = data as Row[]
      if (!row) return undefined
      const { _id, run: _run, ...rest } = row
      return rest
    },
    aggregate: async (pipe, of: Collection = documents) => {
      const { data } = (await pipe(of.aggregate().match({ run })).end()) as {
        data: Record<string, unknown>[]
      }
      return data
    },
    filePath,
    upload: async (name, text) => {
      const { fileID } = await app.uploadFile({ cloudPath: filePath(name), fileContent: Buffer.from(text) })
      uploaded.push(fileID)
      return fileID
    },
    refused: async (work) => {
      try {
        await work
      } catch (error) {
        return String((error as { code?: unknown }).code)
      }
      throw new Error('it was not refused')
    },
    clear: async () => {
      for (const collection of [documents, others, unique, places, ...ofClients])
        await collection.where({ run }).remove()
      if (uploaded.length > 0) await app.deleteFile({ fileList: uploaded })
    },
  }
}
