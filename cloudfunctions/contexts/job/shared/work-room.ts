import type { Room } from '../../../terms/action'
import type { Session } from '../../organisation/rules/session'
import { workContract } from '../contract'
import { type NudgingPorts, nudgeJob } from './nudge-job'

/** Served apart from the other actions, by the function that works on jobs: who only reads carries none of it. */
export const workRoom = (ports: NudgingPorts): Room<typeof workContract, Session> => ({
  contract: workContract,
  routes: { 'job.nudge': nudgeJob(ports) },
})
