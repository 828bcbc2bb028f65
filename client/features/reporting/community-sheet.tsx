import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { ErrorState } from '../../components/empty-state'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { useQuery } from '../../services/use-query'
import type { UnitView } from './words'
import './community-sheet.css'

interface CommunitySheetProps {
  readonly title: string
  /** Where to begin; the whole region without it. */
  readonly startUnitId?: string
  /** Whether a township may be taken by those who do not know their community. */
  readonly takesTownship?: boolean
  readonly onChoose: (unit: UnitView) => void
  readonly onClose: () => void
}

/** Some branches answer for a kind of matter throughout a township; nobody lives in them. */
const hasGround = ({ kind }: UnitView): boolean => kind !== 'specialised-branch'

const isCommunity = ({ level }: UnitView): boolean => level === 'village'

/** Goes down from banner to township to community, and up again. */
export function CommunitySheet(props: CommunitySheetProps) {
  const { title, startUnitId, takesTownship = false, onChoose, onClose } = props
  const [step, setStep] = useState<{ unitId: string | undefined; isDown: boolean }>({
    unitId: startUnitId,
    isDown: true,
  })
  const { query, retry } = useQuery('unit.children', step.unitId ? { unitId: step.unitId } : {})
  const here = query.state === 'ready' ? query.value.unit : undefined
  const rows = query.state === 'ready' ? query.value.rows.filter(hasGround) : []
  const [onlyRow] = rows
  const skipToId =
    step.isDown && rows.length === 1 && onlyRow && !isCommunity(onlyRow) ? onlyRow.id : undefined

  useEffect(() => {
    if (skipToId !== undefined) setStep({ unitId: skipToId, isDown: true })
  }, [skipToId])

  return (
    <Sheet isOpen title={title} onClose={onClose}>
      {(query.state === 'loading' || skipToId !== undefined) && <Skeleton count={2} />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {here && skipToId === undefined && (
        <View className="community-sheet">
          {here.parentId !== null && (
            <Pressable
              className="community-sheet__row community-sheet__row--up"
              name="community-up"
              onPress={() => setStep({ unitId: here.parentId ?? undefined, isDown: false })}
            >
              <Icon name="chevron-left" size={1.2} />
              <View className="community-sheet__name">{here.areaName}，换别处</View>
            </Pressable>
          )}
          {rows.length === 0 && (
            <View className="community-sheet__none">这里下面还没有登记社区（嘎查村）</View>
          )}
          {rows.map((row) => (
            <Pressable
              key={row.id}
              className="community-sheet__row"
              name="community-row"
              onPress={() => (isCommunity(row) ? onChoose(row) : setStep({ unitId: row.id, isDown: true }))}
            >
              <View className="community-sheet__name">{row.areaName}</View>
              {!isCommunity(row) && <Icon name="chevron-right" size={1.1} />}
            </Pressable>
          ))}
          {takesTownship && here.level === 'township' && (
            <Pressable
              className="community-sheet__row community-sheet__row--unsure"
              name="community-unsure"
              onPress={() => onChoose(here)}
            >
              <View className="community-sheet__name">说不清是哪个社区，由{here.areaName}来找</View>
            </Pressable>
          )}
        </View>
      )}
    </Sheet>
  )
}
