import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { type BondKind, bondKinds } from '../../../cloudfunctions/contexts/co-building/rules/bond'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { Icon } from '../../components/icon'
import { LongList } from '../../components/long-list'
import { Pressable } from '../../components/pressable'
import { ListEnd, ListRow, SwitchRow } from '../../components/rows'
import { SearchBox } from '../../components/search-box'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { StatusTag } from '../../components/status-tag'
import { WorkFrame } from '../../components/work-frame'
import { WorkGate } from '../../components/work-gate'
import { keepInAddress } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { usePages } from '../../services/use-pages'
import { useSearch } from '../../services/use-search'
import { useWide } from '../../services/wide-window'
import { adminPlaces } from '../../words/admin-places'
import { useKeptUnit } from '../../words/use-kept-unit'
import { BondDetail } from './bond-detail'
import { BondForm } from './bond-form'
import { EndForm } from './end-form'
import { type Bond, kindWords, rowText, stateWord, type UnitRef } from './words'
import './bonds-screen.css'

const title = '共建和服务'
const here = 'bonds'

interface BondsScreenProps {
  readonly unitId?: string | undefined
  readonly kind?: string | undefined
}

/** What an admin keeps of the area besides units and people: who helps, where one can go, who looks after whom. */
export function BondsScreen({ unitId: named, kind }: BondsScreenProps) {
  const kept = useKeptUnit(named)
  if (kept.state !== 'ready') return <WorkGate title={title} here={here} lock={kept} />
  const { unitId, unitName } = kept.unit
  return (
    <Bonds
      key={unitId}
      unit={{ id: unitId, name: unitName }}
      firstKind={bondKinds.find((one) => one === kind) ?? 'partnership'}
    />
  )
}

/** The form that lies open: a new one, for a unit that has none where one is named; one that is changed, or ended. */
type OpenForm =
  | { readonly of: 'add'; readonly about?: UnitRef }
  | { readonly of: 'change' | 'end'; readonly bond: Bond }

interface BondsProps {
  readonly unit: UnitRef
  readonly firstKind: BondKind
}

function Bonds({ unit, firstKind }: BondsProps) {
  const [kind, setKind] = useState(firstKind)
  const { typed, setTyped, sought, clear } = useSearch()
  const [isWhole, setWhole] = useState(false)
  const [openId, setOpenId] = useState<string>()
  const [form, setForm] = useState<OpenForm>()
  const [version, setVersion] = useState(0)
  const isWide = useWide()
  const { pages, reload, retry, loadMore } = usePages('bond.list', {
    kind,
    unitId: unit.id,
    ...(sought === '' ? {} : { name: sought }),
    ...(isWhole ? { isWhole } : {}),
  })
  useReachBottom(loadMore)
  const words = kindWords[kind]
  const isNothing = pages.state === 'ready' && pages.rows.length === 0 && pages.nextCursor === null

  const choose = (next: BondKind): void => {
    setKind(next)
    clear()
    setOpenId(undefined)
    keepInAddress('bonds', { unitId: unit.id, kind: next })
  }
  const changed = (): void => {
    setForm(undefined)
    setVersion((before) => before + 1)
    void reload()
  }
  const close = (): void => setForm(undefined)
  const detail = openId !== undefined && (
    <BondDetail
      key={openId}
      kind={kind}
      bondId={openId}
      version={version}
      onOpen={(of, bond) => setForm({ of, bond })}
      onChanged={changed}
    />
  )
  const gaps = words.gaps !== undefined && (
    <Gaps
      key={kind}
      kind={kind}
      unit={unit}
      title={words.gaps}
      none={words.noGaps ?? ''}
      version={version}
      onAdd={(about) => setForm({ of: 'add', about })}
    />
  )
  const add = (
    <View data-test="add-bond">
      <BigButton label={words.add} icon="plus" onPress={() => setForm({ of: 'add' })} />
    </View>
  )

  return (
    <WorkFrame
      title={title}
      unitName={unit.name}
      places={adminPlaces(unit.id)}
      here={here}
      // In a wide window what is missing stands beside the list, until one of the list is opened.
      aside={isWide ? detail || gaps : undefined}
      action={isWide ? undefined : add}
    >
      <View className="bonds-screen__tabs">
        <SegmentedTabs
          label={title}
          tabs={bondKinds.map((key) => ({ key, label: kindWords[key].tab }))}
          value={kind}
          onChange={choose}
        />
      </View>
      <View className="bonds-screen__find">
        <SearchBox label={words.find} name="bond-search" value={typed} onChange={setTyped} />
        {isWide && add}
      </View>
      {pages.state === 'loading' && <Skeleton />}
      {pages.state === 'failed' && <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />}
      {isNothing && (
        <EmptyState
          icon={words.icon}
          title={sought === '' ? words.none : `没有叫“${sought}”的`}
          hint={sought === '' ? words.noneHint : '按名字的开头找，换个词试试。'}
        />
      )}
      {pages.rows.length > 0 && (
        <View>
          <LongList
            rows={pages.rows}
            row={(bond) => (
              <Row
                key={bond.id}
                bond={bond}
                isOpen={isWide && bond.id === openId}
                onOpen={() => setOpenId(bond.id)}
              />
            )}
          />
          <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
        </View>
      )}
      <Card>
        <SwitchRow
          name="bonds-whole"
          icon="history"
          title="连结束了的一起看"
          isOn={isWhole}
          onChange={setWhole}
        />
      </Card>
      {!isWide && gaps}
      {/* One sheet at a time: a form lies in the place of what it is about. */}
      {!isWide && !form && detail && (
        <Sheet isOpen title={words.tab} onClose={() => setOpenId(undefined)}>
          {detail}
        </Sheet>
      )}
      {form?.of === 'end' && <EndForm bond={form.bond} onDone={changed} onClose={close} />}
      {form && form.of !== 'end' && (
        <BondForm
          kind={kind}
          unit={unit}
          {...(form.of === 'add' ? { about: form.about } : { bond: form.bond })}
          onDone={changed}
          onClose={form.of === 'add' ? close : changed}
        />
      )}
    </WorkFrame>
  )
}

