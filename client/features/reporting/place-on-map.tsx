import { View } from '@tarojs/components'
import { useEffect, useMemo, useRef } from 'react'
import { townshipOf } from '../../../cloudfunctions/ground/unit-path'
import { middleOf } from '../../components/middle-of'
import { PlacePicker } from '../../components/place-picker'
import type { Point } from '../../services/places'
import { useQuery } from '../../services/use-query'
import type { UnitView } from './words'
import './place-on-map.css'

/** WeChat brings its own map; in the browser the ground is drawn from the township's cells. */
const needsCells = process.env.TARO_ENV !== 'weapp'

interface PlaceOnMapProps {
  readonly point: Point | null
  readonly community: UnitView | undefined
  readonly onPick: (place: { readonly point: Point; readonly words: string }) => void
  readonly onClose: (message?: string) => void
}

/** Lets the resident point at the place; it begins at the place chosen before, else in the home community. */
export function PlaceOnMap({ point, community, onPick, onClose }: PlaceOnMapProps) {
  const townshipId = community && (townshipOf(community.path) ?? community.id)
  const { query } = useQuery('grid.cells', needsCells && townshipId ? { unitId: townshipId } : undefined)
  const cells = query.state === 'ready' ? query.value.cells : undefined
  const areas = useMemo(() => cells?.map(({ id, name, rings }) => ({ id, name, rings })) ?? [], [cells])
  const homeId = community?.id
  const home = useMemo(() => {
    const own = cells?.filter(({ branchId }) => branchId === homeId) ?? []
    return middleOf(own.length > 0 ? own : (cells ?? []))
  }, [cells, homeId])
  const close = useRef(onClose)
  close.current = onClose

  const trouble = !needsCells
    ? undefined
    : query.state === 'failed'
      ? query.error.message
      : cells?.length === 0
        ? `${community?.areaName ?? '这里'}还没有画好地图`
        : undefined

  useEffect(() => {
    if (trouble !== undefined) close.current(trouble)
  }, [trouble])

  if (needsCells && areas.length === 0) {
    return <View className="place-on-map__waiting">地图正在打开…</View>
  }
  return <PlacePicker isOpen start={point ?? home} areas={areas} onPick={onPick} onClose={onClose} />
}
