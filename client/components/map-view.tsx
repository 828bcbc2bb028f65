import { View } from '@tarojs/components'
import { lazy, Suspense } from 'react'
import type { MapViewProps } from './map-port'
import './map-view.css'

const LeafletMap = lazy(() => import(/* webpackChunkName: "map" */ './leaflet-map'))

/** A map of areas and markers, drawn from what it is given: no tiles, no network. */
export function MapView({ heightPixels = 220, ...rest }: MapViewProps) {
  return (
    <View className="map-view" style={{ height: `${heightPixels}px` }}>
      <Suspense fallback={<View className="map-view__waiting">地图正在打开…</View>}>
        <LeafletMap {...rest} />
      </Suspense>
    </View>
  )
}
