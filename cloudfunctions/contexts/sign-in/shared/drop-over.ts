import { dayMs } from '../../../ground/instant'
import type { SignInPorts } from '../ports'

const dropAtOnce = 500
/** Half a year somebody can look up where they were signed in. */
const keptMs = 180 * dayMs

/** Removes codes and sessions that are long over, as long as there is time; says how many. */
export const dropOverSignIns =
  ({ signIns, webSessions }: Pick<SignInPorts, 'signIns' | 'webSessions'>) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly signInsDropped: number }> => {
    let signInsDropped = 0
    for (const drop of [
      () => signIns.dropOver(now - dayMs, dropAtOnce),
      () => webSessions.dropOver(now - keptMs, dropAtOnce),
    ])
      while (mayGoOn()) {
        const count = await drop()
        signInsDropped += count
        if (count < dropAtOnce) break
      }
    return { signInsDropped }
  }
