import { View } from '@tarojs/components'
import { aria } from '../../components/aria'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { openPage } from '../../services/navigation'
import { ringUp } from '../../services/phone'
import { kindLabels } from '../../words/unit'
import type { UnitRef, UnitView } from './words'
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
        <View className="branch-head__parents" {...aria({ role: 'group', label: '上级' })}>
          {parents.map((parent) => (
            <Pressable
              key={parent.id}
              className="branch-head__parent"
              name="parent-unit"
              onPress={() => openPage('branch', { unitId: parent.id })}
            >
              <View>{parent.name}</View>
              <Icon name="chevron-right" size={0.9} />
            </Pressable>
          ))}
        </View>
      )}
      <Heading className="branch-head__name">{name}</Heading>
      <View className="branch-head__area">
        {kindLabels[kind]} · {areaName}
      </View>
      {phone !== null && (
        <Pressable className="branch-head__contact" name="ring-up" onPress={() => ringUp(phone)}>
          <Icon name="phone" size={1.2} />
          <View className="branch-head__phone">{phone}</View>
          <View>打电话</View>
        </Pressable>
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
