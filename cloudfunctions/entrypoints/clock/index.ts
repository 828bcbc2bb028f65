import { openCloud } from '../../platform/cloudbase/database'
import { cloudPorts, cloudStore } from '../ports'
import { type ClockRun, runClock } from './run-clock'

const cloud = openCloud()
const store = cloudStore(cloud)
const ports = cloudPorts(cloud, store)
const catchUpTo = runClock(ports, () => performance.now())

/** Leaves time to finish the batch under way before the platform ends the function after 60 s. */
const workingMs = 45_000

/** While documents lie in an older shape there is nothing else to do: what is due could not be found among them. */
type Rewriting = Pick<ClockRun, 'isComplete'>

/** The timer's function: catches everything up to now. What fails is logged and tried again by the next run. */
export const main = async (): Promise<ClockRun | Rewriting> => {
  const startedMs = performance.now()
  const now = Date.now()
  const mayGoOn = () => performance.now() - startedMs < workingMs
  if (!(await store.bringAllHome(mayGoOn))) {
    console.info(JSON.stringify({ action: 'clock', documents: 'being rewritten' }))
    return { isComplete: false }
  }
  const run = await catchUpTo(now, mayGoOn)
  const { failures, beyondHorizon = 0, calendarHorizonOn, ledgerBroken = [] } = run
  const { figuresDrifted = [], figuresMissing = [], figuresLack = [], sealsBroken = [] } = run
  if (failures.length > 0) console.error(JSON.stringify({ action: 'clock', failures }))
  if (beyondHorizon > 0) {
    // Said at each run until somebody enters the notice: a deadline that moves surprises people.
    const said = { daysOffKnownUntil: calendarHorizonOn, deadlinesBeyond: beyondHorizon }
    console.warn(JSON.stringify({ action: 'clock', ...said }))
  }
  if (figuresMissing.length > 0) console.error(JSON.stringify({ action: 'clock', figuresMissing }))
  // Said at each run: whoever reads a figure takes it for whole.
  if (figuresLack.length > 0) console.error(JSON.stringify({ action: 'clock', figuresLack }))
  if (figuresDrifted.length > 0) console.error(JSON.stringify({ action: 'clock', figuresDrifted }))
  if (sealsBroken.length > 0) console.error(JSON.stringify({ action: 'clock', sealsBroken }))
  if (ledgerBroken.length > 0) console.error(JSON.stringify({ action: 'clock', ledgerBroken }))
  return run
}

/** The platform calls `main` alone; through this the tests ask of the bundled file all that its packages have to do. */
export const outside = { cloud, ports }
