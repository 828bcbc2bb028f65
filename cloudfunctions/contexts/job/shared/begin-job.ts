import { ok, type Result, refuse } from '../../../ground/result'
import { bringIn } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { JobPorts } from '../ports'
import { type Job, type PlainData, queueJob } from '../rules/job'
import type { JobKind } from '../rules/job-kinds'

/** More of one unit's is waited for before it has another done. */
const mostOpen = 5

/** Somebody has something done that takes long. */
interface Asked {
  readonly accountId: string
  readonly commandId: string
  /** The call it was asked by. */
  readonly action: string
  readonly kind: JobKind
  readonly unitId: string
  readonly input: PlainData
}

/**
 * Queues long work; the same command again answers the same job. Whoever calls has been authorised. Refuses
 * `command-reused`, `too-many-jobs`.
 */
export const beginJob =
  (ports: JobPorts) =>
  async ({ accountId, commandId, action, kind, unitId, input }: Asked, now: number): Promise<Result<Job>> => {
    const id = `j${ports.keyed(`job|${accountId}|${commandId}`).slice(0, 24)}`
    const digest = commandDigest(ports.keyed, accountId, action, { unitId, ...input })
    // What is left when it is over is told by whoever works on it.
    return bringIn(ports.jobs, async (job: Job) => job)<null, Job>(id, now, {
      by: accountId,
      digest,
      look: async () =>
        (await ports.jobs.countOpen(unitId, mostOpen)) < mostOpen ? ok(null) : refuse('too-many-jobs'),
      make: async () =>
        queueJob({ id, kind, unitId, accountId, input }, now, { id: commandId, action, digest }),
      answer: (job) => job,
    })
  }
