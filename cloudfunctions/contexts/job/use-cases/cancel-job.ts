import { ok, type Result, refuse } from '../../../ground/result'
import { carryOut } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { Session } from '../../organisation/rules/session'
import { mayKnow } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { JobPorts } from '../ports'
import { cancel, type Job } from '../rules/job'
import { isOpenJob } from '../rules/job-kinds'
import { toJobView } from '../shared/job-view'

/**
 * Ends work that nobody wants any more; whoever works on a slice of it stops there, and what has been done stays.
 * Refuses `sign-in-required`, `not-found`, `command-reused`, and `wrong-status` when it is over.
 */
export const cancelJob = (ports: JobPorts) => {
  const carryOutOn = carryOut<Job, null>({
    matters: ports.jobs,
    lawOf: async () => null,
    catchUp: (job) => job,
    settle: async (job) => job,
  })
  return async (
    session: Session,
    input: ParsedInputOf<'job.cancel'>,
  ): Promise<Result<OutputOf<'job.cancel'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const digest = commandDigest(ports.keyed, accountId, 'job.cancel', input)
    return carryOutOn<string, null, OutputOf<'job.cancel'>>(input.jobId, now, {
      by: accountId,
      meet: async (job) => (mayKnow(session, job) ? ok(accountId) : refuse('not-found')),
      answered: (job) => {
        const line = job.timeline.find((one) => one.commandId === input.commandId)
        if (!line) return undefined
        return line.commandDigest === digest ? ok(toJobView(job)) : refuse('command-reused')
      },
      authorise: (job) => (isOpenJob(job) ? ok(null) : refuse('wrong-status')),
      take: async ({ current }) =>
        ok(cancel(current, now, { id: input.commandId, action: 'job.cancel', digest })),
      answer: toJobView,
    })
  }
}
