import { createHmac } from 'node:crypto'

/** What a function is told by its environment, beside what the platform itself sets. */
export interface Environment {
  /** Keys every digest that stands for a person; it must never lie in the database. */
  readonly secret: Uint8Array
}

const leastSecretBytes = 32

const bytesOf = (text: string): Uint8Array | undefined => {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

/**
 * Reads the environment once, when a function starts. Throws, naming the variable, when `REDFACE_SECRET` is
 * missing, is neither hex nor base64, or is shorter than 32 bytes: without it a dump of the reports would name
 * their people, so nothing may be served.
 */
export const readEnvironment = (
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment => {
  const text = variables.REDFACE_SECRET?.trim() ?? ''
  if (text === '') throw new Error('REDFACE_SECRET is missing: set it to 32 random bytes, as hex or base64')
  const secret = bytesOf(text)
  if (secret === undefined || secret.byteLength < leastSecretBytes)
    throw new Error('REDFACE_SECRET is no secret: it must be at least 32 random bytes, as hex or base64')
  return { secret }
}

/** Hex HMAC-SHA256 under a secret: equal for equal texts, and nothing to whoever has not the secret. */
export const keyedWith =
  (secret: Uint8Array) =>
  (text: string): string =>
    createHmac('sha256', secret).update(text).digest('hex')
