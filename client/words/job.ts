import { isOpenJob, type JobStatus, jobKindLabels } from '../../cloudfunctions/contexts/job/rules/job-kinds'
import type { ListVerdict } from '../../cloudfunctions/contexts/unit-list/rules/judge-list'
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

/** What came of a list, count by count, each with the rows that it is of; nothing that is none. */
export const outcomeParts = ({
  kind,
  result,
}: Pick<JobView, 'kind' | 'result'>): readonly { readonly verdict: ListVerdict; readonly text: string }[] => {
  const isCheck = kind === 'unit-check'
  const said: readonly (readonly [verdict: ListVerdict, count: number, say: (count: number) => string])[] = [
    isCheck
      ? ['added', readyCount(result), (count) => `${count}行能导入`]
      : ['added', countOf(result, 'added'), (count) => `${verdictWords.added.text}${count}个`],
    ['changed', isCheck ? 0 : countOf(result, 'changed'), (count) => `改了${count}个`],
    ['closed', isCheck ? 0 : countOf(result, 'closed'), (count) => `撤了${count}个`],
    ['bad', countOf(result, 'bad'), (count) => (isCheck ? `${count}行有问题` : `${count}行没进去`)],
  ]
  return said.flatMap(([verdict, count, say]) => (count > 0 ? [{ verdict, text: say(count) }] : []))
}

/** How far it is, or what came of it. */
export const jobOutcome = (job: JobView): string | undefined => {
  const { status, progress, result, why } = job
  if (status === 'failed') return why?.message
  if (isOpenJob(job)) return progress.total === 0 ? undefined : `${progress.done} / ${progress.total}`
  if (!result) return undefined
  const parts = outcomeParts(job)
  return parts.length === 0 ? '没有要改的' : parts.map(({ text }) => text).join('，')
}
