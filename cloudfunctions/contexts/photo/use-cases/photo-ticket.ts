import { hourMs } from '../../../ground/instant'
import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import { folderUntil } from '../shared/upload-ticket'

/** Long enough for nine photographs over a village's network. */
const ticketMs = 2 * hourMs

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
