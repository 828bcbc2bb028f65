import { Card } from '../../components/card'
import { EmptyState } from '../../components/empty-state'
import { ListRow } from '../../components/rows'
import { openPage } from '../../services/navigation'
import type { Workplace } from './use-workplace'

interface NoHomeProps {
  /** Where the reader works, where that is no community either. */
  readonly workplace: Workplace | undefined
  readonly onChoose: () => void
}

/** Where no community is known: their work first, for who has some; then the question. */
export function NoHome({ workplace, onChoose }: NoHomeProps) {
  return (
    <>
      {workplace && (
        <Card>
          <ListRow
            name="open-queue"
            icon="briefcase"
            title="工作台"
            hint={workplace.unitName}
            onPress={() => openPage('queue', { unitId: workplace.unitId })}
          />
        </Card>
      )}
      <EmptyState
        icon="map-pin"
        title={workplace ? '想看身边的事，选一个社区（嘎查村）' : '先选您的社区（嘎查村）'}
        hint="选一次就记住，身边的事和红脸榜都在这里。"
        action={{ label: '选社区', onPress: onChoose }}
      />
    </>
  )
}
