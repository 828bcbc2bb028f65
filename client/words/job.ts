import { isOpenJob, type JobStatus, jobKindLabels } from '../../cloudfunctions/contexts/job/rules/job-kinds'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import type { Word } from './sign'
import { countOf, readyCount, verdictWords } from './unit-list'

export type JobView = OutputOf<'job.get'>

export const jobStatusWords: Readonly<Record<JobStatus, Word>> = {
  queued: { text: '排着队', icon: 'hourglass', tone: 'waiting' },
  running: { text: '正在弄', icon: 'refresh-cw', tone: 'working' },
  done: { text: '弄好了', icon: 'circle-check', tone: 'done' },
  failed: { text: '没弄成', icon: 'circle-alert', tone: 'alert' },
  cancelled: { text: '已停下', icon: 'ban', tone: 'plain' },
}

/** What long work is called: by its kind, and by its file where it has one. */
export const jobTitle = ({ kind, fileName }: Pick<JobView, 'kind' | 'fileName'>): string =>
  fileName === null ? jobKindLabels[kind] : `${jobKindLabels[kind]}：${fileName}`

/** How far it is, or what came of it. */
export const jobOutcome = (job: JobView): string | undefined => {
  const { status, kind, progress, result, why } = job
  if (status === 'failed') return why?.message
  if (isOpenJob(job)) return progress.total === 0 ? undefined : `${progress.done} / ${progress.total}`
  if (!result) return undefined
  const bad = countOf(result, 'bad')
  const wrong = bad > 0 ? [kind === 'unit-check' ? `${bad}行有问题` : `${bad}行没进去`] : []
  if (kind === 'unit-check') return [`${readyCount(result)}行能导入`, ...wrong].join('，')
  const done = [
    [countOf(result, 'added'), verdictWords.added.text],
    [countOf(result, 'changed'), '改了'],
    [countOf(result, 'closed'), '撤了'],
  ] as const
  const said = done.flatMap(([count, word]) => (count > 0 ? [`${word}${count}个`] : []))
  return [...(said.length > 0 ? said : ['没有要改的']), ...wrong].join('，')
}
