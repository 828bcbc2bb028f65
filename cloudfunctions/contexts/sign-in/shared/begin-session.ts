import type { SignInPorts } from '../ports'
import { type SignIn, signedInUntil, type WebSession, webSessionPrefix } from '../rules/sign-in'

/** So many characters of a session's id are a digest; the platform takes 32 in all. */
const digestLength = 24

/**
 * The session of a computer that a phone has confirmed: it begins with the phone's word, so that the phone shows it at
 * once, and whoever is cut off before finds it begun by the computer's next question.
 */
export const beginWebSession = (
  { keyed, webSessions }: Pick<SignInPorts, 'keyed' | 'webSessions'>,
  { id, accountId, device, isPublic, stay = 'day' }: SignIn & { readonly accountId: string },
  now: number,
): Promise<WebSession> =>
  webSessions.begin({
    id: `${webSessionPrefix}${keyed(`web-session|${id}`).slice(0, digestLength)}`,
    accountId,
    device,
    isPublic,
    startedAt: now,
    untilAt: signedInUntil(isPublic, stay, now),
    endedAt: null,
  })
