import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { openPage } from '../../services/navigation'
import { ringUp } from '../../services/phone'
import { kindLabels, type UnitRef, type UnitView } from './words'
import './branch-head.css'

interface BranchHeadProps {
  readonly unit: UnitView
  /** From the region down to the unit just above. */
  readonly parents: readonly UnitRef[]
}

/** Who it is, under whom, and how to reach it. */
export function BranchHead({ unit, parents }: BranchHeadProps) {
  const { name, areaName, kind, phone, address } = unit
  return (
    <View className="branch-head">
      {parents.length > 0 && (
        <View className="branch-head__parents" aria-label="上级">
          {parents.map((parent) => (
            <View
              key={parent.id}
              className="branch-head__parent"
              role="button"
              data-test="parent-unit"
              onClick={() => openPage('branch', { unitId: parent.id })}
            >
              <View>{parent.name}</View>
              <Icon name="chevron-right" size={0.9} />
            </View>
          ))}
        </View>
      )}
      <View className="branch-head__name" role="heading">
        {name}
      </View>
      <View className="branch-head__area">
        {kindLabels[kind]} · {areaName}
      </View>
      {phone !== null && (
        <View
          className="branch-head__contact"
          role="button"
          data-test="ring-up"
          onClick={() => ringUp(phone)}
        >
          <Icon name="phone" size={1.2} />
          <View className="branch-head__phone">{phone}</View>
          <View>打电话</View>
        </View>
      )}
      {address !== null && (
        <View className="branch-head__address">
          <Icon name="map-pin" size={1.2} />
          <View>{address}</View>
        </View>
      )}
    </View>
  )
}
