import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import { mayKnow } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { JobWorkers, WorkingPorts } from '../ports'
import { isOpenJob } from '../rules/job-kinds'
import { toJobView } from './job-view'
import { workOnJobs } from './work-jobs'

export interface NudgingPorts extends WorkingPorts {
  readonly workers: JobWorkers
}

/**
 * Works on a job for as long as somebody waits and answers how far it has come; while another works on it, it only
 * answers. Refuses `sign-in-required`, `not-found`.
 */
export const nudgeJob = (ports: NudgingPorts) => {
  const { slice } = workOnJobs(ports, ports.workers)
  return async (
    session: Session,
    { jobId }: ParsedInputOf<'job.nudge'>,
  ): Promise<Result<OutputOf<'job.nudge'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const job = await ports.jobs.get(jobId)
    if (!job || !mayKnow(session, job)) return refuse('not-found')
    if (!isOpenJob(job)) return ok(toJobView(job))
    const { failed } = await slice(jobId, session.now, ports.newTurn())
    if (failed !== undefined) ports.log.error(JSON.stringify({ job: jobId, failed }))
    return ok(toJobView((await ports.jobs.get(jobId)) ?? job))
  }
}
