import { View } from '@tarojs/components'
import { usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useState } from 'react'
import { mostInvitedAtOnce } from '../../../cloudfunctions/contexts/people/rules/sending'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { LongList } from '../../components/long-list'
import { Pressable } from '../../components/pressable'
import { ListEnd, ListRow, Notice } from '../../components/rows'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Skeleton } from '../../components/skeleton'
import { StatusTag } from '../../components/status-tag'
import { WorkFrame } from '../../components/work-frame'
import { WorkGate } from '../../components/work-gate'
import { keepInAddress, openPage } from '../../services/navigation'
import { stopRefreshing } from '../../services/refresh'
import { serverNow } from '../../services/server-time'
import { usePages } from '../../services/use-pages'
import { useWide } from '../../services/wide-window'
import { adminPlaces } from '../../words/admin-places'
import { useKeptUnit } from '../../words/use-kept-unit'
import { InviteSheet, type Wanted } from './invite-sheet'
import { type Issued, IssuedPanel } from './issued'
import { UnitPeople } from './unit-people'
import { type CoverageRow, coverageSign, invitationsText, needTexts } from './words'
import './coverage-screen.css'

const title = '人'
const here = 'people'

type Show = 'missing' | 'all' | 'invited'
const tabs: readonly { readonly key: Show; readonly label: string }[] = [
  { key: 'missing', label: '缺人的' },
  { key: 'all', label: '全部' },
  { key: 'invited', label: '邀请中' },
]
const nothingIn: Readonly<Record<Show, readonly [title: string, hint: string]>> = {
  missing: ['下面的单位都有人', '谁走了、谁到期了，缺人的会出现在这里。'],
  all: ['下面还没有单位', '先在“单位”里登记，或者导入名单。'],
  invited: ['没有发出去的邀请', '到“缺人的”里选单位，发邀请。'],
}

/** The seats of a unit that somebody is wanted for; where nobody is missing, one more of the first. */
const wantedOf = ({ unit, needed }: CoverageRow): readonly Wanted[] => {
  const missing = needed.filter(({ holders }) => holders === 0)
  return (missing.length > 0 ? missing : needed.slice(0, 1)).map(({ role }) => ({
    unitId: unit.id,
    unitName: unit.name,
    role,
  }))
}

interface RowProps {
  readonly row: CoverageRow
  readonly isMarked: boolean
  readonly isOpen: boolean
  readonly onMark: () => void
  readonly onOpen: () => void
}

function Row({ row, isMarked, isOpen, onMark, onOpen }: RowProps) {
  const { name } = row.unit
  return (
    <View className={`coverage-row ${isOpen ? 'coverage-row--open' : ''}`}>
      <Pressable
        className={`coverage-row__mark ${isMarked ? 'coverage-row__mark--on' : ''}`}
        label={isMarked ? `不选${name}` : `选${name}`}
        name="mark-unit"
        onPress={onMark}
      >
        <Icon name={isMarked ? 'square-check' : 'square'} size={1.4} />
      </Pressable>
      <Pressable className="coverage-row__body" name="coverage-row" onPress={onOpen}>
        <View className="coverage-row__name">{name}</View>
        <StatusTag {...coverageSign(row)} />
        <View className="coverage-row__needs">
          {needTexts(row).map((text, at) => (
            <View key={text} className={row.needed[at]?.holders === 0 ? 'coverage-row__need--missing' : ''}>
              {text}
            </View>
          ))}
        </View>
        <View className="coverage-row__invited">{invitationsText(row, serverNow())}</View>
      </Pressable>
    </View>
  )
}

interface CoverageScreenProps {
  readonly unitId?: string | undefined
  readonly of?: string | undefined
  readonly show?: string | undefined
}

/** Who is there, who is missing, who is invited: of the units below one. */
export function CoverageScreen({ unitId, of, show }: CoverageScreenProps) {
  const kept = useKeptUnit(unitId)
  const unit = kept.state === 'ready' ? kept.unit : undefined
  const asked = unitId ?? unit?.unitId
  // Whoever is nobody's admin may read who is missing, too, where their level has the unit.
  const isKnown = kept.state === 'ready' || kept.state === 'none'
  if (isKnown && asked !== undefined) return <Coverage unitId={asked} of={of} show={show} kept={unit} />
  return <WorkGate title={title} here={here} lock={isKnown ? { state: 'none' } : kept} />
}

interface CoverageProps {
  readonly unitId: string
  readonly of: string | undefined
  readonly show: string | undefined
  readonly kept: { readonly unitId: string; readonly unitName: string } | undefined
}

