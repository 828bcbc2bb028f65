import type { WebSessions } from '../ports'
import { isRunning, webSessionPrefix } from '../rules/sign-in'

/** How the platform names whoever signs in with a ticket. */
const ticketPrefix = `custom:${webSessionPrefix}`

/** The session of a computer by which the platform names this caller; undefined where it names a person. */
export const webSessionIdOf = (callerId: string | null): string | undefined =>
  callerId?.startsWith(ticketPrefix) ? callerId.slice('custom:'.length) : undefined

/** Whose computer it is; undefined when the session is over. Read anew for each call: who signs it out has signed it out. */
export const accountOfWebSession = async (
  webSessions: Pick<WebSessions, 'get'>,
  sessionId: string,
  now: number,
): Promise<string | undefined> => {
  const session = await webSessions.get(sessionId)
  return session && isRunning(session, now) ? session.accountId : undefined
}
