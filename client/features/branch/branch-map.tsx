import { View } from '@tarojs/components'
import { useMemo } from 'react'
import { Card } from '../../components/card'
import { MapView } from '../../components/map-view'
import { useQuery } from '../../services/use-query'
import { answersForReports, type UnitView } from './words'
import './branch-map.css'

interface BranchMapProps {
  readonly unit: UnitView
}

/** The cells a unit looks after; nothing where there are none to show. */
export function BranchMap({ unit }: BranchMapProps) {
  const { query } = useQuery('grid.cells', { unitId: unit.id })
  const cells = query.state === 'ready' ? query.value.cells : []
  const isOwn = answersForReports(unit)
  const areas = useMemo(
    () =>
      cells.map(({ id, name, rings }) => ({
        id,
        // The area's own name stands above the map already.
        name: name.startsWith(unit.areaName) ? name.slice(unit.areaName.length) : name,
        rings,
        isHighlighted: isOwn,
      })),
    [cells, isOwn, unit.areaName],
  )
  if (areas.length === 0) return null
  return (
    <Card title="管辖的网格" aside={`${areas.length}个网格`}>
      <MapView areas={areas} markers={[]} label={`${unit.name}管辖的网格`} />
      {cells.some((cell) => cell.isGenerated) && (
        <View className="branch-map__note">网格边界是推算的，只作参考，以旗县划定的为准。</View>
      )}
    </Card>
  )
}
