import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Identity } from './functions/host'
import type { Auth } from './rules/evaluation'

interface Claims {
  readonly sub: string
  readonly kind: 'anonymous' | 'custom' | 'wechat'
  readonly customUserId?: string
  readonly openId?: string
  readonly use: 'access' | 'refresh' | 'ticket'
}

/** One year: developers' sessions do not run out while clocks are moved to and fro. */
const expiresInSeconds = 365 * 24 * 3600

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Who asks, as security rules see them. Sign-ins of this machine have an `openid` too, so that rules written for
 * WeChat can be tried: it is the custom user id, or the uid of whoever has none. Documents and files carry it as
 * their creator's.
 */
export const authOf = (identity: Identity): Auth | null => {
  switch (identity.kind) {
    case 'none':
      return null
    case 'wechat':
      return { openid: identity.openId }
    case 'anonymous':
      return { uid: identity.uid, openid: identity.uid, loginType: 'ANONYMOUS' }
    case 'custom':
      return { uid: identity.uid, openid: identity.customUserId, loginType: 'CUSTOM' }
  }
}

const subOf = (customUserId: string): string =>
  createHash('sha256').update(customUserId).digest('hex').slice(0, 32)

/** Sign-ins of this machine: tokens signed with a secret that never leaves the data folder. */
export const openIdentities = (secret: string) => {
  const sign = (payload: string): string => createHmac('sha256', secret).update(payload).digest('base64url')

  const issue = (claims: Claims): string => {
    const iat = Math.floor(Date.now() / 1000)
    const payload = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, iat, exp: iat + expiresInSeconds })}`
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
    signInAnonymously: () => session({ sub: randomUUID().replaceAll('-', ''), kind: 'anonymous' }),
    /** A ticket for any user id, as the holder of the environment's private key could make. */
    ticketFor: (customUserId: string): string =>
      `local/@@/${issue({ sub: customUserId, kind: 'custom', customUserId, use: 'ticket' })}`,
    /** A token of a WeChat user, as a phone has it, or of a custom sign-in. */
    accessTokenOf: (who: { readonly openId: string } | { readonly customUserId: string }): string =>
      'openId' in who
        ? session({ sub: who.openId, kind: 'wechat', openId: who.openId }).access_token
        : session({ sub: subOf(who.customUserId), kind: 'custom', customUserId: who.customUserId })
            .access_token,
    signInWithTicket: (ticket: unknown) => {
      const claims = read(typeof ticket === 'string' ? ticket.split('/@@/')[1] : undefined, 'ticket')
      if (!claims?.customUserId) return undefined
      const sub = subOf(claims.customUserId)
      return session({ sub, kind: 'custom', customUserId: claims.customUserId })
    },
    refresh: (token: unknown) => {
      const claims = read(token, 'refresh')
      return claims && session(claims)
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
