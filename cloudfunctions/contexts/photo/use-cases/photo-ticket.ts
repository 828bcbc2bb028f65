import { hourMs } from '../../../ground/instant'
import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'

/** Long enough for nine photographs over a village's network. */
const ticketMs = 2 * hourMs

const folderUntil = (keyed: Keyed, accountId: string, untilAt: number): string =>
  `incoming/${untilAt.toString(36)}-${keyed(`photo-ticket|${accountId}|${untilAt}`).slice(0, 32)}`

export interface TicketPorts {
  readonly keyed: Keyed
}

/**
 * Functions are not told who put a file up. So each caller is given a folder whose name only the server can
 * make and nobody else can derive, and only what lies in it is taken in as theirs. Refuses `sign-in-required`.
 */
export const givePhotoTicket =
  (ports: TicketPorts) =>
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
  keyed: Keyed,
  accountId: string,
  fileId: string,
  now: number,
): 'valid' | 'expired' | 'none' => {
  const [, folder, until = ''] = uploaded.exec(fileId) ?? []
  const untilAt = Number.parseInt(until, 36)
  if (folder === undefined || folder !== folderUntil(keyed, accountId, untilAt)) return 'none'
  return untilAt > now ? 'valid' : 'expired'
}
