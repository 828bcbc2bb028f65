import type { Session } from '../contexts/organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { hourMs } from '../ground/instant'
import { ok, type Result, refuse } from '../ground/result'
import type { Ports } from './ports'

/** Long enough for nine photographs over a village's network. */
const ticketMs = 2 * hourMs

const folderUntil = (keyed: Ports['keyed'], accountId: string, untilAt: number): string =>
  `incoming/${untilAt.toString(36)}-${keyed(`photo-ticket|${accountId}|${untilAt}`).slice(0, 32)}`

/**
 * Functions are not told who put a file up. So each caller is given a folder whose name only the server can
 * make and nobody else can derive, and only what lies in it is taken in as theirs. Refuses `sign-in-required`.
 */
export const givePhotoTicket =
  (ports: Pick<Ports, 'keyed'>) =>
  async (
    session: Session,
    _input: ParsedInputOf<'photo.ticket'>,
  ): Promise<Result<OutputOf<'photo.ticket'>>> =>
    session.accountId === null
      ? refuse('sign-in-required')
      : ok({ folder: folderUntil(ports.keyed, session.accountId, session.now + ticketMs) })

const uploaded = /^cloud:\/\/[^/]+\/(incoming\/([0-9a-z]{1,12})-[0-9a-f]{32})\/[0-9a-f-]{36}\.[a-z0-9]{1,5}$/

/** Whether the file lies in a folder that was given to this account: `expired` when that was too long ago. */
export const ticketOf = (
  keyed: Ports['keyed'],
  accountId: string,
  fileId: string,
  now: number,
): 'valid' | 'expired' | 'none' => {
  const [, folder, until = ''] = uploaded.exec(fileId) ?? []
  const untilAt = Number.parseInt(until, 36)
  if (folder === undefined || folder !== folderUntil(keyed, accountId, untilAt)) return 'none'
  return untilAt > now ? 'valid' : 'expired'
}
