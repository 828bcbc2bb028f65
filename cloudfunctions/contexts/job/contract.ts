import * as z from 'zod/mini'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { ordinarySteps } from '../../terms/limits'
import { at, commandId, cursor, id, pageSize, text } from '../../terms/primitives'
import { jobKinds, jobStatuses } from './rules/job-kinds'

/** Long work as whoever began it sees it. */
export const jobView = z.object({
  id: text,
  kind: z.enum(jobKinds),
  status: z.enum(jobStatuses),
  unitId: text,
  /** What the file is called that it is about; null where there is none. */
  fileName: z.nullable(text),
  /** The job that it goes on from, as an import from what was looked through. */
  ofJobId: z.nullable(text),
  begunAt: at,
  changedAt: at,
  progress: z.object({ done: z.number(), total: z.number(), bad: z.number() }),
  /** What came of it, counted; null while it has not come to an end. */
  result: z.nullable(z.record(z.string(), z.number())),
  /** Why it failed, in words for the screen. */
  why: z.nullable(z.object({ code: text, message: text })),
})

export const jobContract = {
  'job.get': query(z.strictObject({ jobId: id }), jobView),
  'job.list': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({ rows: z.array(jobView), nextCursor: z.nullable(z.string()) }),
  ),
  /** What has been done stays done; cancelled again it answers the same. */
  'job.cancel': command(z.strictObject({ commandId, jobId: id }), jobView),
} as const

/** Served by the function that works on jobs: asked there, the work begins at once. */
export const workContract = {
  /** Works on it for as long as one waits, and answers how far it has come. Sent again it goes on. */
  'job.nudge': command(z.strictObject({ jobId: id }), jobView, { ...ordinarySteps, group: 'job.nudge' }),
} as const

type Own = typeof jobContract & typeof workContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
