import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { SignInPorts } from '../ports'
import { fetchMs } from '../rules/sign-in'
import { beginWebSession } from '../shared/begin-session'
import { signInIdOf } from '../shared/sign-in-keys'

type Taken = OutputOf<'signIn.take'>

const noTicket = (state: Taken['state']): Taken => ({ state, signedIn: null })

/**
 * How far a page's attempt is, and, once, what it is let in with. Whoever has seen the code and not the page's own key is
 * answered as for a code that never was.
 */
export const takeSignIn =
  (ports: SignInPorts) =>
  async (
    { now }: Session,
    { code, pageKey }: ParsedInputOf<'signIn.take'>,
  ): Promise<Result<OutputOf<'signIn.take'>>> => {
    const { id, page } = signInIdOf(ports.keyed, code, pageKey)
    const signIn = await ports.signIns.get(id)
    if (!signIn || signIn.page !== page || signIn.status === 'taken') return ok(noTicket('over'))
    const { status, accountId, expiresAt } = signIn
    if (now >= expiresAt + (status === 'confirmed' ? fetchMs : 0)) return ok(noTicket('over'))
    if (status !== 'confirmed') return ok(noTicket(status))
    if (!ports.loginTicket || accountId === undefined) return refuse('no-web-sign-in')
    if (!(await ports.signIns.become(id, 'confirmed', { status: 'taken' }))) return ok(noTicket('over'))
    const session = await beginWebSession(ports, { ...signIn, accountId }, now)
    return ok({
      state: 'confirmed',
      signedIn: {
        ticket: ports.loginTicket(session.id, now),
        sessionId: session.id,
        person: ports.keyed(`on-a-computer|${accountId}`).slice(0, 16),
        isPublic: session.isPublic,
        untilAt: session.untilAt,
      },
    })
  }