function Coverage({ unitId, of: askedOf, show: askedShow, kept }: CoverageProps) {
  const [show, setShow] = useState<Show>(tabs.find(({ key }) => key === askedShow)?.key ?? 'missing')
  const [of, setOf] = useState(askedOf)
  const [marked, setMarked] = useState<ReadonlyMap<string, CoverageRow>>(new Map())
  const [isInviting, setInviting] = useState(false)
  const [issued, setIssued] = useState<Issued>()
  const hasRoom = useWide()
  const { pages, reload, retry, loadMore } = usePages('people.coverage', { unitId, show })
  useReachBottom(loadMore)
  usePullDownRefresh(() => {
    void reload().finally(stopRefreshing)
  })

  const keep = (shown: Show, opened: string | undefined): void =>
    keepInAddress('people', { unitId, show: shown, ...(opened === undefined ? {} : { of: opened }) })
  const choose = (next: Show): void => {
    setShow(next)
    setMarked(new Map())
    keep(next, of)
  }
  const open = (id: string): void => {
    if (!hasRoom) {
      openPage('unitPeople', { unitId: id })
      return
    }
    setOf(id)
    keep(show, id)
  }
  const mark = (row: CoverageRow): void => {
    const next = new Map(marked)
    if (!next.delete(row.unit.id)) next.set(row.unit.id, row)
    setMarked(next)
  }

  const wanted = [...marked.values()].flatMap(wantedOf)
  const isTooMany = wanted.length > mostInvitedAtOnce
  const unitName = pages.first?.unit.name
  const beside = hasRoom && of !== undefined && !issued ? of : undefined

  return (
    <WorkFrame
      title={unitName === undefined || unitId === kept?.unitId ? title : `${unitName}下面的人`}
      unitName={kept?.unitName}
      places={kept ? adminPlaces(kept.unitId) : []}
      here={here}
      aside={
        beside && (
          <UnitPeople
            key={beside}
            unitId={beside}
            onChanged={() => void reload()}
            frame={(body, name, action, over) => (
              <View className="coverage__beside">
                {name && <Heading className="coverage__unit">{name}</Heading>}
                {action}
                {body}
                {over}
              </View>
            )}
          />
        )
      }
      over={
        isInviting && (
          <InviteSheet
            about={`below:${unitId}`}
            title={`请人到${marked.size}个单位`}
            wanted={wanted}
            onClose={() => setInviting(false)}
            onSent={(sent) => {
              setInviting(false)
              setMarked(new Map())
              setIssued(sent)
            }}
          />
        )
      }
      action={
        marked.size > 0 &&
        !issued && (
          <View data-test="invite-marked">
            <BigButton
              label={`给选中的发邀请（${wanted.length}）`}
              icon="send"
              isDisabled={isTooMany}
              {...(isTooMany && { hint: `一次最多${mostInvitedAtOnce}个，请少选几个单位` })}
              onPress={() => setInviting(true)}
            />
          </View>
        )
      }
    >
      {issued ? (
        <IssuedPanel
          issued={issued}
          onClose={() => {
            setIssued(undefined)
            void reload()
          }}
        />
      ) : (
        <View className="coverage">
          <Card>
            <ListRow
              name="own-people"
              icon="building-2"
              title={unitName ?? '本单位'}
              hint="本单位的人"
              onPress={() => open(unitId)}
            />
          </Card>
          <SegmentedTabs label="哪些单位" tabs={tabs} value={show} onChange={choose} />
          {pages.state === 'loading' && <Skeleton />}
          {pages.state === 'failed' && <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />}
          {pages.state === 'ready' && pages.rows.length === 0 && pages.nextCursor === null && (
            <EmptyState icon="users" title={nothingIn[show][0]} hint={nothingIn[show][1]} />
          )}
          {pages.state === 'ready' && (pages.rows.length > 0 || pages.nextCursor !== null) && (
            <>
              <LongList
                rows={pages.rows.map((row) => ({ ...row, id: row.unit.id }))}
                row={(row) => (
                  <Row
                    key={row.id}
                    row={row}
                    isMarked={marked.has(row.id)}
                    isOpen={row.id === beside}
                    onMark={() => mark(row)}
                    onOpen={() => open(row.id)}
                  />
                )}
              />
              <ListEnd
                hasMore={pages.nextCursor !== null}
                isLoading={pages.isLoadingMore}
                onMore={loadMore}
              />
            </>
          )}
          <Notice tone="plain" icon="info">
            没人的单位，诉求先由上一级接着，不会没人管。这里只管职务，不看居民的诉求。
          </Notice>
        </View>
      )}
    </WorkFrame>
  )
}
