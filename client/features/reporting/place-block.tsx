import { View } from '@tarojs/components'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { isInPolygon } from '../../../cloudfunctions/ground/geometry'
import { BigButton } from '../../components/big-button'
import { FormRow, TextBox } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { MapView } from '../../components/map-view'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { chosenHome } from '../../services/chosen-home'
import type { ChosenPlace, NamedCommunity } from '../../services/chosen-place'
import type { Point } from '../../services/places'
import { useQuery } from '../../services/use-query'
import { CommunitySheet } from './community-sheet'
import { maxPlaceWords } from './draft'
import { PlaceOnMap } from './place-on-map'
import type { UnitView } from './words'
import './place-block.css'

interface PlaceBlockProps {
  readonly place: ChosenPlace
  /** The community that stands for the place when only words are given. */
  readonly community: NamedCommunity | undefined
  readonly home: UnitView | undefined
  /** Whether there is a home is still being asked. */
  readonly isHomeAwaited: boolean
  readonly error: string | undefined
  /** Words alone would be refused: nothing but the map is offered. */
  readonly isMapOnly?: boolean
  readonly onChange: (part: Partial<ChosenPlace>) => void
}

type Opened = 'map' | 'community'

/** A township or banner stands for the community that somebody cannot name. */
const unsureName = ({ areaName }: UnitView): string => `说不清，由${areaName}来找`

const onMapHint = '要在地图上选位置，附近的居民才能当自己的事上报。'

/** What the words beside the map are for. */
const wordsLabel = (hasPoint: boolean, isUnplaced: boolean, isMapOnly: boolean): string => {
  if (isUnplaced)
    return isMapOnly ? '这里还没有划进网格，请换个位置' : '这里还没有划进网格，说说是哪个社区、在哪里'
  return hasPoint || isMapOnly ? '再说细一点（可不填）' : '不会用地图，就用文字说'
}

/** Where it is: a spot on the map, or the community and words, or all of it. */
export function PlaceBlock(props: PlaceBlockProps) {
  const { place, community, home, isHomeAwaited, error, isMapOnly = false, onChange } = props
  const [opened, setOpened] = useState<Opened>()
  const [mapTrouble, setMapTrouble] = useState<string>()
  const { point, placeWords } = place
  const [lastPoint, setLastPoint] = useState(point ?? undefined)
  const { query } = useQuery('place.preview', point ? { point } : undefined)
  const around = point && query.state === 'ready' ? query.value : undefined
  /** No branch follows from the spot: then the community helps, for whoever can name it. */
  const isUnplaced = around?.branchName === null

  const openMap = () => setOpened('map')
  // In the browser the map is drawn around a community: it waits for that, or asks for it first.
  const isHomeMissing = process.env.TARO_ENV !== 'weapp' && !home
  const isChoosingFirst = opened === 'map' && isHomeMissing && !isHomeAwaited

  /** With a spot, what was named for this report alone; home stands in for a spot that is missing. */
  const named = point ? place.community : community

  return (
    <FormRow label="在哪里" error={error} hint={isMapOnly ? onMapHint : undefined}>
      {point ? (
        <View>
          <SpotMap point={point} cells={around?.cells} />
          <View className="place-block__keys">
            <Pressable className="place-block__key" name="place-move" onPress={openMap}>
              <Icon name="map-pin" size={1.1} />
              <View>换个位置</View>
            </Pressable>
            {!isMapOnly && (
              <Pressable
                className="place-block__key place-block__key--quiet"
                name="place-clear"
                onPress={() => onChange({ point: null })}
              >
                不用地图
              </Pressable>
            )}
          </View>
        </View>
      ) : (
        <View data-test="place-on-map">
          <BigButton label="在地图上指一下" icon="map-pin" tone="secondary" onPress={openMap} />
        </View>
      )}
      {mapTrouble && (
        <View className="place-block__gap">
          <Notice tone="waiting" icon="map" title={mapTrouble}>
            {isMapOnly ? '请过一会儿再试。' : '可以用文字说在哪里。'}
          </Notice>
        </View>
      )}

      <View className="place-block__label">{wordsLabel(point !== null, isUnplaced, isMapOnly)}</View>
      {!isMapOnly && (!point || isUnplaced) && (
        <Pressable
          className="place-block__community"
          name="choose-community"
          onPress={() => setOpened('community')}
        >
          <Icon name="landmark" size={1.15} />
          <View className="place-block__community-name">{named?.name ?? '选社区（嘎查村）'}</View>
          <View className="place-block__change">{named ? '换一个' : '去选'}</View>
          <Icon name="chevron-right" size={1} />
        </Pressable>
      )}
      <View data-test="place-words">
        <TextBox
          label="在哪里，用文字说"
          isSingleLine
          value={placeWords}
          max={maxPlaceWords}
          placeholder="比如：供销社往东第二条巷子"
          onChange={(words) => onChange({ placeWords: words })}
        />
      </View>

      {opened === 'map' && !isChoosingFirst && (
        <PlaceOnMap
          point={point}
          community={home}
          onPick={(picked) => {
            setOpened(undefined)
            setMapTrouble(undefined)
            setLastPoint(picked.point)
            onChange({ point: picked.point, ...(placeWords === '' ? { placeWords: picked.words } : {}) })
          }}
          onClose={(message) => {
            setOpened(undefined)
            setMapTrouble(message)
          }}
        />
      )}
      {(opened === 'community' || isChoosingFirst) && (
        <CommunitySheet
          // Begins anew where the home is, once that is known.
          key={home?.id}
          title={opened === 'community' ? '在哪个社区（嘎查村）' : '先选社区（嘎查村），再看地图'}
          startUnitId={(isUnplaced ? around?.unitId : undefined) ?? home?.parentId ?? undefined}
          {...(lastPoint && { near: lastPoint })}
          {...(opened === 'community' && {
            onUnsure: (unit: UnitView) => {
              onChange({ community: { id: unit.id, name: unsureName(unit) } })
              setOpened(undefined)
            },
          })}
          onChoose={(chosen) => {
            if (!home) chosenHome.keep(chosen.id)
            if (opened === 'community') onChange({ community: chosen })
            if (opened === 'community') setOpened(undefined)
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </FormRow>
  )
}

const spotId = 'spot'

interface SpotMapProps {
  readonly point: Point
  /** Undefined while they are on the way. */
  readonly cells: OutputOf<'place.preview'>['cells'] | undefined
}

/** The chosen spot with the cells around it. */
function SpotMap({ point, cells }: SpotMapProps) {
  const areas = useMemo(
    () =>
      cells?.map(({ id, name, rings }) => ({
        id,
        name,
        rings,
        isHighlighted: isInPolygon(point, rings),
      })) ?? [],
    [cells, point],
  )
  const markers = useMemo(() => [{ id: spotId, point, kind: 'pin' as const }], [point])
  return <MapView areas={areas} markers={markers} center={point} heightPixels={168} label="选好的位置" />
}
