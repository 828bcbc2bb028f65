import { View } from '@tarojs/components'
import { useState } from 'react'
import { Card, LinkText } from '../../components/card'
import { ListRow } from '../../components/rows'
import { Searched } from '../../components/search-box'
import { openPage } from '../../services/navigation'
import { useQuery } from '../../services/use-query'
import { answersForReports, type UnitView } from './words'

interface BelowUnitsProps {
  readonly unit: UnitView
}

const shownAtFirst = 5

/** The units directly below a committee. */
export function BelowUnits({ unit }: BelowUnitsProps) {
  const hasBelow = unit.kind === 'committee' || unit.kind === 'community-committee'
  const { query } = useQuery('unit.children', hasBelow ? { unitId: unit.id } : undefined)
  const [isWhole, setIsWhole] = useState(false)
  const rows = query.state === 'ready' ? query.value.rows : []
  if (rows.length === 0) return null
  return (
    <Card title={rows.every(answersForReports) ? '下面的党支部' : '下面的组织'} aside={`${rows.length}个`}>
      <Searched
        all={isWhole ? rows : rows.slice(0, shownAtFirst)}
        wordsOf={({ name }) => name}
        label="按名字找"
        name="below-search"
      >
        {(shown) =>
          shown.map((row) => (
            <View key={row.id} data-test="below-unit">
              <ListRow
                icon="landmark"
                title={row.name}
                onPress={() => openPage('branch', { unitId: row.id })}
              />
            </View>
          ))
        }
      </Searched>
      {!isWhole && rows.length > shownAtFirst && (
        <LinkText label={`全部${rows.length}个`} onPress={() => setIsWhole(true)} />
      )}
    </Card>
  )
}
