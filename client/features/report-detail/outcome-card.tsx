import { View } from '@tarojs/components'
import { BeforeAfter } from '../../components/before-after'
import { Card } from '../../components/card'
import { StatusTag } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { serverNow } from '../../services/server-time'
import {
  contactedWord,
  earlierVerdictText,
  isResultNow,
  pastResultText,
  satisfactionWords,
  solvedWords,
  verdictsOf,
} from '../../words/verdict'
import { checkText, type ReportDetail } from './words'
import './outcome-card.css'

interface OutcomeCardProps {
  readonly report: ReportDetail
}

/** What was done, shown before and after, and what the resident said to it. */
export function OutcomeCard({ report }: OutcomeCardProps) {
  const { resolution, photos } = report
  const now = serverNow()
  if (!resolution) return null
  const { latest, earlier } = verdictsOf(report)
  const before = resolution.before.length > 0 ? resolution.before : photos
  return (
    <Card
      title={isResultNow(report) ? '办成什么样' : pastResultText(report)}
      aside={instantText(resolution.at, now)}
    >
      <View data-test="outcome">
        <View className="outcome-card__note">
          {resolution.note}
          {resolution.remedy === 'temporary' && '（先这样应急，还要根治）'}
        </View>
        <View className="outcome-card__fact">
          {[`${resolution.byUnitName}干的活`, checkText(report)].filter(Boolean).join('，')}
        </View>
        <BeforeAfter before={before} after={resolution.after} />
        {[...latest, ...earlier].map((rating) => (
          <View key={rating.at} className="outcome-card__rating">
            <View className="outcome-card__fact">
              {rating.isYours ? '您' : '居民'}
              {instantText(rating.at, now)}的评价
              {earlier.includes(rating) && `，${earlierVerdictText}`}
            </View>
            <View className="outcome-card__tags">
              {rating.contacted !== null && <StatusTag {...contactedWord(rating.contacted)} />}
              <StatusTag {...solvedWords[rating.solved]} />
              <StatusTag {...satisfactionWords[rating.satisfaction]} />
            </View>
            {rating.remark && <View className="outcome-card__remark">“{rating.remark}”</View>}
          </View>
        ))}
      </View>
    </Card>
  )
}
