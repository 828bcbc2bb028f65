import { View } from '@tarojs/components'
import type { ComponentProps } from 'react'
import { askAgain } from '../services/ask-again'
import { Late, type LatePart } from './late'
import type LeafletMap from './leaflet-map'
import type { MapViewProps } from './map-port'
import { TextAction } from './text-action'
import './map-view.css'

const leafletMap: LatePart<ComponentProps<typeof LeafletMap>> = {
  load: () => import(/* webpackChunkName: "map" */ './leaflet-map'),
}

/** A map of areas and markers, drawn from what it is given: no tiles, no network. */
export function MapView({ heightPixels = 220, ...rest }: MapViewProps) {
  return (
    <View className="map-view" style={{ height: `${heightPixels}px` }}>
      <Late
        part={leafletMap}
        props={rest}
        waiting={<View className="map-view__waiting">地图正在打开…</View>}
        lost={
          <View className="map-view__waiting">
            <View>地图没有打开，别的照常。</View>
            <TextAction label="再试一次" onPress={askAgain} />
          </View>
        }
      />
    </View>
  )
}
