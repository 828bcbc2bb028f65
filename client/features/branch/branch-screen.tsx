import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useState } from 'react'
import { countAbove } from '../../../cloudfunctions/ground/page'
import { Card } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { ListRow, Notice } from '../../components/rows'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Skeleton } from '../../components/skeleton'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import { figuresAsOf } from '../../words/figures'
import { redFaceWords } from '../../words/red-face'
import { mayDeclare } from '../../words/roles'
import { AreaMatters, RecentMatters, useOpenMatters } from './area-matters'
import { BelowUnits } from './below-units'
import { BranchHead } from './branch-head'
import { BranchMap } from './branch-map'
import { BranchRates } from './branch-rates'
import { PartnerUnits } from './partner-units'
import { UnitBonds } from './unit-bonds'
import { answersForReports, horizonTitle } from './words'
import './branch-screen.css'

type ListTab = 'open' | 'red-face' | 'all'

/** Pages below this one in the stack are branches too: a name that two of them bear finds the one below. */
let listsCount = 0
const newListsId = (): string => {
  listsCount += 1
  return `branch-lists-${listsCount}`
}
/** In the browser the title lies over the top of what is scrolled to. */
const titleBarHeight = process.env.TARO_ENV === 'h5' ? -48 : 0

interface CountProps {
  readonly name: string
  readonly count: number
  readonly what: string
  readonly isRed?: boolean
  readonly onOpen: () => void
}

/** A number that opens the list it counts; none is only said, for there is nothing to open. */
function Count({ name, count, what, isRed = false, onOpen }: CountProps) {
  const opens = count > 0
  return (
    <Pressable
      className={`branch-screen__count ${isRed ? 'branch-screen__count--red' : ''}`}
      name={`count-${name}`}
      onPress={opens ? onOpen : undefined}
    >
      <View className="branch-screen__number">{count}</View>
      <View className="branch-screen__what">
        {what} {opens && <Icon name="chevron-right" size={1} />}
      </View>
    </Pressable>
  )
}

interface BranchScreenProps {
  readonly unitId: string
  /** The red-face list of this unit's area. */
  readonly redFaces: (onCounted: (count: number) => void) => ReactNode
}

/** Who is responsible here, how they have done, and what lies before them. */
export function BranchScreen({ unitId, redFaces }: BranchScreenProps) {
  const { query, retry } = useQuery('unit.get', { unitId })
  const [tab, setTab] = useState<ListTab>('open')
  const [listsId] = useState(newListsId)
  const { query: me } = useQuery('me.get', {})
  const isSecretary = me.state === 'ready' && mayDeclare(me.value.memberships, unitId)
  const open = useOpenMatters(unitId)
  /** What the list itself says, once it has been looked at. */
  const [redFacesListed, setRedFacesListed] = useState<number>()

  if (query.state === 'loading') return <Skeleton shape="page" />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />

  const { unit, parents, partners, rates, asOf, calendarHorizonOn, ruleBookFault } = query.value
  // Figures may lag behind the rows below them: the rows decide.
  const openCount =
    open.pages.state === 'ready' ? countAbove(query.value.openCount, open.pages) : query.value.openCount
  const redFaceCount = redFacesListed ?? query.value.redFaceCount
  const asOfText = figuresAsOf(asOf, serverNow())
  const openList = (chosen: ListTab) => {
    setTab(chosen)
    void Taro.pageScrollTo({ selector: `#${listsId}`, offsetTop: titleBarHeight, duration: 200 })
  }

  return (
    <View className="branch-screen">
      <BranchHead unit={unit} parents={parents} />
      {calendarHorizonOn !== null && (
        <Notice tone="waiting" icon="calendar-clock" title={horizonTitle(calendarHorizonOn)}>
          有的诉求要到那以后才到期，放假安排录入后时限可能往后顺延。
        </Notice>
      )}
      {ruleBookFault !== null && (
        <Notice tone="alert" icon="circle-alert" title="本旗县的规则没有用上，现在按自治区的规则办">
          {ruleBookFault}
        </Notice>
      )}
      <View className="branch-screen__counts">
        <Count name="open" count={openCount} what="件正在办" onOpen={() => openList('open')} />
        <Count
          name="red-face"
          count={redFaceCount}
          what={`件${redFaceWords.public.text}`}
          isRed={redFaceCount > 0}
          onOpen={() => openList('red-face')}
        />
      </View>
      {asOfText && <View className="branch-screen__as-of">{asOfText}</View>}
      {answersForReports(unit) && <BranchRates rates={rates} isCounting={asOf === null} />}
      <BranchMap unit={unit} />
      {partners.length > 0 && <PartnerUnits partners={partners} />}
      <UnitBonds unitId={unit.id} />
      <BelowUnits unit={unit} />
      {isSecretary && (
        <Card>
          <ListRow
            name="open-declare"
            icon="flag"
            title="列出群众最不满意的事"
            hint="还没人上报的，支部自己先列出来"
            onPress={() => openPage('declare', { unitId })}
          />
        </Card>
      )}
      <View className="branch-screen__lists" id={listsId}>
        <Heading className="branch-screen__lists-title">这里的事</Heading>
        <SegmentedTabs<ListTab>
          label="这里的事"
          tabs={[
            { key: 'open', label: '正在办', count: openCount },
            { key: 'red-face', label: '红脸榜', count: redFaceCount },
            { key: 'all', label: '全部' },
          ]}
          value={tab}
          onChange={setTab}
        />
      </View>
      {tab === 'open' && <AreaMatters list={open} isOpenOnly />}
      {tab === 'red-face' && redFaces(setRedFacesListed)}
      {tab === 'all' && <RecentMatters unitId={unit.id} />}
    </View>
  )
}
