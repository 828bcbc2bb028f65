import { View } from '@tarojs/components'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { useNow } from '../../components/use-now'
import { figuresAsOf } from '../../words/figures'
import { type Listed, lateCount, overdueText, type Workplace } from './words'
import './queue-head.css'

interface QueueHeadProps {
  readonly workplace: Workplace
  readonly counts: OutputOf<'queue.counts'>
  readonly listed: Listed
  readonly onOpenOverdue: () => void
}

/** Whose list it is, and whether something of it is late: by the figures, and by the rows below. */
export function QueueHead({ workplace, counts, listed, onOpenOverdue }: QueueHeadProps) {
  const now = useNow()
  const late = lateCount(counts.overdueCount, listed, now)
  const opens = listed.tab !== 'overdue' && counts.tabs.some(({ tab }) => tab === 'overdue')
  const asOfText = figuresAsOf(counts.asOf, now)
  return (
    <View className="queue-head">
      <View className="queue-head__unit">{workplace.unitName}</View>
      {late > 0 && (
        <Pressable
          className="queue-head__overdue"
          name="overdue-count"
          onPress={opens ? onOpenOverdue : undefined}
        >
          {overdueText(late, workplace.role)}
          {opens && <Icon name="chevron-right" size={1} />}
        </Pressable>
      )}
      {late === 0 && counts.asOf !== null && listed.state === 'ready' && (
        <View className="queue-head__fine">都在时限之内</View>
      )}
      {asOfText && <View className="queue-head__as-of">{asOfText}</View>}
    </View>
  )
}
