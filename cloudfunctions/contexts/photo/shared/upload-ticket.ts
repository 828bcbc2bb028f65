import type { Keyed } from '../../../ground/keyed'

/** Into which an account may put files up to an instant; nobody else can derive its name. */
export const folderUntil = (keyed: Keyed, accountId: string, untilAt: number): string =>
  `incoming/${untilAt.toString(36)}-${keyed(`photo-ticket|${accountId}|${untilAt}`).slice(0, 32)}`

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
