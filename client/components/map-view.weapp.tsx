import { View, Map as WeChatMap } from '@tarojs/components'
import { toWeChatMap } from '../services/places'
import { aria } from './aria'
import type { MapViewProps } from './map-port'
import './map-view.css'

const pinPath = '/theme/pictures/pin.png'
const dotPath = '/theme/pictures/dot.png'

const onMap = ([lng, lat]: readonly [number, number]) => {
  const point = toWeChatMap({ lng, lat })
  return { longitude: point.lng, latitude: point.lat }
}

/** WeChat's map with the areas and markers it is given. */
export function MapView({ areas, markers, center, heightPixels = 220, label }: MapViewProps) {
  const outlines = areas.flatMap(({ rings }) => (rings[0] ? [rings[0].map(onMap)] : []))
  const spots = markers.map(({ point }) => onMap([point.lng, point.lat]))
  const middle = center ? onMap([center.lng, center.lat]) : (spots[0] ?? outlines[0]?.[0])
  if (!middle) return null

  return (
    <View className="map-view" style={{ height: `${heightPixels}px` }} {...aria({ label })}>
      <WeChatMap
        className="map-view__map"
        longitude={middle.longitude}
        latitude={middle.latitude}
        scale={16}
        includePoints={center ? [] : [...spots, ...outlines.flat()]}
        polygons={areas.flatMap((area, index) => {
          const points = outlines[index]
          return points
            ? [
                {
                  points,
                  strokeWidth: area.isHighlighted ? 2 : 1,
                  strokeColor: area.isHighlighted ? '#9c2b23ff' : '#6b6660aa',
                  fillColor: area.isHighlighted ? '#9c2b2322' : '#00000008',
                },
              ]
            : []
        })}
        markers={markers.flatMap((marker, index) => {
          const spot = spots[index]
          if (!spot) return []
          const side = marker.kind === 'pin' ? 36 : 14
          return [
            {
              id: index,
              ...spot,
              iconPath: marker.kind === 'pin' ? pinPath : dotPath,
              width: side,
              height: side,
              ...(marker.label && {
                label: {
                  content: marker.label,
                  color: '#1d2025',
                  fontSize: 13,
                  anchorX: 8,
                  anchorY: -10,
                  borderWidth: 0,
                  borderColor: '#ffffff',
                  borderRadius: 4,
                  bgColor: '#ffffffcc',
                  padding: 3,
                  textAlign: 'left' as const,
                },
              }),
            },
          ]
        })}
        onError={(event) => console.warn('the map did not open', event.detail)}
      />
    </View>
  )
}
