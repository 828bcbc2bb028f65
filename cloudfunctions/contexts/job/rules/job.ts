import { minuteMs } from '../../../ground/instant'
import type { Refusal } from '../../../ground/result'
import { begin, enqueue, finish, record } from '../../../journal/rules/change'
import type { CommandOrigin, Journalled, TraceLine } from '../../../journal/rules/journalled'
import { isOpenJob, type JobKind, type JobStatus } from './job-kinds'

/** How far it has come, in what it counts by: rows, files, units. */
export interface Progress {
  readonly done: number
  readonly total: number
  readonly bad: number
}

/** What came of it, counted: 37 added, 4 bad. */
export type JobResult = Readonly<Record<string, number>>

/** What a worker is handed and what it remembers: plain data, as it lies in the database. */
export type PlainData = Readonly<Record<string, unknown>>

/** Long work of one kind for one unit, worked off in slices. */
export interface Job
  extends Journalled<
    TraceLine<'begun' | 'started' | 'done' | 'failed' | 'cancelled', JobStatus>,
    { readonly kind: 'tell' }
  > {
  readonly kind: JobKind
  readonly unitId: string
  /** Whoever began it, who is told when it is done. */
  readonly accountId: string
  readonly begunAt: number
  readonly input: PlainData
  /** What its worker remembers between two slices. */
  readonly memory: PlainData | null
  readonly progress: Progress
  readonly result: JobResult | null
  /** Why it failed. */
  readonly why: Refusal | null
  /** A slice is being worked on until then at the latest; null when none is. */
  readonly leaseUntilAt: number | null
  /** How many slices have begun since one of them last came forward. */
  readonly tries: number
}

/** Longer than any slice: whoever has not said a word by then is no more. */
const leaseMs = 1.5 * minuteMs

/** What has not come forward so often is given up, so that it is nobody's burden. */
export const mostTries = 5

/** Whether a slice of it may begin: nobody is working on it, or whoever was has been ended. */
export const isFree = (job: Pick<Job, 'status' | 'leaseUntilAt'>, now: number): boolean =>
  isOpenJob(job) && (job.leaseUntilAt === null || job.leaseUntilAt <= now)

/** When it is to be looked at: at once, or when whoever works on it must have said a word; never when it is over. */
const lookAt = (job: Pick<Job, 'status' | 'leaseUntilAt' | 'changedAt'>): number | null =>
  isOpenJob(job) ? (job.leaseUntilAt ?? job.changedAt) : null

type Changed = Partial<
  Pick<Job, 'status' | 'memory' | 'progress' | 'result' | 'why' | 'leaseUntilAt' | 'tries'>
>

const change = (job: Job, at: number, changed: Changed, origin?: CommandOrigin, nextLook?: number): Job => {
  const next = begin(job, at, origin)
  const { draft } = next
  Object.assign(draft, changed)
  if (draft.status !== job.status) {
    const isBegun = job.rev === 0
    const kind = isBegun
      ? 'begun'
      : draft.status === 'queued' || draft.status === 'running'
        ? 'started'
        : draft.status
    record<Job>(next, { kind })
    if (!isOpenJob(draft) && draft.status !== 'cancelled') enqueue<Job>(next, { kind: 'tell' })
  }
  return finish(next, (one) => {
    one.nextClockAt = nextLook ?? lookAt(one)
  })
}

/** What somebody asks to be done. */
export interface NewJob {
  readonly id: string
  readonly kind: JobKind
  readonly unitId: string
  readonly accountId: string
  readonly input: PlainData
}

/** Work that waits for its first slice. */
export const queueJob = (asked: NewJob, at: number, origin: CommandOrigin): Job => {
  const blank: Job = {
    ...asked,
    rev: 0,
    status: 'queued',
    changedAt: at,
    nextClockAt: at,
    clockMarks: [],
    timeline: [],
    outbox: [],
    begunAt: at,
    memory: null,
    progress: { done: 0, total: 0, bad: 0 },
    result: null,
    why: null,
    leaseUntilAt: null,
    tries: 0,
  }
  const next = begin(blank, at, origin)
  record<Job>(next, { kind: 'begun' })
  return finish(next, () => undefined)
}

/** Somebody begins a slice of it, and is alone with it until the lease is over. */
export const claim = (job: Job, at: number): Job =>
  change(job, at, { status: 'running', leaseUntilAt: at + leaseMs, tries: job.tries + 1 })

/** A slice has come forward, and goes on. */
export const comeForward = (job: Job, at: number, progress: Progress, memory: PlainData | null): Job =>
  change(job, at, { progress, memory, leaseUntilAt: at + leaseMs, tries: 0 })

/** A slice is over, and the next may begin at once. */
export const giveBack = (job: Job, at: number): Job => change(job, at, { leaseUntilAt: null })

/** A slice has failed: the next one waits longer each time. */
export const putOff = (job: Job, at: number): Job =>
  change(job, at, { leaseUntilAt: null }, undefined, at + minuteMs * 2 ** (job.tries - 1))

/** It is done. */
export const complete = (job: Job, at: number, progress: Progress, result: JobResult): Job =>
  change(job, at, { status: 'done', progress, result, memory: null, leaseUntilAt: null })

/** It cannot be done, and whoever began it is told why. */
export const giveUp = (job: Job, at: number, why: Refusal): Job =>
  change(job, at, { status: 'failed', why, memory: null, leaseUntilAt: null })

/** Whoever began it, or their unit, does not want it any more; what has been done stays done. */
export const cancel = (job: Job, at: number, origin: CommandOrigin): Job =>
  change(job, at, { status: 'cancelled', memory: null, leaseUntilAt: null }, origin)
