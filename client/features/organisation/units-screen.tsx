import { View } from '@tarojs/components'
import { useState } from 'react'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { Icon } from '../../components/icon'
import { KeyHints, stepAlong, useKeys } from '../../components/keys'
import { LongList } from '../../components/long-list'
import { Pressable } from '../../components/pressable'
import { ListEnd } from '../../components/rows'
import { SearchBox } from '../../components/search-box'
import { Skeleton } from '../../components/skeleton'
import { useNow } from '../../components/use-now'
import { WorkFrame } from '../../components/work-frame'
import { WorkGate } from '../../components/work-gate'
import { keepInAddress, openPage } from '../../services/navigation'
import { usePages } from '../../services/use-pages'
import { useSearch } from '../../services/use-search'
import { useWide } from '../../services/wide-window'
import { adminPlaces } from '../../words/admin-places'
import type { KeptUnit } from '../../words/unit-change'
import { useKeptUnit } from '../../words/use-kept-unit'
import { UnitDetail } from './unit-detail'
import { UnitTags } from './unit-tags'
import './units-screen.css'

const title = '单位'
const here = 'units'
/** So many at once: a township's villages are seen without asking for more. */
const rowsAtOnce = 30

interface UnitsScreenProps {
  readonly unitId?: string | undefined
  readonly at?: string | undefined
  readonly chosen?: string | undefined
}

/** The units of an area: those below one, the way up, and a search by name. */
export function UnitsScreen({ unitId, at, chosen }: UnitsScreenProps) {
  const kept = useKeptUnit(unitId)
  if (kept.state !== 'ready') return <WorkGate title={title} here={here} lock={kept} />
  return (
    <UnitsOf
      key={kept.unit.unitId}
      seatUnitId={kept.unit.unitId}
      seatUnitName={kept.unit.unitName}
      at={at}
      chosen={chosen}
    />
  )
}

interface UnitsOfProps {
  readonly seatUnitId: string
  readonly seatUnitName: string
  readonly at: string | undefined
  readonly chosen: string | undefined
}

function UnitsOf({ seatUnitId, seatUnitName, at, chosen: chosenFirst }: UnitsOfProps) {
  const isWide = useWide()
  const [place, setPlace] = useState(at ?? seatUnitId)
  const [chosen, setChosen] = useState(chosenFirst)
  const { typed, setTyped, sought, clear } = useSearch()
  const [changes, setChanges] = useState(0)
  const shown = chosen ?? place

  const go = (to: string): void => {
    setPlace(to)
    setChosen(undefined)
    clear()
    keepInAddress('units', { unitId: seatUnitId, at: to })
  }
  const open = (id: string): void => {
    if (isWide) {
      setChosen(id)
      keepInAddress('units', { unitId: seatUnitId, at: place, chosen: id })
    } else openPage('unit', { unitId: seatUnitId, id })
  }
  useKeys({ j: () => stepAlong('.units__row', 1), k: () => stepAlong('.units__row', -1) })

  const rows = { chosen: isWide ? shown : undefined, onOpen: open, onBelow: go }
  return (
    <WorkFrame
      title={title}
      unitName={seatUnitName}
      places={adminPlaces(seatUnitId)}
      here={here}
      aside={
        isWide ? (
          <UnitDetail
            key={shown}
            seatUnitId={seatUnitId}
            unitId={shown}
            onGone={open}
            onChanged={() => setChanges((count) => count + 1)}
          />
        ) : undefined
      }
    >
      <SearchBox label="按名字开头找" name="unit-search" value={typed} onChange={setTyped} />
      {sought === '' ? (
        <Below key={`${place} ${changes}`} seatUnitId={seatUnitId} place={place} {...rows} />
      ) : (
        <Found key={`${sought} ${changes}`} seatUnitId={seatUnitId} name={sought} {...rows} />
      )}
      <KeyHints
        keys={[
          { keys: ['J', 'K'], does: '下一个、上一个' },
          { keys: ['Enter'], does: '打开' },
        ]}
      />
    </WorkFrame>
  )
}

interface RowsProps {
  readonly seatUnitId: string
  readonly chosen: string | undefined
  readonly onOpen: (id: string) => void
  readonly onBelow: (id: string) => void
}

function Below({ place, ...rows }: RowsProps & { readonly place: string }) {
  const { seatUnitId, onOpen, onBelow } = rows
  const { pages, retry, loadMore } = usePages('unit.below', { unitId: place, limit: rowsAtOnce })
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.state === 'loading' || !pages.first) return <Skeleton />
  const { unit, above } = pages.first
  // Above one's own unit there is nothing that one keeps up.
  const from = above.findIndex(({ id }) => id === seatUnitId)
  const way = from < 0 ? [] : above.slice(from)
  return (
    <>
      {way.length > 0 && (
        <View className="units__way" data-test="units-way">
          {way.map(({ id, name }) => (
            <Pressable key={id} className="units__step" name="unit-up" onPress={() => onBelow(id)}>
              <Icon name="corner-up-left" size={1} />
              <View>{name}</View>
            </Pressable>
          ))}
        </View>
      )}
      <Card
        title={unit.name}
        aside={
          <Pressable className="units__open" name="open-unit-here" onPress={() => onOpen(unit.id)}>
            看资料
            <Icon name="chevron-right" size={1} />
          </Pressable>
        }
      >
        {pages.rows.length === 0 ? (
          <EmptyState
            icon="list-tree"
            title="下面还没有单位"
            hint="一个一个地新建，或者用表格一次导入。"
            action={{
              label: '导入名单',
              icon: 'file-spreadsheet',
              onPress: () => openPage('importUnits', { unitId: seatUnitId }),
            }}
          />
        ) : (
          <UnitRows {...rows} units={pages.rows} />
        )}
        {pages.nextCursor !== null && (
          <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={() => void loadMore()} />
        )}
      </Card>
    </>
  )
}

function Found({ name, ...rows }: RowsProps & { readonly name: string }) {
  const { seatUnitId } = rows
  const { pages, retry, loadMore } = usePages('unit.search', { unitId: seatUnitId, name, limit: rowsAtOnce })
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.state === 'loading') return <Skeleton />
  if (pages.rows.length === 0)
    return (
      <EmptyState icon="search" title={`没有“${name}”开头的单位`} hint="只认名字的开头，换个开头试试。" />
    )
  return (
    <Card title="找到的">
      <UnitRows {...rows} units={pages.rows} />
      {pages.nextCursor !== null && (
        <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={() => void loadMore()} />
      )}
    </Card>
  )
}

/** Below these there may be others. */
const mayHaveBelow = ({ kind }: KeptUnit): boolean => kind === 'committee' || kind === 'community-committee'

function UnitRows({ units, chosen, onOpen, onBelow }: RowsProps & { readonly units: readonly KeptUnit[] }) {
  const now = useNow()
  return (
    <LongList
      rows={units}
      row={(unit) => (
        <View className={`units__row ${unit.id === chosen ? 'units__row--chosen' : ''}`}>
          <Pressable className="units__unit" name={`unit-${unit.id}`} onPress={() => onOpen(unit.id)}>
            <View className="units__name">{unit.name}</View>
            <UnitTags unit={unit} now={now} />
            {unit.code !== null && <View className="units__code">{`编码 ${unit.code}`}</View>}
          </Pressable>
          {mayHaveBelow(unit) && (
            <View className="units__below" data-test={`below-${unit.id}`}>
              <BigButton label="看下级" tone="quiet" onPress={() => onBelow(unit.id)} />
            </View>
          )}
        </View>
      )}
    />
  )
}
