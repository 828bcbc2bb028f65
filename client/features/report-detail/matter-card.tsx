import { View } from '@tarojs/components'
import { useMemo, useState } from 'react'
import { Card } from '../../components/card'
import { Icon } from '../../components/icon'
import { MapView } from '../../components/map-view'
import { PhotoGrid } from '../../components/photo-grid'
import { Pressable } from '../../components/pressable'
import type { Point } from '../../services/places'
import { useQuery } from '../../services/use-query'
import { isDeclared } from '../../words/row'
import type { ReportDetail } from './words'
import './matter-card.css'

interface MatterCardProps {
  readonly report: ReportDetail
}

/** What it looked like and where it is. */
export function MatterCard({ report }: MatterCardProps) {
  const { photos, placeWords, point, isPointRounded, routing, branch } = report
  const [isMapOpen, setMapOpen] = useState(false)
  const where = placeWords || routing.cellName || branch.name
  if (photos.length === 0 && !point && !placeWords) return null
  return (
    <Card title={isDeclared(report) ? '支部列出的情况' : '上报的情况'}>
      {photos.length > 0 && <PhotoGrid photos={photos} label="这件事的照片" />}
      <View className="matter-card__place">
        <Icon name="map-pin" size={1.1} />
        <View className="matter-card__where">{where}</View>
        {point && (
          <Pressable
            className="matter-card__toggle"
            name="toggle-map"
            isExpanded={isMapOpen}
            onPress={() => setMapOpen(!isMapOpen)}
          >
            {isMapOpen ? '收起地图' : '看地图'}
          </Pressable>
        )}
      </View>
      {point && isMapOpen && <PlaceMap point={point} branchId={branch.id} cellId={routing.cellId} />}
      {point && isMapOpen && isPointRounded && (
        <View className="matter-card__note">为了保密，公开的位置只到大约一百米。</View>
      )}
    </Card>
  )
}

interface PlaceMapProps {
  readonly point: Point
  readonly branchId: string
  readonly cellId: string | null
}

function PlaceMap({ point, branchId, cellId }: PlaceMapProps) {
  const { query } = useQuery('grid.cells', { unitId: branchId })
  const cells = query.state === 'ready' ? query.value.cells : undefined
  const areas = useMemo(
    () => cells?.map(({ id, name, rings }) => ({ id, name, rings, isHighlighted: id === cellId })) ?? [],
    [cells, cellId],
  )
  const { lng, lat } = point
  const center = useMemo(() => ({ lng, lat }), [lng, lat])
  const markers = useMemo(() => [{ id: 'place', point: { lng, lat }, kind: 'pin' as const }], [lng, lat])
  return <MapView areas={areas} markers={markers} center={center} label="这件事在哪里" />
}
