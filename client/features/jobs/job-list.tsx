import { View } from '@tarojs/components'
import { isOpenJob } from '../../../cloudfunctions/contexts/job/rules/job-kinds'
import { Card } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { Pressable } from '../../components/pressable'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { StatusTag } from '../../components/status-tag'
import { TextAction } from '../../components/text-action'
import { instantText } from '../../components/time-text'
import { useNow } from '../../components/use-now'
import { openPage } from '../../services/navigation'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { usePages } from '../../services/use-pages'
import { type JobView, jobOutcome, jobStatusWords, jobTitle } from '../../words/job'
import './job-list.css'

interface JobListProps {
  readonly unitId: string
  readonly title: string
}

/** What a unit has had done that takes long, latest first; nothing where there has been nothing. */
export function JobList({ unitId, title }: JobListProps) {
  const { pages, reload, retry, loadMore } = usePages('job.list', { unitId, limit: 10 })
  if (pages.state === 'loading') return <Skeleton count={1} />
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.rows.length === 0) return null
  return (
    <Card title={title}>
      <View data-test="jobs">
        <LongList rows={pages.rows} row={(job) => <JobRow job={job} onEnded={() => void reload()} />} />
        {pages.nextCursor !== null && (
          <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={() => void loadMore()} />
        )}
      </View>
    </Card>
  )
}

interface JobRowProps {
  readonly job: JobView
  readonly onEnded: () => void
}

function JobRow({ job, onEnded }: JobRowProps) {
  const now = useNow()
  const { run, isBusy } = useCommand('job.cancel')
  const word = jobStatusWords[job.status]
  const outcome = jobOutcome(job)

  const cancel = async (): Promise<void> => {
    const ended = await run({ jobId: job.id })
    toast(ended.ok ? '停下了，已经办的留着' : ended.error.message)
    onEnded()
  }

  return (
    <View className="job-list__row">
      <Pressable
        className="job-list__job"
        name={`job-${job.kind}`}
        onPress={() => openPage('importUnits', { unitId: job.unitId, jobId: job.id })}
      >
        <View className="job-list__title">{jobTitle(job)}</View>
        <View className="job-list__line">
          <StatusTag {...word} />
          <View className="job-list__when">{instantText(job.begunAt, now)}</View>
        </View>
        {outcome && <View className="job-list__outcome">{outcome}</View>}
      </Pressable>
      {isOpenJob(job) && !isBusy && <TextAction label="停下" onPress={() => void cancel()} />}
    </View>
  )
}
