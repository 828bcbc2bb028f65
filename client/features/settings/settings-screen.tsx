import type { ReactNode } from 'react'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { Card } from '../../components/card'
import { ChoiceChips } from '../../components/choice-chips'
import { ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { useNow } from '../../components/use-now'
import { WorkFrame } from '../../components/work-frame'
import { WorkGate } from '../../components/work-gate'
import { openPage, replacePage } from '../../services/navigation'
import { useQuery } from '../../services/use-query'
import { adminPlaces } from '../../words/admin-places'
import { useKeptUnit } from '../../words/use-kept-unit'

const title = '设置'
const here = 'settings'
/** As many as are counted here; what is more is said to be more. */
const mostCounted = 50

interface SettingsScreenProps {
  readonly unitId?: string | undefined
  /** Long work of a unit, at the foot. */
  readonly work: (unitId: string) => ReactNode
}

/** Where a unit's admin begins: what is there, what is missing, and where each is kept up. */
export function SettingsScreen({ unitId: named, work }: SettingsScreenProps) {
  const kept = useKeptUnit(named)
  if (kept.state !== 'ready') return <WorkGate title={title} here={here} lock={kept} />
  const { unit, all } = kept
  return (
    <WorkFrame title={title} unitName={unit.unitName} places={adminPlaces(unit.unitId)} here={here}>
      {all.length > 1 && (
        <ChoiceChips
          choices={all.map(({ unitId, unitName }) => ({ value: unitId, label: unitName }))}
          value={unit.unitId}
          label="哪个单位的设置"
          onChange={(unitId) => replacePage('settings', { unitId })}
        />
      )}
      <WhatIsThere key={unit.unitId} unitId={unit.unitId} unitName={unit.unitName} />
      {work(unit.unitId)}
    </WorkFrame>
  )
}

type Coverage = OutputOf<'people.coverage'>

/** 12, or 50 and more where only so many were counted. */
const countText = (count: number, isMore: boolean): string => (isMore ? `${count}个以上` : `${count}个`)

/** Some of the units that lack somebody, by name. */
const namesText = (rows: Coverage['rows']): string => {
  const [first, second, third] = rows
  const names = [first, second, third].flatMap((row) => row?.unit.name ?? [])
  return rows.length > names.length ? `${names.join('、')}等` : names.join('、')
}

function WhatIsThere({ unitId, unitName }: { readonly unitId: string; readonly unitName: string }) {
  const now = useNow()
  const below = useQuery('unit.below', { unitId, limit: mostCounted }).query
  const missing = useQuery('people.coverage', { unitId, show: 'missing', limit: mostCounted }).query
  const places = adminPlaces(unitId).filter(({ key }) => key !== here)
  const units =
    below.state === 'ready'
      ? below.value.rows.filter(({ endsAt }) => endsAt === null || endsAt > now)
      : undefined
  const lacking = missing.state === 'ready' ? missing.value.rows : undefined
  const isMoreUnits = below.state === 'ready' && below.value.nextCursor !== null
  const isMoreLacking = missing.state === 'ready' && missing.value.nextCursor !== null

  const hints: Readonly<Record<string, string | undefined>> = {
    units: units && `直接下级${countText(units.length, isMoreUnits)}`,
    import: '用 Excel 或 CSV 表格，一次建好',
  }
  const toPeople = places.find(({ key }) => key === 'people')?.onOpen
  const isKnown = units !== undefined && lacking !== undefined
  const isNothingMissing = isKnown && units.length > 0 && lacking.length === 0

  return (
    <>
      {below.state === 'loading' && missing.state === 'loading' && <Skeleton count={1} />}
      {isNothingMissing && (
        <Notice tone="done" icon="circle-check" title="直接下级都有人了">
          每个下级该有的职务都有人担任。
        </Notice>
      )}
      {(units?.length === 0 || (lacking?.length ?? 0) > 0) && (
        <Card title="还差什么">
          {units?.length === 0 && (
            <ListRow
              name="missing-units"
              icon="circle-alert"
              title="下面还没有单位"
              hint="用表格一次导入，也可以一个一个新建"
              onPress={() => openPage('importUnits', { unitId })}
            />
          )}
          {lacking !== undefined && lacking.length > 0 && (
            <ListRow
              name="missing-people"
              icon="circle-alert"
              title={`${countText(lacking.length, isMoreLacking)}下级单位缺人`}
              hint={namesText(lacking)}
              onPress={toPeople}
            />
          )}
        </Card>
      )}
      <Card title={unitName}>
        {places.map(({ key, label, icon, onOpen }) => {
          const hint = hints[key]
          return (
            <ListRow
              key={key}
              name={`open-${key}`}
              icon={icon}
              title={label}
              {...(hint !== undefined && { hint })}
              onPress={onOpen}
            />
          )
        })}
      </Card>
    </>
  )
}
