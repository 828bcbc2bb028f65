import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { ownerOf } from '../../../cloudfunctions/contexts/photo/shared/own-photos'
import type { Answer } from '../../../cloudfunctions/contract/contract'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import { type CloudConfig, type DatabaseConfig, type Identity, startCloud } from '../../../local/cloudbase'
import { mondayAt } from '../../support/builders'
import { runClockToItsEnd } from '../../support/time'
import type { Document } from './memory-database'
import { accountOf, beginnings } from './people'
import { secret, type World, type WorldOptions } from './world'

const root = path.join(__dirname, '../../..')
/** How long a call may take on a busy machine. */
const patienceMs = 240_000

const readConfig = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8')) as T

/** The bundled functions in a CloudBase on this machine, as they would be deployed. */
export const openFunctionWorld = async (
  functionRoot: string,
  { accountFor = accountOf }: WorldOptions = {},
): Promise<World> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'redface-confidential-'))
  const config = await readConfig<CloudConfig>('cloudbaserc.json')
  const database = await readConfig<DatabaseConfig>('config/database.json')
  const cloud = await startCloud({
    port: 0,
    folder,
    envId: 'local',
    config: { ...config, functions: config.functions.map((one) => ({ ...one, timeout: patienceMs / 1000 })) },
    variables: { REDFACE_SECRET: secret },
    database,
    functionRoot,
    unindexedQueries: 'refuse',
    isTimersOn: false,
  })
  // As inside a cloud function: otherwise the SDK first looks for a virtual machine's metadata service.
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'local',
  })
  const app = tcb.init({
    env: 'local',
    secretId: 'local',
    secretKey: 'local',
    serviceUrl: cloud.adminUrl,
    timeout: patienceMs,
  })
  const add = async (collection: string, document: Document): Promise<void> => {
    await app.database().collection(collection).add(document)
  }
  const keyed = keyedWith(Buffer.from(secret, 'hex'))
  for (const [name, documents] of Object.entries(
    beginnings((photoId, owner) => ownerOf(keyed, photoId, owner), accountFor),
  )) {
    await app.database().collection(name).add(documents)
    if (name !== 'photos') continue
    for (const { _id } of documents)
      for (const kind of ['full', 'thumb'])
        await app.uploadFile({
          cloudPath: `photos/${_id}/${kind}.jpg`,
          fileContent: Buffer.from('a picture') as never,
        })
  }
  /** The time of the history; the cloud's own runs on a little while it answers. */
  let at = mondayAt
  const atThisTime = (): void => cloud.clock.step(at - cloud.clock.now())
  const documentsOf = async (name: string): Promise<readonly Document[]> => {
    const { data } = await app.database().collection(name).where({}).limit(1000).get()
    return data as Document[]
  }
  const forgetLimits = async (): Promise<void> => {
    const { command } = app.database()
    await app
      .database()
      .collection('limits')
      .where({ _id: command.in((await documentsOf('limits')).map(({ _id }) => _id)) })
      .remove()
  }
  const sendOnce = async (person: string | null, action: string, input: unknown): Promise<Answer> => {
    const customUserId = person === null ? '' : accountFor(person).slice('custom:'.length)
    const identity: Identity =
      person === null ? { kind: 'none' } : { kind: 'custom', uid: `uid-${customUserId}`, customUserId }
    const { value } = await cloud.invoke('api', { action, input }, identity)
    return value as Answer
  }
  return {
    send: async (person, action, input) => {
      atThisTime()
      const answer = await sendOnce(person, action, input)
      if (answer.ok || answer.error.code !== 'too-many') return answer
      // A check asks in a minute what takes people weeks: what is counted in the database is forgotten, and what
      // an instance counts in its memory is forgotten with the minute.
      await forgetLimits()
      cloud.reloadFunctions()
      return sendOnce(person, action, input)
    },
    now: () => at,
    step: (ms) => {
      at += ms
    },
    tick: () => {
      atThisTime()
      return runClockToItsEnd(() => cloud.runTimer('clock'))
    },
    add,
    collections: async () =>
      Object.fromEntries(
        await Promise.all(
          database.collections.map(
            async ({ CollectionName: name }) => [name, await documentsOf(name)] as const,
          ),
        ),
      ),
    close: async () => {
      await cloud.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
