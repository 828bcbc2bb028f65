import { View } from '@tarojs/components'
import type { ListVerdict } from '../../../cloudfunctions/contexts/unit-list/rules/judge-list'
import { BigButton } from '../../components/big-button'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { openPage } from '../../services/navigation'
import { type JobView, jobOutcome, jobStatusWords, outcomeParts } from '../../words/job'

interface ImportResultProps {
  readonly job: JobView
  readonly unitId: string
  /** A number opens the rows that it is of. */
  readonly onShow: (verdict: ListVerdict) => void
}

/** What came of entering a list. */
export function ImportResult({ job, unitId, onShow }: ImportResultProps) {
  const word = jobStatusWords[job.status]
  const isDone = job.status === 'done'
  const parts = outcomeParts(job)
  return (
    <View data-test="import-result">
      <Notice tone={word.tone} icon={word.icon} title={isDone ? '导入好了' : word.text}>
        {isDone && parts.length > 0 ? (
          <View className="import__counts">
            {parts.map(({ verdict, text }) => (
              <Pressable
                key={verdict}
                className="import__count"
                name={`show-${verdict}`}
                onPress={() => onShow(verdict)}
              >
                {text}
              </Pressable>
            ))}
          </View>
        ) : (
          <View>{jobOutcome(job)}</View>
        )}
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
