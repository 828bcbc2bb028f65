import { bucket, per } from '../../../ground/bucket'
import { hourMs } from '../../../ground/instant'
import { ok, type Result } from '../../../ground/result'
import { readerName, tooMany } from '../../limits/shared/limit-calls'
import { tokenTaker } from '../../limits/shared/take-tokens'
import type { PeoplePorts } from '../ports'

/**
 * How many codes one account may look up, whatever seats it has: which is wrong is known only once it has been looked up.
 * By the account and never by the code: else a stranger could shut out who was invited.
 */
const lookedUp = bucket(10, per(10, hourMs))

/** Counts a code that is looked up; the same command sent again counts once. Refuses `too-many`. */
export const codeLimit = ({ limits, keyed }: Pick<PeoplePorts, 'limits' | 'keyed'>) => {
  const { take } = tokenTaker(limits)
  return async (
    accountId: string,
    sent: { readonly commandId: string; readonly code: string },
    now: number,
  ): Promise<Result<null>> => {
    const id = `people.code:${readerName(keyed, { accountId, network: '' })}`
    const command = keyed(`code|${accountId}|${sent.commandId}|${sent.code}`).slice(0, 16)
    const againAt = await take({ id, bucket: lookedUp, amount: 1, command }, now)
    return againAt === null ? ok(null) : tooMany(againAt, now)
  }
}
