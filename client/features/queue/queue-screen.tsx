import { View } from '@tarojs/components'
import { usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { firstTab } from '../../../cloudfunctions/contexts/report/rules/first-tab'
import { ChoiceChips } from '../../components/choice-chips'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd, ListRow, Notice } from '../../components/rows'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Skeleton } from '../../components/skeleton'
import { keepInAddress, openPage } from '../../services/navigation'
import { stopRefreshing } from '../../services/refresh'
import { usePages } from '../../services/use-pages'
import { useQuery } from '../../services/use-query'
import { type QueueTab, tabLabel } from '../../words/queue-tab'
import { hasQueue, keepsUnits, roleLabels } from '../../words/roles'
import { QueueHead } from './queue-head'
import { QueueRow } from './queue-row'
import { countListed, isQueueTab, nothingIn, type Workplace } from './words'
import './queue-screen.css'

interface QueueScreenProps {
  readonly askedUnitId?: string
  readonly askedTab?: string
}

/** The work list: people's requests are the work list, and there is no second form. */
export function QueueScreen({ askedUnitId, askedTab }: QueueScreenProps) {
  const me = useQuery('me.get', {})
  const [chosenUnitId, setChosenUnitId] = useState(askedUnitId)
  const { query } = me

  if (query.state === 'loading') return <Skeleton />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={me.retry} />
  const memberships = query.value.memberships.filter(({ role }) => hasQueue(role))
  const workplace = memberships.find(({ unitId }) => unitId === chosenUnitId) ?? memberships[0]
  if (!workplace) {
    const kept = query.value.memberships.find(({ role }) => keepsUnits(role))
    if (kept)
      return (
        <EmptyState
          icon="settings"
          title="您这里不办诉求"
          hint={`您管${kept.unitName}的单位和人。`}
          action={{ label: '去设置', onPress: () => openPage('settings', { unitId: kept.unitId }) }}
        />
      )
    return (
      <EmptyState
        icon="briefcase"
        title="您还没有工作单位"
        hint="支部和单位的同志由上级党委登记后，这里会出现待办。"
      />
    )
  }
  return (
    <View className="queue-screen">
      {chosenUnitId !== undefined && chosenUnitId !== workplace.unitId && (
        <Notice tone="waiting" icon="info">
          地址里的单位不是您的，下面是{workplace.unitName}的。
        </Notice>
      )}
      {memberships.length > 1 && (
        <View className="queue-screen__units">
          <ChoiceChips
            choices={memberships.map(({ unitId, unitName, role }) => ({
              value: unitId,
              label: unitName,
              hint: roleLabels[role],
            }))}
            value={workplace.unitId}
            onChange={(unitId) => {
              setChosenUnitId(unitId)
              keepInAddress('queue', { unitId })
            }}
            layout="rows"
            name="unit"
            label="以哪个单位的身份办理"
          />
        </View>
      )}
      <UnitQueue key={workplace.unitId} workplace={workplace} askedTab={askedTab} />
    </View>
  )
}

function UnitQueue({ workplace, askedTab }: { readonly workplace: Workplace; readonly askedTab?: string }) {
  const { unitId, role } = workplace
  const counts = useQuery('queue.counts', { unitId })
  const tabs = counts.query.state === 'ready' ? counts.query.value.tabs : []
  const asked = isQueueTab(askedTab) ? askedTab : undefined
  const [chosenTab, setChosenTab] = useState(asked)
  // The list is asked for together with the counts, and again if the unit turns out to have no such tab.
  const isKnown = tabs.length === 0 || tabs.some((one) => one.tab === chosenTab)
  const tab = (isKnown ? chosenTab : tabs[0]?.tab) ?? firstTab(role)
  const list = usePages('queue.list', { unitId, tab })
  const { pages, reload, retry, loadMore } = list
  useReachBottom(loadMore)
  usePullDownRefresh(() => {
    void Promise.all([reload(), counts.reload()]).finally(stopRefreshing)
  })

  useEffect(() => setChosenTab(asked), [asked])

  const choose = (chosen: QueueTab) => {
    setChosenTab(chosen)
    keepInAddress('queue', { unitId, tab: chosen })
  }

  if (counts.query.state === 'loading') return <Skeleton />
  if (counts.query.state === 'failed') {
    return <ErrorState message={counts.query.error.message} onRetry={counts.retry} />
  }
  return (
    <View>
      <QueueHead
        workplace={workplace}
        counts={counts.query.value}
        listed={{ tab, ...pages }}
        onOpenOverdue={() => choose('overdue')}
      />
      <SegmentedTabs
        label="待办"
        tabs={tabs.map((one) => ({
          key: one.tab,
          label: tabLabel(one.tab, role),
          count: one.tab === tab ? countListed(one.count, pages) : one.count,
        }))}
        value={tab}
        onChange={choose}
        isWrapped
      />
      <View className="queue-screen__rows">
        {pages.state === 'loading' && <Skeleton />}
        {pages.state === 'failed' && <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />}
        {pages.state === 'ready' && pages.rows.length === 0 && <EmptyState {...nothingIn(tab)} />}
        {pages.state === 'ready' && pages.rows.length > 0 && (
          <>
            <LongList
              rows={pages.rows}
              row={(card) => <QueueRow key={card.id} card={card} workplace={workplace} />}
            />
            <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
          </>
        )}
      </View>
      <View className="queue-screen__inbox">
        <ListRow
          icon="bell"
          title="单位消息"
          hint="新诉求、临期、返工、审批结果"
          onPress={() => openPage('inbox', { unitId })}
        />
      </View>
    </View>
  )
}
