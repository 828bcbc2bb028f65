import { View } from '@tarojs/components'
import { type ComponentProps, useCallback, useMemo, useState } from 'react'
import { askAgain } from '../services/ask-again'
import type { Point } from '../services/places'
import { aria } from './aria'
import { BigButton } from './big-button'
import { Icon } from './icon'
import { Late, type LatePart } from './late'
import type LeafletMap from './leaflet-map'
import type { MapArea, PlacePickerProps } from './map-port'
import { Pressable } from './pressable'
import { TextAction } from './text-action'
import { useLayer } from './use-layer'
import './place-picker.css'

const leafletMap: LatePart<ComponentProps<typeof LeafletMap>> = {
  load: () => import(/* webpackChunkName: "map" */ './leaflet-map'),
}

const isInside = (ring: readonly (readonly [number, number])[], { lng, lat }: Point): boolean => {
  let inside = false
  ring.forEach(([x, y], index) => {
    const [x0, y0] = ring[(index + ring.length - 1) % ring.length] ?? [x, y]
    if (y > lat !== y0 > lat && lng < ((x0 - x) * (lat - y)) / (y0 - y) + x) inside = !inside
  })
  return inside
}

const areaAt = (areas: readonly MapArea[], point: Point): MapArea | undefined =>
  areas.find(({ rings }) => rings.filter((ring) => isInside(ring, point)).length % 2 === 1)

/** A map over the whole page: one moves the ground under a pin that stays in the middle. */
export function PlacePicker({ isOpen, ...rest }: PlacePickerProps) {
  return isOpen ? <OpenPicker {...rest} /> : null
}

function OpenPicker({ start, areas, landmarks = [], onPick, onClose }: Omit<PlacePickerProps, 'isOpen'>) {
  const layer = useLayer('在地图上选位置', () => onClose())
  const [point, setPoint] = useState(start)
  // Where the map begins nobody has pointed yet.
  const [isPlaced, setPlaced] = useState(false)
  const under = useMemo(() => (point ? areaAt(areas, point) : undefined), [areas, point])
  const underId = under?.id
  const shown = useMemo(
    () => areas.map((area) => ({ ...area, isHighlighted: area.id === underId })),
    [areas, underId],
  )
  const follow = useCallback((lng: number, lat: number, isByHand: boolean) => {
    setPoint({ lng, lat })
    if (isByHand) setPlaced(true)
  }, [])

  const whereText = !isPlaced ? '还没指地方' : under ? under.name : '这里不在已画的网格里，也可以选'

  return (
    <View className="place-picker" {...layer}>
      <View className="place-picker__map">
        <Late
          part={leafletMap}
          props={{
            areas: shown,
            markers: landmarks,
            center: start,
            label: '移动地图选位置，也可以用方向键',
            onMove: follow,
          }}
          waiting={<View className="place-picker__waiting">地图正在打开…</View>}
          lost={
            <View className="place-picker__waiting">
              <View>地图没有打开，请再试一次，或者返回。</View>
              <TextAction label="再试一次" onPress={askAgain} />
            </View>
          }
        />
        <View className="place-picker__pin">
          <View className="place-picker__pin-head" />
          <View className="place-picker__pin-foot" />
        </View>
        <Pressable className="place-picker__close" label="返回" onPress={() => onClose()}>
          <Icon name="chevron-left" size={1.4} />
        </Pressable>
      </View>
      <View className="place-picker__foot">
        <View className="place-picker__words" {...aria({ live: 'polite' })}>
          <Icon name="map-pin" />
          <View>{whereText}</View>
        </View>
        <View className="place-picker__hint">点一下或拖动地图，让钉子尖落在要说的地方</View>
        <View data-test="pick-place">
          <BigButton
            label="就在这里"
            icon="check"
            isDisabled={!point || !isPlaced}
            onPress={() => point && onPick({ point, words: '' })}
          />
        </View>
      </View>
    </View>
  )
}
