import { View } from '@tarojs/components'
import { numberText } from '../../../cloudfunctions/contexts/report/rules/report-number'
import { Countdown } from '../../components/countdown'
import { FactLine } from '../../components/fact-line'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { serverNow } from '../../services/server-time'
import type { Rules } from '../../services/use-rules'
import { countdownWords, runningDue } from '../../words/due'
import { metByText } from '../../words/households'
import { matterText, publicSummaryText } from '../../words/matter'
import { reportedAt, reportedText } from '../../words/row'
import { headlineOf, isOwn, isOwnSince, type ReportDetail } from './words'
import './status-head.css'

interface StatusHeadProps {
  readonly report: ReportDetail
  readonly rules: Rules | undefined
}

/** Where it stands, in one sentence, and how long is left. */
export function StatusHead({ report, rules }: StatusHeadProps) {
  const now = serverNow()
  const { tone, icon, text, hint } = headlineOf(report, now, rules)
  const matter = matterText(report)
  const publicSummary = publicSummaryText(report)
  const { categoryName } = report
  const due = runningDue(report)
  const isHeir = isOwn(report) && !isOwnSince(report, reportedAt(report))
  const facts = [
    ...(matter.includes(categoryName) ? [] : [categoryName]),
    reportedText(report, now, isOwn(report) && !isHeir ? '您' : '居民'),
    ...(isHeir ? ['现在由您跟进'] : []),
    metByText(report),
    ...(report.part !== null && !isOwn(report) ? ['您也遇到'] : []),
    report.number !== null && numberText(report.number),
  ]
  return (
    <View className="status-head" data-test="status-head">
      <View className={`status-head__line tone-${tone}`}>
        <Icon name={icon} size={1.3} />
        <Heading className="status-head__text">{text}</Heading>
      </View>
      {hint && <View className="status-head__hint">{hint}</View>}
      {due && (
        <View className="status-head__due">
          <Countdown say={(at) => countdownWords(due, at)} />
        </View>
      )}
      <View className="status-head__matter">{matter}</View>
      {publicSummary && <View className="status-head__public">{publicSummary}</View>}
      <View className="status-head__fact">
        <FactLine facts={facts} />
      </View>
    </View>
  )
}
