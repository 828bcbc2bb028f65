import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { serverNow } from '../../services/server-time'
import { figuresAsOf } from '../../words/figures'
import type { RedFaceCounts } from './words'
import './red-face-board.css'

interface RedFaceBoardProps extends RedFaceCounts {
  readonly areaName: string
  readonly onChangeArea: () => void
  readonly onExplain: () => void
}

/** The head of the list: where, how many are on it, how many have left it, put right or not. */
export function RedFaceBoard(props: RedFaceBoardProps) {
  const { areaName, publicCount, clearedCount, asOf, onChangeArea, onExplain } = props
  const everCount = publicCount + clearedCount
  const clearedShare = everCount === 0 || asOf === null ? 0 : clearedCount / everCount
  const ever = everCount === 0 ? '还没有事上过榜' : `上过榜${everCount}件，已下榜${clearedCount}件`
  const asOfText = figuresAsOf(asOf, serverNow())
  return (
    <View className={`red-face-board ${publicCount === 0 && asOf !== null ? 'red-face-board--clear' : ''}`}>
      <View className="red-face-board__bar">
        <Pressable className="red-face-board__area" name="change-area" onPress={onChangeArea}>
          <Icon name="map-pin" size={1.1} />
          <View className="red-face-board__area-name">{areaName}</View>
          <View className="red-face-board__switch">换地方</View>
        </Pressable>
        <Pressable className="red-face-board__help" name="explain-rules" onPress={onExplain}>
          <Icon name="circle-help" size={1.1} />
          <View>规则</View>
        </Pressable>
      </View>
      <View className="red-face-board__count" data-test="red-face-count">
        <View className="red-face-board__number">{publicCount}</View>
        <View className="red-face-board__what">件没办好的事</View>
      </View>
      <View className="red-face-board__track">
        <View
          className="red-face-board__share"
          style={{ width: `${Math.round(clearedShare * 1000) / 10}%` }}
        />
      </View>
      <View className="red-face-board__cleared">
        {[...(asOf === null ? [] : [ever]), ...(asOfText ? [asOfText] : [])].join(' · ')}
      </View>
    </View>
  )
}
