import { View } from '@tarojs/components'
import { firstRows } from '../../../cloudfunctions/contexts/page/rules/page-questions'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { chosenArea } from '../../services/chosen-area'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import { figuresAsOf } from '../../words/figures'
import { appealedLabel } from '../../words/red-face-cause'
import { daysListed } from '../../words/red-face-entry'
import { nothingListed } from './words'
import './red-face-headline.css'

interface RedFaceHeadlineProps {
  readonly unitId: string
  /** The area in the resident's words. */
  readonly areaName: string
}

/** The list in one card: how many, how many put right, and the entry that weighs most. */
export function RedFaceHeadline({ unitId, areaName }: RedFaceHeadlineProps) {
  const { query } = useQuery('redFace.list', { unitId, tab: 'public', limit: firstRows.homeRedFaces })
  if (query.state === 'failed') return null

  const list = query.state === 'ready' ? query.value : undefined
  const top = list?.rows[0]
  const asOfText = list && figuresAsOf(list.asOf, serverNow())
  const open = () => {
    chosenArea.keep(unitId)
    openPage('redFace')
  }
  return (
    <Pressable
      className={`red-face-headline ${list?.publicCount === 0 && list.asOf !== null ? 'red-face-headline--clear' : ''}`}
      name="red-face-headline"
      onPress={open}
    >
      <View className="red-face-headline__head">
        <View className="red-face-headline__title">{areaName}红脸榜</View>
        <Icon name="chevron-right" size={1.1} />
      </View>
      <View className="red-face-headline__count">
        <View className="red-face-headline__number">{list ? list.publicCount : '…'}</View>
        <View className="red-face-headline__words">
          件没办好的事
          {list && list.clearedCount > 0 && list.asOf !== null ? `，已下榜${list.clearedCount}件` : ''}
        </View>
      </View>
      {top && (
        <View className="red-face-headline__top">
          <View className="red-face-headline__summary">{top.summary}</View>
          <View className="red-face-headline__fact">
            {top.branch.name} · {top.isAppealed ? appealedLabel : `上榜第${daysListed(top)}天`}
          </View>
        </View>
      )}
      {list && !top && <View className="red-face-headline__fact">{nothingListed(list).hint}</View>}
      {asOfText && <View className="red-face-headline__fact">{asOfText}</View>}
    </Pressable>
  )
}
