import { mostTableBytes } from '../../cloudfunctions/ground/table-size'
import { call, type Outcome } from './api'
import { cloud } from './cloud'
import { newCommandId } from './command-id'
import type { ChosenTable } from './table-port'

const lost = { code: 'network', message: '文件没有传上去，看看网，再选一次' } as const

const megabyte = 1024 * 1024

const endingOf = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? 'csv'

/** Uploads a table into a folder of one's own, and answers its id there. Never rejects. */
export const sendTable = async (
  { file, name, bytes }: ChosenTable,
  onProgress: (share: number) => void,
): Promise<Outcome<{ readonly fileId: string }>> => {
  // What would be refused when it has come is not sent over a slow network first.
  if (bytes > mostTableBytes) {
    const most = mostTableBytes / megabyte
    const message = `文件太大（${Math.ceil(bytes / megabyte)}MB），最多${most}MB。请分几份传。`
    return { ok: false, error: { code: 'table-too-large', message } }
  }
  if (bytes === 0)
    return { ok: false, error: { code: 'table-broken', message: '这个文件是空的，请重新存一份再传。' } }
  const ticket = await call('photo.ticket', {})
  if (!ticket.ok) return ticket
  const path = `${ticket.value.folder}/${newCommandId()}.${endingOf(name)}`
  try {
    return { ok: true, value: { fileId: await cloud.uploadFile(path, file, onProgress) }, now: ticket.now }
  } catch (error) {
    console.info('a table was not uploaded', error)
    return { ok: false, error: lost }
  }
}
