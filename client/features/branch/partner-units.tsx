import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { Icon } from '../../components/icon'
import type { UnitRef } from './words'
import './partner-units.css'

interface PartnerUnitsProps {
  readonly partners: readonly UnitRef[]
}

/** Units bound to help here. */
export function PartnerUnits({ partners }: PartnerUnitsProps) {
  return (
    <Card title="包联共建单位" aside={`${partners.length}家`}>
      {partners.map(({ id, name }) => (
        <View key={id} className="partner-units__row">
          <Icon name="building-2" size={1.15} />
          <View>{name}</View>
        </View>
      ))}
    </Card>
  )
}
