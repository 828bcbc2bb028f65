import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { SignInPorts } from '../ports'
import { isRunning } from '../rules/sign-in'

/** More computers than one person works at; the older ones have ended long ago. */
const mostShown = 30

/** Where the caller is signed in, and was. */
export const listWebSessions =
  (ports: Pick<SignInPorts, 'webSessions'>) =>
  async ({ accountId, webSessionId, now }: Session): Promise<Result<OutputOf<'webSession.list'>>> => {
    if (accountId === null) return ok({ rows: [] })
    const sessions = await ports.webSessions.latest(accountId, mostShown)
    return ok({
      rows: sessions.map((session) => ({
        id: session.id,
        device: session.device,
        isPublic: session.isPublic,
        startedAt: session.startedAt,
        untilAt: session.endedAt ?? session.untilAt,
        isRunning: isRunning(session, now),
        isThis: session.id === webSessionId,
      })),
    })
  }

/** Signs the caller out on one of their computers: its next call is refused. Once more it changes nothing. */
export const endWebSession =
  (ports: Pick<SignInPorts, 'webSessions'>) =>
  async (
    { accountId, now }: Session,
    { sessionId }: ParsedInputOf<'webSession.end'>,
  ): Promise<Result<OutputOf<'webSession.end'>>> => {
    if (accountId === null) return refuse('sign-in-required')
    if (!(await ports.webSessions.end(sessionId, accountId, now))) {
      const session = await ports.webSessions.get(sessionId)
      if (session?.accountId !== accountId) return refuse('not-found')
    }
    return ok({ sessionId })
  }
