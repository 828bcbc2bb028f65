import { View } from '@tarojs/components'
import { StatusTag } from '../../components/status-tag'
import { kindIcons, kindLabels, levelLabels } from '../../words/unit'
import { endOf, type KeptUnit } from '../../words/unit-change'
import './unit-tags.css'

interface UnitTagsProps {
  readonly unit: Pick<KeptUnit, 'kind' | 'level' | 'endsAt'>
  readonly now: number
}

/** What a unit is, of which level, and whether it ends. */
export function UnitTags({ unit, now }: UnitTagsProps) {
  const end = endOf(unit, now)
  return (
    <View className="unit-tags">
      <StatusTag tone="plain" icon={kindIcons[unit.kind]} text={kindLabels[unit.kind]} />
      <View className="unit-tags__level">{levelLabels[unit.level]}</View>
      {end && <StatusTag {...end} />}
    </View>
  )
}
