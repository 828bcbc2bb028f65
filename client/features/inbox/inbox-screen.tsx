import { View } from '@tarojs/components'
import { useState } from 'react'
import { Notice } from '../../components/rows'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Skeleton } from '../../components/skeleton'
import { useQuery } from '../../services/use-query'
import { MessageList } from './message-list'
import './inbox-screen.css'

const ownKey = 'own'

interface InboxScreenProps {
  /** The unit whose messages are asked for; without it, the first the reader works for, else their own. */
  readonly askedUnitId: string | undefined
}

/** Messages to the units the reader works for and to the reader. */
export function InboxScreen({ askedUnitId }: InboxScreenProps) {
  const { query } = useQuery('me.get', {})
  const [chosen, setChosen] = useState(askedUnitId)
  if (query.state === 'loading') return <Skeleton />

  const memberships = query.state === 'ready' ? query.value.memberships : []
  const units = [...new Map(memberships.map(({ unitId, unitName }) => [unitId, unitName]))]
  const tabs = [...units.map(([key, label]) => ({ key, label })), { key: ownKey, label: '我自己的' }]
  // Whoever they are could not be asked: then the list itself says so.
  const isForeign = query.state === 'ready' && chosen !== undefined && !tabs.some(({ key }) => key === chosen)
  const shown = (isForeign ? undefined : chosen) ?? tabs[0]?.key ?? ownKey
  return (
    <View className="inbox-screen">
      {isForeign && (
        <Notice tone="waiting" icon="info">
          地址里的单位不是您的，下面是您能看的消息。
        </Notice>
      )}
      {units.length > 0 && <SegmentedTabs label="谁的消息" tabs={tabs} value={shown} onChange={setChosen} />}
      <MessageList key={shown} unitId={shown === ownKey ? undefined : shown} />
    </View>
  )
}
