import type { OutputOf } from '../contract'
import type { Job } from '../rules/job'

export const toJobView = (job: Job): OutputOf<'job.get'> => ({
  id: job.id,
  kind: job.kind,
  status: job.status,
  unitId: job.unitId,
  begunAt: job.begunAt,
  changedAt: job.changedAt,
  progress: job.progress,
  result: job.result,
  why: job.why && { code: job.why.code, message: job.why.message },
})
