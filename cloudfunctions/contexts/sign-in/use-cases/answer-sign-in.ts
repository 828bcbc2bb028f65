import { ok, type Refusal, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { SignInPorts } from '../ports'
import type { SignIn } from '../rules/sign-in'
import { beginWebSession } from '../shared/begin-session'
import { codeIdOf } from '../shared/sign-in-keys'

/** Who may sign in on a computer: whoever has work there, from WeChat alone, or one computer would let in the next. */
const mayNot = ({
  accountId,
  memberships,
  webSessionId,
}: Session): { readonly ok: false; readonly error: Refusal } | undefined => {
  if (accountId === null) return refuse('sign-in-required')
  if (webSessionId !== undefined) return refuse('phone-only')
  return memberships.length === 0 ? refuse('no-seat') : undefined
}

/** The attempt as this account may answer it. Refuses `code-over` (also where there never was one) and `code-taken`. */
const found = (signIn: SignIn | undefined, accountId: string | null, now: number): Result<SignIn> => {
  if (!signIn || now >= signIn.expiresAt || signIn.status === 'refused' || signIn.status === 'taken')
    return refuse('code-over')
  return signIn.accountId === undefined || signIn.accountId === accountId ? ok(signIn) : refuse('code-taken')
}

/** A phone has a code: it is theirs from then on. Seen again by the same account it is shown again. */
export const seeSignIn =
  (ports: SignInPorts) =>
  async (session: Session, input: ParsedInputOf<'signIn.see'>): Promise<Result<OutputOf<'signIn.see'>>> => {
    const refused = mayNot(session)
    if (refused) return refused
    const { accountId, now } = session
    const id = codeIdOf(ports.keyed, input.code)
    const read = async () => found(await ports.signIns.get(id), accountId, now)
    let seen = await read()
    if (seen.ok && seen.value.status === 'waiting' && accountId !== null) {
      const isFirst = await ports.signIns.become(id, 'waiting', { status: 'seen', accountId })
      if (!isFirst) seen = await read()
    }
    if (!seen.ok) return seen
    const { device, isPublic, choices, expiresAt } = seen.value
    return ok({ device, isPublic, choices: [...choices], expiresAt })
  }

/**
 * What the phone says to a code that it has seen. Whoever chooses words that the computer does not show has another
 * computer's code before them: the attempt is over then. Said again the answer is the same.
 */
export const answerSignIn =
  (ports: SignInPorts) =>
  async (
    session: Session,
    { code, words, stay }: ParsedInputOf<'signIn.answer'>,
  ): Promise<Result<OutputOf<'signIn.answer'>>> => {
    const refused = mayNot(session)
    if (refused) return refused
    const { accountId, now } = session
    const id = codeIdOf(ports.keyed, code)
    const seen = found(await ports.signIns.get(id), accountId, now)
    if (!seen.ok) return seen
    if (seen.value.status === 'waiting') return refuse('code-over')
    const isConfirmed = words === seen.value.words
    const begin = async () => {
      if (accountId !== null) await beginWebSession(ports, { ...seen.value, accountId, stay }, now)
      return ok({ isConfirmed: true })
    }
    if (seen.value.status === 'confirmed') return begin()
    const next = isConfirmed ? ({ status: 'confirmed', stay } as const) : ({ status: 'refused' } as const)
    if (!(await ports.signIns.become(id, 'seen', next))) return refuse('code-over')
    return isConfirmed ? begin() : ok({ isConfirmed: false })
  }
