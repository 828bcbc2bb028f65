import { createSign } from 'node:crypto'

/** The key of an environment for sign-ins with tickets, as the platform gives it out. */
interface LoginKey {
  readonly private_key_id: string
  readonly private_key: string
  readonly env_id: string
}

const ticketMs = 10 * 60_000
/** How often the platform renews the browser's token, and after how long it must be given a new ticket. */
const refreshMs = 3_600_000
const sessionMs = 7 * 24 * 3_600_000

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Makes tickets as `createTicket` of the server SDK does, whose library for it is not in the bundle. `REDFACE_LOGIN_KEY` is
 * the key's file as one line; undefined where an environment has none. Throws, naming the variable, when it is no key.
 * https://docs.cloudbase.net/authentication-v2/method/custom-login
 */
export const loginTickets = (
  variables: Readonly<Record<string, string | undefined>> = process.env,
): ((userId: string, now: number) => string) | undefined => {
  const text = variables.REDFACE_LOGIN_KEY?.trim() ?? ''
  if (text === '') return undefined
  let key: Partial<LoginKey>
  try {
    key = JSON.parse(text) as Partial<LoginKey>
  } catch {
    throw new Error('REDFACE_LOGIN_KEY is no key: it must be the JSON file that the platform gives out')
  }
  const { private_key_id: keyId, private_key: privateKey, env_id: env } = key
  if (!keyId || !privateKey || !env)
    throw new Error('REDFACE_LOGIN_KEY lacks private_key_id, private_key or env_id')
  return (userId, now) => {
    const claims = {
      alg: 'RS256',
      env,
      iat: now,
      exp: now + ticketMs,
      uid: userId,
      refresh: refreshMs,
      expire: now + sessionMs,
    }
    const payload = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
    return `${keyId}/@@/${payload}.${createSign('RSA-SHA256').update(payload).sign(privateKey, 'base64url')}`
  }
}
