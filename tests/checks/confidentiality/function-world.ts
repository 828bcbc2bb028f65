import { ownerOf } from '../../../cloudfunctions/contexts/photo/shared/own-photos'
import type { Answer } from '../../../cloudfunctions/contract/contract'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import type { Identity } from '../../../local/cloudbase'
import { mondayAt } from '../../support/builders'
import { patienceMs, startOwnCloud } from '../../support/own-cloud'
import { runClockToItsEnd } from '../../support/time'
import type { Document } from './memory-database'
import { accountOf, beginnings } from './people'
import { secret, type World, type WorldOptions } from './world'

/** The bundled functions in a CloudBase on this machine, as they would be deployed. */
export const openFunctionWorld = async (
  functionRoot: string,
  { accountFor = accountOf }: WorldOptions = {},
): Promise<World> => {
  const { cloud, app, collections, close } = await startOwnCloud({ functionRoot, secret, patienceMs })
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
          collections.map(async ({ CollectionName: name }) => [name, await documentsOf(name)] as const),
        ),
      ),
    close,
  }
}
