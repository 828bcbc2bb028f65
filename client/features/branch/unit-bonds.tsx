import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { Icon } from '../../components/icon'
import { VisitCard } from '../../components/visit-card'
import { useGround } from '../../services/use-ground'
import { useQuery } from '../../services/use-query'
import { atTheCentre, centreTitle } from '../../words/centre'
import './unit-bonds.css'

/** Where one can go in person, and with whom the unit works together; nothing where there is neither. */
export function UnitBonds({ unitId }: { readonly unitId: string }) {
  const { query } = useQuery('bond.ofUnit', { unitId })
  const areas = useGround(query.state === 'ready' ? query.value.centres[0]?.unit.id : undefined)
  if (query.state !== 'ready') return null
  const { centres, alliances } = query.value
  return (
    <>
      {centres.map((centre) => (
        <VisitCard key={centre.id} title={centreTitle} hint={atTheCentre} areas={areas} {...centre} />
      ))}
      {alliances.length > 0 && (
        <Card title="共建联合体" aside={`${alliances.length}个`}>
          {alliances.map(({ id, name, purpose }) => (
            <View key={id} className="unit-bonds__row" data-test="alliance-row">
              <Icon name="users" size={1.15} />
              <View>
                <View>{name}</View>
                {purpose && <View className="unit-bonds__purpose">{purpose}</View>}
              </View>
            </View>
          ))}
        </Card>
      )}
    </>
  )
}
