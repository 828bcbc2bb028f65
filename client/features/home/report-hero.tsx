import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { openPage } from '../../services/navigation'
import './report-hero.css'

/** The one thing most people come for. */
export function ReportHero() {
  return (
    <Pressable className="report-hero" name="open-report" onPress={() => openPage('report')}>
      <View className="report-hero__sign">
        <Icon name="camera" size={2} />
      </View>
      <View className="report-hero__words">
        <View className="report-hero__label">上报</View>
        <View className="report-hero__hint">拍张照，说一句，支部来办</View>
      </View>
    </Pressable>
  )
}
