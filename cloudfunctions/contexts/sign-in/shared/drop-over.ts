import { dayMs } from '../../../ground/instant'
import { inPieces } from '../../../journal/in-pieces'
import type { SignInPorts } from '../ports'

const dropAtOnce = 500
/** Half a year somebody can look up where they were signed in. */
const keptMs = 180 * dayMs

/** Removes codes and sessions that are long over, as long as there is time; says how many. */
export const dropOverSignIns =
  ({ signIns, webSessions }: Pick<SignInPorts, 'signIns' | 'webSessions'>) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly signInsDropped: number }> => {
    const codes = await inPieces(dropAtOnce, mayGoOn, (most) => signIns.dropOver(now - dayMs, most))
    const sessions = await inPieces(dropAtOnce, mayGoOn, (most) => webSessions.dropOver(now - keptMs, most))
    return { signInsDropped: codes.done + sessions.done }
  }
