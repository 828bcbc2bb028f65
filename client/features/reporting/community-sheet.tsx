import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { ErrorState } from '../../components/empty-state'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { isFoundIn, isLongChoice, SearchBox } from '../../components/search-box'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import type { NamedCommunity } from '../../services/chosen-place'
import type { Point } from '../../services/places'
import { noteChoice, recentChoices } from '../../services/recent-choices'
import { useQuery } from '../../services/use-query'
import { distanceText, nearestFirst } from '../../words/nearest-first'
import type { UnitView } from './words'
import './community-sheet.css'

interface CommunitySheetProps {
  readonly title: string
  /** Where to begin; the whole region without it. */
  readonly startUnitId?: string
  /** What the person has put on the map: the communities around it come first. */
  readonly near?: Point
  /** For those who do not know their community: the township or banner that will find it. */
  readonly onUnsure?: (unit: UnitView) => void
  readonly onChoose: (community: NamedCommunity) => void
  readonly onClose: () => void
}

/** Some branches answer for a kind of matter throughout a township; nobody lives in them. */
const hasGround = ({ kind }: UnitView): boolean => kind !== 'specialised-branch'

const isCommunity = ({ level }: UnitView): boolean => level === 'village'

/** Who sorts by hand (L1): whoever cannot name more than these is not left without a way on. */
const sorts = ({ level }: UnitView): boolean => level === 'township' || level === 'banner'

/** Goes down from banner to township to community, and up again. */
export function CommunitySheet(props: CommunitySheetProps) {
  const { title, startUnitId, near, onUnsure, onChoose, onClose } = props
  const [step, setStep] = useState<{ unitId: string | undefined; isDown: boolean }>({
    unitId: startUnitId,
    isDown: true,
  })
  const [typed, setTyped] = useState('')
  const [recent] = useState(() => recentChoices('community'))
  const { query, retry } = useQuery('unit.children', step.unitId ? { unitId: step.unitId } : {})
  const here = query.state === 'ready' ? query.value.unit : undefined
  const all = query.state === 'ready' ? query.value.rows.filter(hasGround) : []
  const isAmongCommunities = here?.level === 'township'
  const { query: ground } = useQuery(
    'grid.cells',
    near && isAmongCommunities ? { unitId: here.id } : undefined,
  )
  const rows = nearestFirst(all, near, ground.state === 'ready' ? ground.value.cells : []).filter(
    ({ unit }) => isFoundIn(typed, unit.areaName),
  )
  const [onlyRow] = all
  const skipToId =
    step.isDown && all.length === 1 && onlyRow && !isCommunity(onlyRow) ? onlyRow.id : undefined

  useEffect(() => {
    if (skipToId !== undefined) setStep({ unitId: skipToId, isDown: true })
  }, [skipToId])

  const go = (unitId: string | undefined, isDown: boolean) => {
    setTyped('')
    setStep({ unitId, isDown })
  }

  const choose = (community: NamedCommunity) => {
    noteChoice('community', community)
    onChoose(community)
  }

  return (
    <Sheet isOpen title={title} onClose={onClose}>
      {recent.length > 0 && typed === '' && (
        <View className="community-sheet__recent">
          <View className="community-sheet__heading">以前选过</View>
          {recent.map((community) => (
            <Pressable
              key={community.id}
              className="community-sheet__row"
              name="community-recent"
              onPress={() => choose(community)}
            >
              <Icon name="history" size={1.1} />
              <View className="community-sheet__name">{community.name}</View>
            </Pressable>
          ))}
        </View>
      )}
      {(query.state === 'loading' || skipToId !== undefined) && <Skeleton count={2} />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {here && skipToId === undefined && (
        <View className="community-sheet">
          {onUnsure && sorts(here) && (
            <Pressable
              className="community-sheet__row community-sheet__row--unsure"
              name="community-unsure"
              onPress={() => onUnsure(here)}
            >
              <Icon name="circle-help" size={1.2} />
              <View className="community-sheet__name">
                说不清是哪个社区
                <View className="community-sheet__hint">由{here.areaName}来找</View>
              </View>
            </Pressable>
          )}
          {isLongChoice(all.length) && (
            <View className="community-sheet__search">
              <SearchBox
                label={isAmongCommunities ? '找社区（嘎查村）' : '找地方'}
                name="community-search"
                value={typed}
                onChange={setTyped}
              />
            </View>
          )}
          {here.parentId !== null && typed === '' && (
            <Pressable
              className="community-sheet__row community-sheet__row--up"
              name="community-up"
              onPress={() => go(here.parentId ?? undefined, false)}
            >
              <Icon name="chevron-left" size={1.2} />
              <View className="community-sheet__name">{here.areaName}，换别处</View>
            </Pressable>
          )}
          {all.length === 0 && (
            <View className="community-sheet__none">这里下面还没有登记社区（嘎查村）</View>
          )}
          {all.length > 0 && rows.length === 0 && (
            <View className="community-sheet__none">
              {here.areaName}里没有叫“{typed.trim()}”的{onUnsure && sorts(here) && '，选“说不清”也能报'}
            </View>
          )}
          {rows.map(({ unit, metres }) => (
            <Pressable
              key={unit.id}
              className="community-sheet__row"
              name="community-row"
              onPress={() =>
                isCommunity(unit) ? choose({ id: unit.id, name: unit.areaName }) : go(unit.id, true)
              }
            >
              <View className="community-sheet__name">{unit.areaName}</View>
              {metres !== undefined && (
                <View className="community-sheet__distance">{distanceText(metres)}</View>
              )}
              {!isCommunity(unit) && <Icon name="chevron-right" size={1.1} />}
            </Pressable>
          ))}
        </View>
      )}
    </Sheet>
  )
}
