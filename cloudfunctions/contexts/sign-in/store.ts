import type { Store } from '../../platform/cloudbase/database'
import { fromDocument, type Stored, toDocument } from '../../platform/cloudbase/stored'
import type { SignIns, WebSessions } from './ports'
import type { SignIn, WebSession } from './rules/sign-in'

const idsOf = (rows: readonly { readonly _id: string }[]): readonly string[] => rows.map(({ _id }) => _id)

export const signInRepository = (store: Store<'sign_ins'>): SignIns => ({
  get: async (id) => {
    const document = await store.get<Stored<SignIn>>('sign_ins', id)
    return document && fromDocument<SignIn>(document)
  },
  begin: async (signIn) => {
    if (!(await store.add('sign_ins', toDocument(signIn)))) throw new Error('a sign-in code was drawn twice')
  },
  become: async (id, was, next) => (await store.update('sign_ins', { _id: id, status: was }, next)) === 1,
  dropOver: async (before, most) => {
    const isOver = { expiresAt: store.command.lte(before) }
    const over = await store.first<Stored<SignIn>>('sign_ins', isOver, [['expiresAt', 'asc']], most, ['_id'])
    await store.removeMany('sign_ins', idsOf(over))
    return over.length
  },
})

export const webSessionRepository = (store: Store<'web_sessions'>): WebSessions => {
  const get = async (id: string): Promise<WebSession | undefined> => {
    const document = await store.get<Stored<WebSession>>('web_sessions', id)
    return document && fromDocument<WebSession>(document)
  }
  return {
    get,
    begin: async (session) =>
      (await store.add('web_sessions', toDocument(session))) ? session : ((await get(session.id)) ?? session),
    latest: async (accountId, most) =>
      (
        await store.first<Stored<WebSession>>('web_sessions', { accountId }, [['startedAt', 'desc']], most)
      ).map((document) => fromDocument<WebSession>(document)),
    end: async (id, accountId, now) =>
      (await store.update('web_sessions', { _id: id, accountId, endedAt: null }, { endedAt: now })) === 1,
    dropOver: async (before, most) => {
      const isOver = { untilAt: store.command.lte(before) }
      const over = await store.first<Stored<WebSession>>('web_sessions', isOver, [['untilAt', 'asc']], most, [
        '_id',
      ])
      await store.removeMany('web_sessions', idsOf(over))
      return over.length
    },
  }
}
