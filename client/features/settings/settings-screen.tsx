import { Card } from '../../components/card'
import { ChoiceChips } from '../../components/choice-chips'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { ListRow } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { WorkFrame } from '../../components/work-frame'
import { openPage, replacePage } from '../../services/navigation'
import { useQuery } from '../../services/use-query'
import { adminPlaces } from '../../words/admin-places'
import { posterLabel } from '../../words/receipt'
import { keepsUnits } from '../../words/roles'

const title = '设置'
const here = 'settings'

/** Where a unit's admin begins: what is kept up here, and where. */
export function SettingsScreen({ unitId: named }: { readonly unitId?: string | undefined }) {
  const { query, retry } = useQuery('me.get', {})
  if (query.state !== 'ready')
    return (
      <WorkFrame title={title} places={[]} here={here}>
        {query.state === 'loading' ? (
          <Skeleton shape="page" />
        ) : (
          <ErrorState message={query.error.message} onRetry={retry} />
        )}
      </WorkFrame>
    )
  const kept = query.value.memberships.filter(({ role }) => keepsUnits(role))
  const unit = kept.find(({ unitId }) => unitId === named) ?? kept[0]
  if (!unit)
    return (
      <WorkFrame title={title} places={[]} here={here}>
        <EmptyState icon="settings" title="这里要管理员来设" hint="单位和人由上一级的管理员邀请、登记。" />
      </WorkFrame>
    )
  const places = adminPlaces(unit.unitId)
  return (
    <WorkFrame title={title} unitName={unit.unitName} places={places} here={here}>
      {kept.length > 1 && (
        <ChoiceChips
          choices={kept.map(({ unitId, unitName }) => ({ value: unitId, label: unitName }))}
          value={unit.unitId}
          onChange={(unitId) => replacePage('settings', { unitId })}
        />
      )}
      <Card title={unit.unitName}>
        {places
          .filter(({ key }) => key !== here)
          .map(({ key, label, icon, onOpen }) => (
            <ListRow key={key} name={`open-${key}`} icon={icon} title={label} onPress={onOpen} />
          ))}
        <ListRow
          name="open-poster"
          icon="printer"
          title={posterLabel}
          onPress={() => openPage('poster', { unitId: unit.unitId })}
        />
      </Card>
    </WorkFrame>
  )
}
