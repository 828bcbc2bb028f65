import { View } from '@tarojs/components'
import { firstRows } from '../../../cloudfunctions/contexts/page/rules/page-questions'
import { LinkText, Section } from '../../components/card'
import { openPage } from '../../services/navigation'
import { useQuery } from '../../services/use-query'
import { MyReportRow } from './my-report-row'
import { asksMe, askTitle } from './words'

const mostAsking = 2

/**
 * What waits for a word of the resident's, however old it is, and what they reported last; nothing without any. The one
 * never stands in the place of the other.
 */
export function LatestReport() {
  const { query } = useQuery('report.mine', { limit: firstRows.homeMine })
  const rows = query.state === 'ready' ? query.value.rows : []
  const asking = rows.filter(asksMe)
  const shown = asking.slice(0, mostAsking)
  const [latest] = rows.filter((report) => !shown.includes(report))
  const all = <LinkText label="全部" onPress={() => openPage('mine')} />
  return (
    <>
      {shown.length > 0 && (
        <View data-test="asking-reports">
          <Section
            title={
              asking.length > shown.length ? `${askTitle(asking)}（${asking.length}件）` : askTitle(asking)
            }
            aside={all}
          >
            {shown.map((report) => (
              <MyReportRow key={report.id} report={report} />
            ))}
          </Section>
        </View>
      )}
      {latest && (
        <View data-test="latest-report">
          <Section title="我最近的诉求" aside={shown.length === 0 ? all : undefined}>
            <MyReportRow report={latest} />
          </Section>
        </View>
      )}
    </>
  )
}
