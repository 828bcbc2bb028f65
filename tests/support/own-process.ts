import type { Action, Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { openTestCloud } from './cloud'
import { watchDatabase } from './database-rounds'

/**
 * The functions that clients and the timer call, run from their sources in this process, over the cloud of this machine: what they ask of
 * the database can be counted. Time stands still but for `later`, so that nothing that is kept for a minute is read
 * anew, however slowly this runs.
 */
export const openOwnProcess = async () => {
  const town = await openTestCloud()
  let at = town.now()
  const aheadMs = at - Date.now()
  // The handler takes this process's time for the present: the cloud's, on its Monday.
  const standing = jest.spyOn(Date, 'now').mockImplementation(() => at)
  town.cloud.clock.step(-aheadMs)
  Object.assign(process.env, {
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: town.cloud.adminUrl }),
  })
  const { main } = await import('../../cloudfunctions/entrypoints/api')
  const { main: clock } = await import('../../cloudfunctions/entrypoints/clock')

  return {
    town,
    now: () => at,
    pass: (ms: number): void => {
      at += ms
    },
    /** Lets time go by and the clock run. */
    later: async (ms: number): Promise<void> => {
      at += ms
      await clock()
    },
    database: watchDatabase(town.app),
    get: async <A extends Action>(person: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> => {
      const identity = {
        TCB_UUID: `uid-${person}`,
        TCB_ISANONYMOUS_USER: 'false',
        TCB_CUSTOM_USER_ID: person,
      }
      Object.assign(process.env, identity, { TCB_CONTEXT_KEYS: Object.keys(identity).join(',') })
      const answer = (await main({ action, input })) as Answer<A>
      if (!answer.ok) throw new Error(`${person} ${action}: ${answer.error.code} ${answer.error.message}`)
      return answer.value
    },
    close: async (): Promise<void> => {
      standing.mockRestore()
      await town.close()
    },
  }
}
