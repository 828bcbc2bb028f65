import { calendarRepository } from '../cloudfunctions/contexts/calendar/store'
import { countBeyondHorizon } from '../cloudfunctions/contexts/report/shared/watch-horizon'
import { reportRepository } from '../cloudfunctions/contexts/report/store'
import { presentShapes } from '../cloudfunctions/entrypoints/shapes'
import { openDatabase } from '../cloudfunctions/platform/cloudbase/database'
import { openShapedStore } from '../cloudfunctions/platform/cloudbase/shaped-store'
import { sha256 } from '../cloudfunctions/platform/digest'
import type { Cloud } from './cloudbase'
import { openServerSdk } from './server-sdk'

/** Said at the start: up to when the days off are known, and how many open reports run beyond that. */
export const horizonLine = async (
  cloud: Pick<Cloud, 'adminUrl'>,
  keyed: (text: string) => string,
): Promise<string> => {
  const app = openServerSdk(cloud)
  const database = openDatabase(app.database())
  const store = openShapedStore(database, presentShapes(database, { keyed, sha256 }))
  // A report that an earlier version has written is not found by what is counted here until it is rewritten.
  await store.bringAllHome(() => true)
  const quiet = { info: () => undefined, error: (line: string) => console.error(line) }
  const { count, horizonOn } = await countBeyondHorizon({
    calendars: calendarRepository(store, quiet),
    reports: reportRepository(store),
  })
  const known = `days off are known until ${horizonOn}`
  return count === 0
    ? known
    : `${known}: ${count} open reports are to be resolved later; add the year's notice to calendar_notices`
}
