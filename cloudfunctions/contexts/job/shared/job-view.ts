import type { OutputOf } from '../contract'
import type { Job } from '../rules/job'

/** A list of jobs is read without what a long one keeps apart: there its file goes without a name. */
const textIn = (job: { readonly input?: Job['input'] }, name: string): string | null => {
  const value = job.input?.[name]
  return typeof value === 'string' ? value : null
}

export const toJobView = (job: Job): OutputOf<'job.get'> => ({
  id: job.id,
  kind: job.kind,
  status: job.status,
  unitId: job.unitId,
  fileName: textIn(job, 'fileName'),
  ofJobId: textIn(job, 'checkJobId'),
  begunAt: job.begunAt,
  changedAt: job.changedAt,
  progress: job.progress,
  result: job.result,
  why: job.why && { code: job.why.code, message: job.why.message },
})
