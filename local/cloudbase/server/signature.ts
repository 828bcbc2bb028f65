import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Signer } from '@cloudbase/signature-nodejs'
import { isPlain } from '../ground/codec'
import { PlatformFailure } from '../ground/failure'
import type { Credential } from '../sign-in/identity'

/** The lifetime that the server SDK asks for; a longer one is not believed, as nothing signs it. */
const mostSeconds = 600

const refusal = (message: string) => new PlatformFailure('SIGN_PARAM_INVALID', message)

/** The secret id that a request names, whether it is well signed or not; empty when it names none. */
export const secretIdOf = (request: IncomingMessage): string =>
  /^TC3-HMAC-SHA256 Credential=([^/,\s]+)\//.exec(String(request.headers.authorization))?.[1] ?? ''

const isSame = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The signature that this request should bear, made as the SDK makes it; undefined when there can be none. */
const expectedSignature = (
  request: IncomingMessage,
  body: unknown,
  secretKey: string,
  timestamp: number,
): string | undefined => {
  const { headers } = request
  const names = /SignedHeaders=([^,\s]+)/.exec(String(headers.authorization))?.[1]?.split(';') ?? []
  const signed = Object.fromEntries(names.map((name) => [name, headers[name]]))
  // The SDK writes its method small.
  const method = String(request.method).toLowerCase()
  const url = `http://${headers.host}${request.url}`
  try {
    return new Signer({ secretId: secretIdOf(request), secretKey }, 'tcb').tc3sign(
      method,
      url,
      signed,
      isPlain(body) ? body : '',
      timestamp,
    ).signature as string
  } catch {
    // It says so when the host or the type of the content are not among what is signed.
    return undefined
  }
}

/**
 * Refuses SIGN_PARAM_INVALID, the platform's one code for this, when a server SDK's request does not bear the signature
 * of these credentials or bears one older than ten minutes (or younger than now) by each clock of `nowMs`. All that is
 * in the body is signed.
 */
export const checkSignature = (
  request: IncomingMessage,
  body: unknown,
  credential: Credential | undefined,
  nowMs: readonly number[],
): void => {
  if (!credential) throw refusal('secret id error')
  const timestamp = Number(request.headers['x-timestamp'])
  const seconds = Math.min(mostSeconds, Number(request.headers['x-signature-expires'] ?? mostSeconds))
  const clocks = credential.nowMs === undefined ? nowMs : [...nowMs, credential.nowMs]
  if (!Number.isSafeInteger(timestamp)) throw refusal('signature is invalid')
  if (!clocks.some((now) => Math.abs(now / 1000 - timestamp) <= seconds))
    throw refusal('signature is expired')
  const given = /\bSignature=([0-9a-f]{64})$/.exec(String(request.headers.authorization))?.[1]
  const expected = expectedSignature(request, body, credential.secretKey, timestamp)
  if (given === undefined || expected === undefined || !isSame(given, expected))
    throw refusal('signature is invalid')
  const token = isPlain(body) ? body.sessionToken : undefined
  if (credential.sessionToken !== undefined && !isSame(String(token), credential.sessionToken))
    throw refusal('session token error')
}
