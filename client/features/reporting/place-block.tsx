import { View } from '@tarojs/components'
import { useMemo, useState } from 'react'
import { isInPolygon } from '../../../cloudfunctions/domain/routing/geometry'
import { BigButton } from '../../components/big-button'
import { FormRow, TextBox } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { MapView } from '../../components/map-view'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { chooseHomeCommunity } from '../../services/home-community'
import type { Point } from '../../services/places'
import { useQuery } from '../../services/use-query'
import { CommunitySheet } from './community-sheet'
import { maxPlaceWords, type NamedCommunity } from './draft'
import { PlaceOnMap } from './place-on-map'
import type { UnitView } from './words'
import './place-block.css'

export interface ChosenPlace {
  readonly point: Point | null
  readonly placeWords: string
  readonly community: NamedCommunity | null
}

interface PlaceBlockProps {
  readonly place: ChosenPlace
  /** The community that stands for the place when only words are given. */
  readonly community: NamedCommunity | undefined
  readonly home: UnitView | undefined
  readonly error: string | undefined
  readonly onChange: (part: Partial<ChosenPlace>) => void
}

type Opened = 'map' | 'community' | 'community-before-map'

/** Where it is: a spot on the map, or the community and words, or all of it. */
export function PlaceBlock({ place, community, home, error, onChange }: PlaceBlockProps) {
  const [opened, setOpened] = useState<Opened>()
  const [mapTrouble, setMapTrouble] = useState<string>()
  const { point, placeWords } = place

  // In the browser the map is drawn around a community, so that has to be known first.
  const openMap = () => setOpened(process.env.TARO_ENV === 'weapp' || home ? 'map' : 'community-before-map')

  return (
    <FormRow label="在哪里" error={error}>
      {point ? (
        <View>
          <SpotMap point={point} />
          <View className="place-block__keys">
            <Pressable className="place-block__key" name="place-move" onPress={openMap}>
              <Icon name="map-pin" size={1.1} />
              <View>换个位置</View>
            </Pressable>
            <Pressable
              className="place-block__key place-block__key--quiet"
              name="place-clear"
              onPress={() => onChange({ point: null })}
            >
              不用地图
            </Pressable>
          </View>
        </View>
      ) : (
        <View data-test="place-on-map">
          <BigButton label="在地图上指一下" icon="map-pin" tone="secondary" onPress={openMap} />
        </View>
      )}
      {mapTrouble && (
        <View className="place-block__gap">
          <Notice tone="waiting" icon="map">
            {mapTrouble}
          </Notice>
        </View>
      )}

      <View className="place-block__label">{point ? '再说细一点（可不填）' : '不会用地图，就用文字说'}</View>
      {!point && (
        <Pressable
          className="place-block__community"
          name="choose-community"
          onPress={() => setOpened('community')}
        >
          <Icon name="landmark" size={1.15} />
          <View className="place-block__community-name">{community?.name ?? '选社区（嘎查村）'}</View>
          <View className="place-block__change">{community ? '换一个' : '去选'}</View>
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

      {opened === 'map' && (
        <PlaceOnMap
          point={point}
          community={home}
          onPick={(picked) => {
            setOpened(undefined)
            setMapTrouble(undefined)
            onChange({ point: picked.point, ...(placeWords === '' ? { placeWords: picked.words } : {}) })
          }}
          onClose={(message) => {
            setOpened(undefined)
            setMapTrouble(message)
          }}
        />
      )}
      {(opened === 'community' || opened === 'community-before-map') && (
        <CommunitySheet
          title={opened === 'community' ? '在哪个社区（嘎查村）' : '先选社区（嘎查村），再看地图'}
          startUnitId={home?.parentId ?? undefined}
          takesTownship
          onChoose={(unit) => {
            if (!home) chooseHomeCommunity(unit.id)
            if (opened === 'community') onChange({ community: { id: unit.id, name: unit.areaName } })
            setOpened(opened === 'community' ? undefined : 'map')
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </FormRow>
  )
}

const spotId = 'spot'

/** The chosen spot with the cells around it. */
function SpotMap({ point }: { readonly point: Point }) {
  const { query } = useQuery('place.preview', { point })
  const cells = query.state === 'ready' ? query.value.cells : undefined
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
