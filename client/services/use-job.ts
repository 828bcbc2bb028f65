import { useEffect } from 'react'
import { isOpenJob } from '../../cloudfunctions/contexts/job/rules/job-kinds'
import { call } from './api'
import { isOfflineNow } from './network'
import { noteAnswerTo, useQuery } from './use-query'

/** A call that works on a job answers when its turn is over; how far it is meanwhile is asked so often. */
const lookEachMs = 2_000
const pauseMs = 1_000
/** Where nobody answers one waits longer. */
const patienceMs = 5_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Works on a job until it is over, or nobody looks any more. */
const workOn = async (jobId: string, isLookedAt: () => boolean): Promise<void> => {
  while (isLookedAt()) {
    const outcome = await call('job.nudge', { jobId })
    if (outcome.ok) {
      noteAnswerTo('job.get', { jobId }, outcome.value, outcome.now)
      if (!isOpenJob(outcome.value)) return
    }
    await pause(outcome.ok ? pauseMs : patienceMs)
  }
}

/** Long work of one's own or of a colleague's: how far it is, and with whoever looks it goes on at once. */
export const useJob = (jobId: string | undefined) => {
  const { query, reload, retry } = useQuery('job.get', jobId === undefined ? undefined : { jobId })
  const job = query.state === 'ready' ? query.value : undefined
  const openId = job && isOpenJob(job) ? job.id : undefined

  useEffect(() => {
    if (openId === undefined) return
    let isGone = false
    void workOn(openId, () => !isGone)
    const timer = setInterval(() => {
      void isOfflineNow().then((isOffline) => {
        if (!isGone && !isOffline) void reload()
      })
    }, lookEachMs)
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [openId, reload])

  return { query, job, reload, retry }
}
