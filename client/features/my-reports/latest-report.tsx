import { View } from '@tarojs/components'
import { LinkText, Section } from '../../components/card'
import { openPage } from '../../services/navigation'
import { useQuery } from '../../services/use-query'
import { MyReportRow } from './my-report-row'
import { asksMe, askTitle } from './words'

/** How far back one looks for a report that still waits for a word of theirs. */
const recentCount = 5

/** The resident's latest matter, or before it the latest that waits for a word of theirs; nothing without any. */
export function LatestReport() {
  const { query } = useQuery('report.mine', { limit: recentCount })
  const rows = query.state === 'ready' ? query.value.rows : []
  const report = rows.find(asksMe) ?? rows[0]
  if (!report) return null
  return (
    <View data-test="latest-report">
      <Section
        title={asksMe(report) ? askTitle([report]) : '我最近的诉求'}
        aside={<LinkText label="全部" onPress={() => openPage('mine')} />}
      >
        <MyReportRow report={report} />
      </Section>
    </View>
  )
}
