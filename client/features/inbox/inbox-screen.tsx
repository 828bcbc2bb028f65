import { View } from '@tarojs/components'
import { useState } from 'react'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { useQuery } from '../../services/use-query'
import { MessageList } from './message-list'
import './inbox-screen.css'

const ownKey = 'own'

interface InboxScreenProps {
  /** The unit whose messages are asked for; the reader's own without it. */
  readonly askedUnitId: string | undefined
}

/** Messages to the reader and, for staff, to the units they work for. */
export function InboxScreen({ askedUnitId }: InboxScreenProps) {
  const { query } = useQuery('me.get', {})
  const [chosen, setChosen] = useState(askedUnitId ?? ownKey)

  const memberships = query.state === 'ready' ? query.value.memberships : []
  const units = [...new Map(memberships.map(({ unitId, unitName }) => [unitId, unitName]))]
  const tabs = [{ key: ownKey, label: '我自己的' }, ...units.map(([key, label]) => ({ key, label }))]
  return (
    <View className="inbox-screen">
      {units.length > 0 && <SegmentedTabs tabs={tabs} value={chosen} onChange={setChosen} />}
      <MessageList key={chosen} unitId={chosen === ownKey ? undefined : chosen} />
    </View>
  )
}
