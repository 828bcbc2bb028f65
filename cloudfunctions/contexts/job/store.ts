import type { Store } from '../../platform/cloudbase/database'
import {
  type JournalDocument,
  journalRepository,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import type { Jobs } from './ports'
import type { Job } from './rules/job'
import { isOpenJob } from './rules/job-kinds'

/** A job as stored, with what says that it is not over. */
export type JobDocument = JournalDocument<Job> & { readonly isOpen: boolean }

const toDocument = (job: Job): JobDocument => ({ ...toJournalDocument(job), isOpen: isOpenJob(job) })
const toJob = ({ isOpen: _isOpen, ...document }: JobDocument): Job => toJournalled<Job>(document)

export const jobRepository = (store: Store<'jobs' | 'job_sheets'>): Jobs => ({
  ...journalRepository<'jobs' | 'job_sheets', Job, JobDocument>(store, {
    collection: 'jobs',
    sheets: 'job_sheets',
    mayLeave: ['timeline', 'input', 'memory'],
    toDocument,
    toMatter: toJob,
    firstCome: [['_id', 'asc']],
  }),
  ofUnit: async (unitId, request) => {
    const page = await store.page<JobDocument>('jobs', { unitId }, ['begunAt', 'desc'], request)
    return { rows: page.rows.map(toJob), nextCursor: page.nextCursor }
  },
  countOpen: async (unitId, most) =>
    (await store.first('jobs', { unitId, isOpen: true }, [['_id', 'asc']], most, ['_id'])).length,
})
