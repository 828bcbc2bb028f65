import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Signer } from '@cloudbase/signature-nodejs'
import { isPlain } from '../ground/codec'
import { PlatformFailure } from '../ground/failure'
import type { Credential } from '../sign-in/identity'

/** The lifetime that the server SDK asks for; the header that asks is not signed, so a longer one is ignored. */
const mostSeconds = 600

const refusal = (message: string) => new PlatformFailure('SIGN_PARAM_INVALID', message)

/** The secret id in the Authorization header, not verified; empty when there is none. */
export const secretIdOf = (request: IncomingMessage): string =>
  /^TC3-HMAC-SHA256 Credential=([^/,\s]+)\//.exec(String(request.headers.authorization))?.[1] ?? ''

const isSame = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The valid signature of this request, computed by the SDK's own signer; undefined when it cannot be computed. */
const expectedSignature = (
  request: IncomingMessage,
  body: unknown,
  secretKey: string,
  timestamp: number,
): string | undefined => {
  const { headers } = request
  const names = /SignedHeaders=([^,\s]+)/.exec(String(headers.authorization))?.[1]?.split(';') ?? []
  const signed = Object.fromEntries(names.map((name) => [name, headers[name]]))
  // The SDK signs the method in lower case.
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
    // The signer throws when host or content-type are not among the signed headers.
    return undefined
  }
}

/**
 * Verifies the signature of a server SDK's request, which covers the whole body. Refuses SIGN_PARAM_INVALID, the
 * platform's one code, when it was not made with these credentials, or more than ten minutes before or after now by
 * every clock of `nowMs`.
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
