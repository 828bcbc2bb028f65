import { ok, refusal } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import { settleWith } from '../../../journal/settle'
import type { MessagePart } from '../../report/rules/messages'
import type { JobWorkers, SliceEnd, WorkingPorts } from '../ports'
import {
  claim,
  comeForward,
  complete,
  giveBack,
  giveUp,
  isFree,
  type Job,
  mostTries,
  putOff,
} from '../rules/job'

/** More than a run gets through; what is behind them has its turn in the next. */
const mostAtOnce = 20

/** What one run has done. */
export interface WorkRun {
  readonly worked: number
  readonly told: number
  readonly failures: readonly { readonly id: string; readonly reason: string }[]
}

const partOf = (job: Job): MessagePart =>
  job.why === null
    ? { template: 'job-done', audience: 'persons', fields: { job: job.kind, bad: job.progress.bad } }
    : { template: 'job-failed', audience: 'persons', fields: { job: job.kind, because: job.why.message } }

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Works on jobs in slices. Two runs at once take different ones: a slice begins by a compare-and-set, and whoever has
 * lost the job writes nothing of it any more. A slice that fails or is ended half-way is begun anew, later each time,
 * and what has not come forward in five is given up: it holds up nobody.
 */
export const workOnJobs = (ports: WorkingPorts, workers: JobWorkers) => {
  const { jobs } = ports
  const write = writeAnew(jobs)
  const settle = settleWith<Job>(jobs, {
    tell: {
      project: async (job) => {
        await ports.inbox.deliver([
          {
            id: `job:${job.id}`,
            recipient: `account:${job.accountId}`,
            reportId: null,
            parts: [partOf(job)],
            at: job.changedAt,
            arrivedAt: job.changedAt,
          },
        ])
        return null
      },
    },
  })

  const endOf = (job: Job, end: SliceEnd, at: number): Job => {
    switch (end.kind) {
      case 'more':
        return giveBack(job, at)
      case 'done':
        return complete(job, at, end.progress, end.result)
      case 'failed':
        return giveUp(job, at, end.why)
    }
  }

  /** One slice of one job, where nobody else is working on it. Answers why it failed. */
  const slice = async (
    id: string,
    began: number,
    mayGoOn: () => boolean,
  ): Promise<{ readonly isWorked: boolean; readonly failed?: string }> => {
    const now = ports.timeIn(began)
    const claimed = await write(id, async (job) => {
      if (!isFree(job, now)) return ok(job)
      return ok(job.tries >= mostTries ? giveUp(job, now, refusal('job-given-up')) : claim(job, now))
    })
    if (!claimed?.ok || !claimed.value.isNew) return { isWorked: false }
    let job = claimed.value.after
    if (job.status !== 'running') {
      await settle(job, now, 'all')
      return { isWorked: true }
    }
    let end: SliceEnd
    try {
      end = await workers[job.kind]({
        job,
        now,
        mayGoOn,
        remember: async (progress, memory) => {
          const next = comeForward(job, ports.timeIn(began), progress, memory)
          if (!(await jobs.replace(job, next))) return false
          job = next
          return true
        },
      })
    } catch (error) {
      await jobs.replace(job, putOff(job, ports.timeIn(began)))
      return { isWorked: true, failed: reasonOf(error) }
    }
    const at = ports.timeIn(began)
    const after = endOf(job, end, at)
    if (await jobs.replace(job, after)) await settle(after, at, 'all')
    return { isWorked: true }
  }

  return {
    slice,
    /** One run of the timer: a slice of each that waits, in turns, as long as there is time. */
    run: async (began: number, mayGoOn: () => boolean): Promise<WorkRun> => {
      const failures: { id: string; reason: string }[] = []
      let worked = 0
      let told = 0
      const tried = new Set<string>()
      while (mayGoOn()) {
        const ids = await jobs.dueForClock(ports.timeIn(began), mostAtOnce, [...tried])
        if (ids.length === 0) break
        let isAny = false
        for (const id of ids) {
          if (!mayGoOn()) break
          const isInTurn = ports.newTurn()
          const { isWorked, failed } = await slice(id, began, () => isInTurn() && mayGoOn())
          if (isWorked) {
            worked += 1
            isAny = true
          }
          if (failed !== undefined) failures.push({ id, reason: failed })
          if (failed !== undefined || !isWorked) tried.add(id)
        }
        if (!isAny) break
      }
      for (const id of mayGoOn() ? await jobs.withOutbox(ports.timeIn(began), mostAtOnce, []) : []) {
        const job = await jobs.get(id)
        if (job && (await settle(job, ports.timeIn(began), 'all'))) told += 1
      }
      return { worked, told, failures }
    },
  }
}
