import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { openPage } from '../../services/navigation'
import './report-hero.css'

interface ReportHeroProps {
  /** On the web without a name: then it opens how and where one reports. */
  readonly isVisitor: boolean
}

/** The one thing most people come for. */
export function ReportHero({ isVisitor }: ReportHeroProps) {
  return (
    <Pressable className="report-hero" name="open-report" onPress={() => openPage('report')}>
      <View className="report-hero__sign">
        <Icon name="camera" size={2} />
      </View>
      <View className="report-hero__words">
        <View className="report-hero__label">上报</View>
        <View className="report-hero__hint">
          {isVisitor ? '网页上只能看；上报、传照片用微信小程序' : '拍张照，说一句，支部来办'}
        </View>
      </View>
    </Pressable>
  )
}
