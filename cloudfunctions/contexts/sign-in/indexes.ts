import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { SignIn, WebSession } from './rules/sign-in'

export const collections = {
  sign_ins: {
    over: { by: { expiresAt: 1 }, reason: 'the clock: codes whose time is over' },
  } satisfies IndexesOf<Stored<SignIn>>,
  web_sessions: {
    of_account: {
      by: { accountId: 1, startedAt: -1 },
      reason: '登录电脑: where somebody is or was signed in',
    },
    over: { by: { untilAt: 1 }, reason: 'the clock: sessions that ended long ago' },
  } satisfies IndexesOf<Stored<WebSession>>,
} satisfies Collections
