import type { Store } from '../../platform/cloudbase/database'
import { fromDocument, type Stored, toDocument } from '../../platform/cloudbase/stored'
import type { SignIns, WebSessions } from './ports'
import type { SignIn, WebSession } from './rules/sign-in'

export const signInRepository = (store: Store<'sign_ins'>): SignIns => ({
  get: async (id) => {
    const document = await store.get<Stored<SignIn>>('sign_ins', id)
    return document && fromDocument<SignIn>(document)
  },
  begin: async (signIn) => {
    if (!(await store.add('sign_ins', toDocument(signIn)))) throw new Error('a sign-in code was drawn twice')
  },
  become: async (id, was, next) => (await store.update('sign_ins', { _id: id, status: was }, next)) === 1,
  dropOver: (before, most) =>
    store.removeFirst('sign_ins', { expiresAt: store.command.lte(before) }, [['expiresAt', 'asc']], most),
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
    dropOver: (before, most) =>
      store.removeFirst('web_sessions', { untilAt: store.command.lte(before) }, [['untilAt', 'asc']], most),
  }
}
