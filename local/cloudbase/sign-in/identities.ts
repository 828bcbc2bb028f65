import {
  createHash,
  createHmac,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto'
import type { Identity } from './identity'

interface Claims {
  readonly sub: string
  readonly kind: 'anonymous' | 'custom' | 'wechat'
  readonly customUserId?: string
  readonly openId?: string
  readonly use: 'access' | 'refresh'
}

/** One year, so that sessions survive moves of the clock. */
const expiresInSeconds = 365 * 24 * 3600

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const subOf = (customUserId: string): string =>
  createHash('sha256').update(customUserId).digest('hex').slice(0, 32)

/** An account that has signed in here. */
export interface User {
  readonly uid: string
  readonly isAnonymous: boolean
  readonly customUserId: string
}

/** Durable storage of texts by name. */
export interface Memory {
  readonly read: (name: string) => string | undefined
  readonly write: (name: string, text: string) => void
}

/** In the shape of the file that the platform's console gives out for sign-ins with custom tickets. */
export interface LoginKey {
  readonly private_key_id: string
  readonly private_key: string
  readonly env_id: string
}

const ticketMs = 10 * 60_000
const decoded = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>

/** A new key for one environment. */
export const newLoginKey = (envId: string): LoginKey => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    private_key_id: randomUUID(),
    private_key: privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
    env_id: envId,
  }
}

/** Sign-ins of this machine: tokens signed with a secret that never leaves the data folder. */
export const openIdentities = ({
  secret,
  envId,
  memory,
  loginKey: given,
  now,
}: {
  readonly secret: string
  readonly envId: string
  readonly memory: Memory
  readonly loginKey?: LoginKey | undefined
  /** The functions' clock: they make tickets by it. */
  readonly now: () => number
}) => {
  const sign = (payload: string): string => createHmac('sha256', secret).update(payload).digest('base64url')

  const issue = (claims: Claims): string => {
    const iat = Math.floor(Date.now() / 1000)
    const payload = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, iat, exp: iat + expiresInSeconds, jti: randomUUID() })}`
    return `${payload}.${sign(payload)}`
  }

  const read = (token: unknown, use: Claims['use']): Claims | undefined => {
    if (typeof token !== 'string') return undefined
    const [head = '', body = '', signature = ''] = token.split('.')
    const expected = Buffer.from(sign(`${head}.${body}`))
    const given = Buffer.from(signature)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
    try {
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
      return claims.use === use ? claims : undefined
    } catch {
      return undefined
    }
  }

  /** Generated on first use where none was given. */
  const loginKey = (): LoginKey => {
    if (given) return given
    const known = memory.read('login-key')
    if (known !== undefined) return JSON.parse(known) as LoginKey
    const key = newLoginKey(envId)
    memory.write('login-key', JSON.stringify(key))
    return key
  }

  const note = (user: User): void => {
    const text = JSON.stringify(user)
    if (memory.read(`user:${user.uid}`) !== text) memory.write(`user:${user.uid}`, text)
  }
  const signedIn = (claims: Omit<Claims, 'use'>) => {
    const { sub: uid, kind, customUserId = '' } = claims
    note({ uid, isAnonymous: kind === 'anonymous', customUserId })
    return session(claims)
  }

  /** The custom user id of a ticket that `createTicket` of the server SDK made with this environment's key. */
  const ticketOf = (ticket: unknown): string | undefined => {
    const [keyId, token] = typeof ticket === 'string' ? ticket.split('/@@/') : []
    const key = loginKey()
    const [head = '', body = '', signature = ''] = token?.split('.') ?? []
    try {
      const isSigned = createVerify('RSA-SHA256')
        .update(`${head}.${body}`)
        .verify(createPublicKey(key.private_key), signature, 'base64url')
      const { uid, env, exp } = decoded(body)
      const isMeant = keyId === key.private_key_id && decoded(head).alg === 'RS256' && env === envId
      return isSigned && isMeant && Number(exp) > now() && typeof uid === 'string' ? uid : undefined
    } catch {
      return undefined
    }
  }

  const session = (claims: Omit<Claims, 'use'>) => ({
    token_type: 'Bearer',
    access_token: issue({ ...claims, use: 'access' }),
    refresh_token: issue({ ...claims, use: 'refresh' }),
    expires_in: expiresInSeconds,
    scope: claims.kind === 'anonymous' ? 'anonymous' : 'user',
    sub: claims.sub,
    groups: [],
  })

  return {
    /** The key that `createTicket` of the server SDK takes as its credentials. */
    loginKey,
    /** The account with that uid or custom user id. */
    userOf: (who: { readonly uid: string } | { readonly customUserId: string }): User | undefined => {
      const known = memory.read(`user:${'uid' in who ? who.uid : subOf(who.customUserId)}`)
      return known === undefined ? undefined : (JSON.parse(known) as User)
    },
    /** A device has one anonymous account: https://docs.cloudbase.net/http-api/auth/auth-sign-in-anonymously */
    signInAnonymously: (deviceId: unknown) => {
      if (typeof deviceId !== 'string' || deviceId === '') return undefined
      const sub = createHmac('sha256', secret).update(`device:${deviceId}`).digest('hex').slice(0, 32)
      return signedIn({ sub, kind: 'anonymous' })
    },
    /** What its rights are is documented, not as which account it is seen: https://docs.cloudbase.net/http-api/basic/access-token */
    publishableKey: (): string => issue({ sub: 'publishable-key', kind: 'anonymous', use: 'access' }),
    /** A ticket for any user id, as the server SDK would make it. */
    ticketFor: (customUserId: string): string => {
      const { private_key_id: keyId, private_key: privateKey } = loginKey()
      const madeAt = now()
      const payload = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ env: envId, iat: madeAt, exp: madeAt + ticketMs, uid: customUserId })}`
      return `${keyId}/@@/${payload}.${createSign('RSA-SHA256').update(payload).sign(privateKey, 'base64url')}`
    },
    /** A token of a WeChat user, as a phone has it, or of a custom sign-in. */
    accessTokenOf: (who: { readonly openId: string } | { readonly customUserId: string }): string =>
      'openId' in who
        ? session({ sub: who.openId, kind: 'wechat', openId: who.openId }).access_token
        : session({ sub: subOf(who.customUserId), kind: 'custom', customUserId: who.customUserId })
            .access_token,
    signInWithTicket: (ticket: unknown) => {
      const customUserId = ticketOf(ticket)
      if (!customUserId) return undefined
      return signedIn({ sub: subOf(customUserId), kind: 'custom', customUserId })
    },
    /** A refresh token is good once: https://docs.cloudbase.net/http-api/auth/auth-grant-token */
    refresh: (token: unknown) => {
      const claims = read(token, 'refresh')
      if (!claims) return undefined
      const spent = `refreshed:${createHash('sha256').update(String(token)).digest('hex')}`
      if (memory.read(spent) !== undefined) return undefined
      memory.write(spent, '')
      return session(claims)
    },
    identify: (token: unknown): Identity | undefined => {
      const claims = read(token, 'access')
      if (!claims) return undefined
      if (claims.openId !== undefined) return { kind: 'wechat', openId: claims.openId, appId: 'wxlocal' }
      return claims.kind === 'custom' && claims.customUserId !== undefined
        ? { kind: 'custom', uid: claims.sub, customUserId: claims.customUserId }
        : { kind: 'anonymous', uid: claims.sub }
    },
  }
}
export type Identities = ReturnType<typeof openIdentities>
