import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import { mayKnow, seesJobsOf } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { JobPorts } from '../ports'
import { toJobView } from '../shared/job-view'

/** How far one job has come. Refuses `sign-in-required`, `not-found`. */
export const getJob =
  (ports: Pick<JobPorts, 'jobs'>) =>
  async (session: Session, { jobId }: ParsedInputOf<'job.get'>): Promise<Result<OutputOf<'job.get'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const job = await ports.jobs.get(jobId)
    return job && mayKnow(session, job) ? ok(toJobView(job)) : refuse('not-found')
  }

/** What a unit has had done, latest first. Refuses `sign-in-required`, `not-allowed`. */
export const listJobs =
  (ports: Pick<JobPorts, 'jobs'>) =>
  async (session: Session, input: ParsedInputOf<'job.list'>): Promise<Result<OutputOf<'job.list'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    if (!seesJobsOf(session, input.unitId)) return refuse('not-allowed')
    const page = await ports.jobs.ofUnit(input.unitId, {
      limit: input.limit ?? 20,
      ...(input.cursor ? { cursor: input.cursor } : {}),
    })
    return ok({ rows: page.rows.map(toJobView), nextCursor: page.nextCursor })
  }
