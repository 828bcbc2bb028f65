import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { jobContract, workContract } from './contract'
import type { JobPorts } from './ports'
import { cancelJob } from './use-cases/cancel-job'
import { type NudgingPorts, nudgeJob } from './use-cases/nudge-job'
import { getJob, listJobs } from './use-cases/read-jobs'

export const jobRoom = (ports: JobPorts): Room<typeof jobContract, Session> => ({
  contract: jobContract,
  routes: {
    'job.get': getJob(ports),
    'job.list': listJobs(ports),
    'job.cancel': cancelJob(ports),
  },
})

export const workRoom = (ports: NudgingPorts): Room<typeof workContract, Session> => ({
  contract: workContract,
  routes: { 'job.nudge': nudgeJob(ports) },
})
