import { View } from '@tarojs/components'
import { BigButton } from '../../components/big-button'
import { Notice } from '../../components/rows'
import { openPage } from '../../services/navigation'
import { type JobView, jobOutcome, jobStatusWords } from '../../words/job'

interface ImportResultProps {
  readonly job: JobView
  readonly unitId: string
}

/** What came of entering a list. */
export function ImportResult({ job, unitId }: ImportResultProps) {
  const word = jobStatusWords[job.status]
  const isDone = job.status === 'done'
  return (
    <View data-test="import-result">
      <Notice tone={word.tone} icon={word.icon} title={isDone ? '导入好了' : word.text}>
        <View>{jobOutcome(job)}</View>
        {isDone && job.progress.bad > 0 && <View>没进去的还在下面，改好了再导入一次，不会重复。</View>}
        {isDone && (
          <View data-test="see-units">
            <BigButton
              label="看单位"
              icon="list-tree"
              tone="secondary"
              onPress={() => openPage('units', { unitId })}
            />
          </View>
        )}
      </Notice>
    </View>
  )
}
