import { ok, type Result, refuse } from '../../../ground/result'
import { newSpokenCode } from '../../../ground/text/spoken-code'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { SignInPorts } from '../ports'
import { codeMs } from '../rules/sign-in'
import { drawWords } from '../rules/three-words'
import { signInIdOf } from '../shared/sign-in-keys'

/** A code for a page that wants to be signed in. Refuses `no-web-sign-in` where the environment has no key for tickets. */
export const beginSignIn =
  (ports: SignInPorts) =>
  async (
    { now }: Session,
    { device, isPublic }: ParsedInputOf<'signIn.begin'>,
  ): Promise<Result<OutputOf<'signIn.begin'>>> => {
    if (!ports.loginTicket) return refuse('no-web-sign-in')
    const code = newSpokenCode(ports.draw)
    const pageKey = ports.newSalt()
    const { words, choices } = drawWords(ports.draw)
    const expiresAt = now + codeMs
    await ports.signIns.begin({
      ...signInIdOf(ports.keyed, code, pageKey),
      words,
      choices,
      device,
      isPublic,
      status: 'waiting',
      expiresAt,
    })
    return ok({ code, pageKey, words, expiresAt })
  }