interface RowProps {
  readonly bond: Bond
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function Row({ bond, isOpen, onOpen }: RowProps) {
  const word = stateWord(bond, serverNow())
  return (
    <Pressable className={`bond-row ${isOpen ? 'bond-row--open' : ''}`} name="bond-row" onPress={onOpen}>
      <View className="bond-row__words">
        <View className="bond-row__head">
          <View className="bond-row__name">{bond.name}</View>
          {word && <StatusTag {...word} />}
        </View>
        <View className="bond-row__text">{rowText(bond)}</View>
      </View>
      <Icon name="chevron-right" size={1.1} />
    </Pressable>
  )
}

interface GapsProps {
  readonly kind: BondKind
  readonly unit: UnitRef
  readonly title: string
  readonly none: string
  /** How often something has been changed here: then they are read anew. */
  readonly version: number
  /** Begins one for a unit that has none. */
  readonly onAdd: (unit: UnitRef) => void
}

/** The units below that have none, level by level. */
function Gaps({ kind, unit, title: heading, none, version, onAdd }: GapsProps) {
  const [path, setPath] = useState<readonly UnitRef[]>([unit])
  const at = path[path.length - 1] ?? unit
  const { pages, reload, retry, loadMore } = usePages('bond.gaps', { kind, unitId: at.id })
  useEffect(() => {
    if (version > 0) void reload()
  }, [version, reload])
  const isNothing = pages.state === 'ready' && pages.rows.length === 0 && pages.nextCursor === null
  return (
    <Card title={heading} aside={at.name}>
      <View data-test="bond-gaps">
        {path.length > 1 && (
          <ListRow
            name="gap-up"
            icon="chevron-left"
            title={`回到${path[path.length - 2]?.name ?? ''}`}
            onPress={() => setPath(path.slice(0, -1))}
          />
        )}
        {pages.state === 'loading' && <Skeleton count={1} />}
        {pages.state === 'failed' && <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />}
        {isNothing && <View className="bonds-screen__none">{none}</View>}
        {pages.rows.map((row) => (
          <View key={row.id} className="bonds-screen__gap">
            <Pressable className="bonds-screen__gap-name" name="gap-row" onPress={() => onAdd(row)}>
              <Icon name="plus" size={1.1} />
              <View>{row.name}</View>
            </Pressable>
            <Pressable
              className="bonds-screen__gap-below"
              label={`看${row.name}下面的`}
              name="gap-below"
              onPress={() => setPath([...path, row])}
            >
              <View>下面的</View>
              <Icon name="chevron-right" size={1} />
            </Pressable>
          </View>
        ))}
        {pages.nextCursor !== null && <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={loadMore} />}
      </View>
    </Card>
  )
}
