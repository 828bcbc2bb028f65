import { askCloud, type CloudAnswer, failure, isFine } from './cloud-api'
import { newCommandId } from './command-id'
import { browserStore } from './device-storage'
import { earlySignIn } from './early-call'
import { chosenPersona, ticketFor } from './persona'
import { webSession } from './web-session'

/**
 * Who this browser is to the cloud. It is kept where and as `@cloudbase/js-sdk` 3 keeps it, so that whoever signed in
 * through the SDK stays the same person, and a page that loads it shares the sign-in.
 */
interface Session {
  readonly access_token: string
  readonly refresh_token?: string
  /** ISO; a little before the access token really expires. */
  readonly expires_at: string
}

const env = process.env.REDFACE_CLOUD_ENV ?? ''
const sessionKey = `credentials_${env}`
const deviceKey = 'device_id'
const expiryMarginSeconds = 30

const readSession = (): Session | undefined => {
  try {
    const kept = JSON.parse(browserStore().getItem(sessionKey) ?? 'null') as Partial<Session> | null
    return kept?.access_token && kept.expires_at ? (kept as Session) : undefined
  } catch {
    return undefined
  }
}

const keepSession = (answer: object): Session => {
  const { expires_in: seconds } = answer as { expires_in: number }
  const expiresAt = new Date(Date.now() + (seconds - expiryMarginSeconds) * 1000).toISOString()
  const session = { ...answer, expires_at: expiresAt } as unknown as Session
  browserStore().setItem(sessionKey, JSON.stringify(session))
  return session
}

/**
 * The environment's key that everybody may see, named in the page's head; the local build has none. Who has no account
 * shows it and need not sign in first. https://docs.cloudbase.net/api-reference/webv2/api-key
 */
const publishableKey = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="publishable-key"]')?.content || undefined

const isExpired = ({ expires_at }: Session): boolean => Date.parse(expires_at) < Date.now()

/** An anonymous account belongs to the device: with the same id it is the same account again. */
const deviceId = (): string => {
  const kept = localStorage.getItem(deviceKey)
  if (kept) return kept
  const made = newCommandId()
  localStorage.setItem(deviceKey, made)
  return made
}

const askSignIn = (verb: string, body: object): Promise<CloudAnswer> =>
  askCloud(`/auth/v1/${verb}?client_id=${encodeURIComponent(env)}`, body, { 'x-device-id': deviceId() })

/** https://docs.cloudbase.net/http-api/auth/auth-grant-token */
const refreshed = async (token: string): Promise<Session | undefined> => {
  const answer = await askSignIn('token', {
    client_id: env,
    grant_type: 'refresh_token',
    refresh_token: token,
  })
  if (isFine(answer)) return keepSession(answer.body as object)
  const isTokenRefused = answer.status >= 400 && answer.status < 500 && answer.status !== 429
  if (isTokenRefused) return undefined
  throw failure('renewing the sign-in', answer)
}

export const forgetSession = (): void => browserStore().removeItem(sessionKey)

/** https://docs.cloudbase.net/http-api/auth/auth-sign-in-custom */
const askWithTicket = (ticket: string): Promise<CloudAnswer> =>
  askSignIn('signin/custom', { provider_id: 'custom', ticket })

const askToSignIn = async (): Promise<CloudAnswer> => {
  if (process.env.REDFACE_LOCAL) {
    const persona = chosenPersona.read()
    if (persona) return askWithTicket(await ticketFor(persona))
  }
  // https://docs.cloudbase.net/http-api/auth/auth-sign-in-anonymously
  return askSignIn('signin/anonymously', {})
}

const keptFrom = (answer: CloudAnswer): Session => {
  if (!isFine(answer)) throw failure('signing in', answer)
  return keepSession(answer.body as object)
}

/** Signs in afresh: as the chosen persona in the local build, else without a name. */
export const signIn = async (): Promise<Session> => {
  webSession.forget()
  return keptFrom(await askToSignIn())
}

/** Signs in as whom the ticket is for. */
export const signInWithTicket = async (ticket: string): Promise<void> => {
  keptFrom(await askWithTicket(ticket))
}

const renew = async (refused: string | undefined): Promise<Session> => {
  await earlySignIn()
  const kept = readSession()
  // Another window may have renewed it in the meantime.
  if (kept && kept.access_token !== refused && !isExpired(kept)) return kept
  if (kept?.refresh_token) {
    const next = await refreshed(kept.refresh_token)
    if (next) return next
    // A refresh token is good once: what another window got for it has been kept meanwhile.
    const others = readSession()
    if (others && others.access_token !== kept.access_token) return others
  }
  return signIn()
}

let renewing: Promise<Session> | undefined

/**
 * A token that should be good: the kept one, unless it has expired or the cloud has just `refused` it; where none is kept,
 * the publishable key, unless that was refused. However many calls ask at once, the sign-in is renewed once.
 */
export const accessToken = async (refused?: string): Promise<string> => {
  const kept = readSession()
  if (kept && kept.access_token !== refused && !isExpired(kept)) return kept.access_token
  const key = kept ? undefined : publishableKey()
  if (key !== undefined && key !== refused) {
    // Another window has signed out whoever was here: this one is theirs no longer, either.
    if (webSession.read()) webSession.forget()
    return key
  }
  renewing ??= renew(refused).finally(() => {
    renewing = undefined
  })
  return (await renewing).access_token
}
