import { View } from '@tarojs/components'
import { useState } from 'react'
import { BigButton } from '../../components/big-button'
import { ErrorState } from '../../components/empty-state'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { Searched } from '../../components/search-box'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { useQuery } from '../../services/use-query'
import { areaLabel, type UnitView } from './words'
import './area-sheet.css'

interface AreaSheetProps {
  /** Where one looks now; the sheet opens there. */
  readonly unitId: string
  readonly onChoose: (unitId: string) => void
  readonly onClose: () => void
}

const isLeaf = ({ kind }: UnitView) => kind === 'branch' || kind === 'specialised-branch'

/** Goes down from banner to township to community, or up again, and takes the whole of any of them. */
export function AreaSheet({ unitId, onChoose, onClose }: AreaSheetProps) {
  const [openId, setOpenId] = useState(unitId)
  const { query, retry } = useQuery('unit.children', { unitId: openId })
  const unit = query.state === 'ready' ? query.value.unit : undefined

  return (
    <Sheet
      isOpen
      title="看哪里的红脸榜"
      onClose={onClose}
      action={
        unit && (
          <View data-test="area-whole">
            <BigButton label={`看${areaLabel(unit)}`} onPress={() => onChoose(unit.id)} />
          </View>
        )
      }
    >
      {query.state === 'loading' && <Skeleton count={2} />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {query.state === 'ready' && (
        <View className="area-sheet">
          {query.value.unit.parentId !== null && (
            <Pressable
              className="area-sheet__row area-sheet__row--up"
              name="area-up"
              onPress={() => setOpenId(query.value.unit.parentId ?? openId)}
            >
              <Icon name="chevron-left" size={1.2} />
              <View className="area-sheet__name">回上一级</View>
            </Pressable>
          )}
          <View className="area-sheet__here">
            <Icon name="map-pin" size={1.1} />
            <View>{areaLabel(query.value.unit)}</View>
          </View>
          {query.value.rows.length === 0 && <View className="area-sheet__none">下面没有再分了</View>}
          <Searched
            // One level down, or up, the search begins anew.
            key={openId}
            all={query.value.rows}
            wordsOf={areaLabel}
            label="找地方"
            name="area-search"
          >
            {(rows) =>
              rows.map((row) => (
                <Pressable
                  key={row.id}
                  className="area-sheet__row"
                  name="area-row"
                  onPress={() => (isLeaf(row) ? onChoose(row.id) : setOpenId(row.id))}
                >
                  <View className="area-sheet__name">{areaLabel(row)}</View>
                  {row.id === unitId && <Icon name="check" size={1.1} />}
                  {!isLeaf(row) && <Icon name="chevron-right" size={1.1} />}
                </Pressable>
              ))
            }
          </Searched>
        </View>
      )}
    </Sheet>
  )
}
