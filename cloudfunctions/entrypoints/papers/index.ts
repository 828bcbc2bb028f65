import { type WorkRun, workOnJobs } from '../../contexts/job/shared/work-jobs'
import { workRoom } from '../../contexts/job/shared/work-room'
import { checkUnitList, dropOldLists, importUnitList } from '../../contexts/unit-list/shared/list-workers'
import { openCloud } from '../../platform/cloudbase/database'
import { fileStorage } from '../../platform/cloudbase/file-storage'
import { readTable } from '../../platform/tables/read-table'
import { cloudPorts } from '../ports'
import { serveCalls } from '../serve-calls'
import { actionsOf } from '../served-action'

const cloud = openCloud()
const ports = { ...cloudPorts(cloud), files: fileStorage(cloud), readTable }

/** The platform ends the function after 60 s; the part under way is then over. */
const runMs = 45_000
/** So long a client waits for an answer, and one job for another. */
const turnMs = 10_000

const within = (ms: number): (() => boolean) => {
  const startedMs = performance.now()
  return () => performance.now() - startedMs < ms
}

/** Who works on which kind of job. */
const workers = { 'unit-check': checkUnitList(ports), 'unit-import': importUnitList(ports) }
const working = { ...ports, workers, newTurn: () => within(turnMs) }
const find = actionsOf(workRoom(working))
const serve = serveCalls(cloud, ports, async (action) => find(action))
const { run } = workOnJobs(working, workers)

/** The timer's turn: whatever waits, whoever began it. */
const work = async (): Promise<WorkRun> => {
  const mayGoOn = within(runMs)
  const done = await run(Date.now(), mayGoOn)
  await dropOldLists(ports)(Date.now(), mayGoOn)
  if (done.failures.length > 0) console.error(JSON.stringify({ action: 'papers', failures: done.failures }))
  return done
}

const isTimer = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'Type' in event && event.Type === 'Timer'

/** Called by its timer, and by whoever does not want to wait for that. */
export const main = (event: unknown, context?: { readonly request_id?: string }): Promise<object> =>
  isTimer(event) ? work() : serve(event, context)
/** The platform calls `main` alone; through this the tests ask of the bundled file all that its packages have to do. */
export const outside = { cloud, ports }
