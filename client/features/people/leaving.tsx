import { View } from '@tarojs/components'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { Card } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { Facts, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { useQuery } from '../../services/use-query'
import { tabLabel } from '../../words/queue-tab'
import { roleLabels } from '../../words/roles'
import { personText, type Seat } from './words'
import './people.css'

type Left = OutputOf<'people.leaving'>

const tabs = ['waiting', 'working', 'check', 'suspended'] as const

const factsOf = ({ seat: { role }, open, inHandCount, partners }: Left) =>
  [
    ...tabs.map((tab) => ({ label: tabLabel(tab, role), value: `${open[tab]}` })),
    { label: '他手上', value: inHandCount === 0 ? '没有单派给他' : `${inHandCount}，他走了回到单位` },
    {
      label: '共建',
      value:
        partners.length === 0
          ? '没有'
          : partners.map(({ name, phone }) => (phone === null ? name : `${name} ${phone}`)).join('；'),
    },
  ] as const

/** What somebody leaves behind: the unit's open matters, what they have in hand, whom the unit works with. */
export function Leaving({ seat }: { readonly seat: Seat }) {
  const { query, retry } = useQuery('people.leaving', { seatId: seat.id })
  if (query.state === 'loading') return <Skeleton count={1} />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />
  const left = query.value
  return (
    <View className="leaving" data-test="leaving">
      {left.isLast && (
        <Notice tone="alert" icon="circle-alert" title={`没有别的${roleLabels[seat.role]}了`}>
          {personText(seat)}走了，这里的诉求先由上一级接着，不会没人管。
        </Notice>
      )}
      <Card title="留下来的">
        <Facts facts={factsOf(left)} />
      </Card>
    </View>
  )
}
