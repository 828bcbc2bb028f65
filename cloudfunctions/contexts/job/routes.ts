import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { jobContract } from './contract'
import type { JobPorts } from './ports'
import { cancelJob } from './use-cases/cancel-job'
import { getJob, listJobs } from './use-cases/read-jobs'

export const jobRoom = (ports: JobPorts): Room<typeof jobContract, Session> => ({
  contract: jobContract,
  routes: {
    'job.get': getJob(ports),
    'job.list': listJobs(ports),
    'job.cancel': cancelJob(ports),
  },
})
