import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { ErrorState } from '../../components/empty-state'
import { ListRow, Notice } from '../../components/rows'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Skeleton } from '../../components/skeleton'
import { chosenArea } from '../../services/chosen-area'
import { openPage } from '../../services/navigation'
import { usePages } from '../../services/use-pages'
import { AreaSheet } from './area-sheet'
import { RedFaceBoard } from './red-face-board'
import { RedFaceRows } from './red-face-rows'
import { RulesSheet } from './rules-sheet'
import { useShownArea } from './use-shown-area'
import { areaLabel, type RedFaceCounts, type UnitView } from './words'
import './red-face-screen.css'

type ListTab = 'public' | 'cleared'

interface RedFaceScreenProps {
  /** An area the address asks for. */
  readonly askedUnitId?: string
}

/** The public red-face list of an area. */
export function RedFaceScreen({ askedUnitId }: RedFaceScreenProps) {
  useEffect(() => {
    if (askedUnitId) chosenArea.keep(askedUnitId)
  }, [askedUnitId])

  const { query, retry, isMissed } = useShownArea()
  if (query.state === 'loading') return <Skeleton shape="page" />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />
  return (
    <>
      {isMissed && (
        <Notice tone="waiting" icon="info">
          没有找到地址里的地方，下面是{areaLabel(query.value.unit)}的。
        </Notice>
      )}
      <AreaList key={query.value.unit.id} unit={query.value.unit} />
    </>
  )
}

function AreaList({ unit }: { readonly unit: UnitView }) {
  const [tab, setTab] = useState<ListTab>('public')
  const [sheet, setSheet] = useState<'area' | 'rules'>()
  const [counts, setCounts] = useState<RedFaceCounts>()
  const list = usePages('redFace.list', { unitId: unit.id, tab })
  const { first } = list.pages

  // The counts come with either list; they stay on the board while the other list is on its way.
  useEffect(() => {
    if (first) setCounts(first)
  }, [first])

  return (
    <View className="red-face-screen">
      {counts ? (
        <RedFaceBoard
          areaName={areaLabel(unit)}
          {...counts}
          onChangeArea={() => setSheet('area')}
          onExplain={() => setSheet('rules')}
        />
      ) : (
        <View className="red-face-screen__waiting-board" />
      )}
      <SegmentedTabs<ListTab>
        label="红脸清单"
        tabs={[
          { key: 'public', label: '在榜', count: counts?.publicCount },
          { key: 'cleared', label: '已下榜', count: counts?.clearedCount },
        ]}
        value={tab}
        onChange={setTab}
      />
      <RedFaceRows list={list} tab={tab} />
      <View className="red-face-screen__ledger" data-test="open-ledger">
        <ListRow
          icon="link"
          title="红脸台账"
          hint="上榜、销号的每一笔，改了看得出来"
          onPress={() => openPage('ledger', { unitId: unit.id })}
        />
      </View>
      {sheet === 'area' && (
        <AreaSheet
          unitId={unit.id}
          onClose={() => setSheet(undefined)}
          onChoose={(unitId) => {
            setSheet(undefined)
            chosenArea.keep(unitId)
          }}
        />
      )}
      {sheet === 'rules' && <RulesSheet unitId={unit.id} onClose={() => setSheet(undefined)} />}
    </View>
  )
}
