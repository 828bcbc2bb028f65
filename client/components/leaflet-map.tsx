import L from 'leaflet'
import { useEffect, useRef } from 'react'
import 'leaflet/dist/leaflet.css'
import type { MapArea, MapMarker, MapViewProps } from './map-port'
import './leaflet-map.css'

type LeafletMapProps = Omit<MapViewProps, 'heightPixels'> & {
  /** Hears the middle of the map whenever it has come to rest, and whether somebody has pointed there. */
  readonly onMove?: (lng: number, lat: number, isByHand: boolean) => void
}

const areaStyle = (area: MapArea): L.PathOptions =>
  area.isHighlighted
    ? { color: '#9c2b23', weight: 2.5, fillColor: '#9c2b23', fillOpacity: 0.12 }
    : { color: '#a89f94', weight: 1.2, fillColor: '#fdfcfa', fillOpacity: 1 }

/** From here one sees the next few alleys. */
const closeUpZoom = 16

/** Names are put on areas wide enough to carry them. */
const narrowestNamedPixels = 64

const drawAreas = (layer: L.LayerGroup, areas: readonly MapArea[]) => {
  // Highlighted areas last, so that their border lies on top.
  const inOrder = [...areas].sort(
    (a, b) => Number(a.isHighlighted ?? false) - Number(b.isHighlighted ?? false),
  )
  return inOrder.map((area) => {
    const rings = area.rings.map((ring) => ring.map(([lng, lat]): L.LatLngTuple => [lat, lng]))
    return { area, shape: L.polygon(rings, { ...areaStyle(area), interactive: false }).addTo(layer) }
  })
}

const escapeText = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const markerIcon = ({ kind, label }: MapMarker) =>
  L.divIcon({
    className: `map-marker map-marker--${kind}`,
    html: `<i class="map-marker__sign"></i>${label ? `<b class="map-marker__label">${escapeText(label)}</b>` : ''}`,
    iconSize: [0, 0],
  })

/**
 * Calls back when the element has another size: a keyboard came up, the phone was turned. While its page lies under
 * another one it has none, and a map that is told so draws nothing when it comes back.
 */
const followSize = (element: HTMLElement, hear: () => void): (() => void) => {
  const tell = () => {
    if (element.clientWidth > 0 && element.clientHeight > 0) hear()
  }
  // iOS before 13.4 has no observer of sizes.
  if (typeof ResizeObserver === 'undefined') {
    window.addEventListener('resize', tell)
    return () => window.removeEventListener('resize', tell)
  }
  const observer = new ResizeObserver(tell)
  observer.observe(element)
  return () => observer.disconnect()
}

/** Leaflet without tiles: ground, areas with their names, markers, a scale and the north. */
export default function LeafletMap(props: LeafletMapProps) {
  const { areas, markers, center, label, onMove } = props
  const element = useRef<HTMLDivElement>(null)
  const map = useRef<L.Map>()
  const heard = useRef(onMove)
  heard.current = onMove

  useEffect(() => {
    if (!element.current) return
    const made = L.map(element.current, {
      // With the arrows the ground moves by about an alley.
      keyboardPanDelta: 40,
      attributionControl: false,
      zoomControl: false,
      zoomSnap: 0.25,
      minZoom: 8,
      maxZoom: 19,
      scrollWheelZoom: true,
      trackResize: false,
    })
    L.control.zoom({ position: 'bottomright', zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(made)
    L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(made)
    // The initial position and zooming choose no place: only moving the map or clicking does.
    let isByHand = false
    made.on('dragstart', () => {
      isByHand = true
    })
    made.on('keydown', ({ originalEvent }) => {
      if (originalEvent.key.startsWith('Arrow')) isByHand = true
    })
    made.on('click', ({ latlng }) => {
      if (!heard.current) return
      isByHand = true
      made.panTo(latlng)
    })
    made.on('moveend', () => {
      const { lng, lat } = made.getCenter()
      heard.current?.(lng, lat, isByHand)
    })
    map.current = made
    const stopFollowing = followSize(element.current, () => made.invalidateSize({ animate: false }))
    return () => {
      stopFollowing()
      map.current = undefined
      made.remove()
    }
  }, [])

  const centerLng = center?.lng
  const centerLat = center?.lat

  useEffect(() => {
    if (centerLng === undefined || centerLat === undefined) return
    map.current?.setView([centerLat, centerLng], closeUpZoom, { animate: false })
  }, [centerLng, centerLat])

  const hasCenter = center !== undefined
  const hasPin = markers.some(({ kind }) => kind === 'pin')

  useEffect(() => {
    if (hasCenter) return
    const bounds = L.latLngBounds([])
    for (const area of areas) for (const [lng, lat] of area.rings[0] ?? []) bounds.extend([lat, lng])
    for (const { point } of markers) bounds.extend([point.lat, point.lng])
    if (bounds.isValid()) map.current?.fitBounds(bounds, { padding: [16, 16], maxZoom: 17, animate: false })
  }, [areas, markers, hasCenter])

  useEffect(() => {
    const on = map.current
    if (!on) return
    const layer = L.layerGroup().addTo(on)
    const drawn = drawAreas(layer, areas)
    const nameAreas = () => {
      for (const { area, shape } of drawn) {
        const box = shape.getBounds()
        const width =
          on.latLngToLayerPoint(box.getNorthEast()).x - on.latLngToLayerPoint(box.getSouthWest()).x
        const fits = width >= narrowestNamedPixels
        if (!fits) shape.unbindTooltip()
        else if (!shape.getTooltip())
          shape.bindTooltip(escapeText(area.name), {
            permanent: true,
            direction: 'center',
            className: `map-area-name ${area.isHighlighted ? 'map-area-name--highlighted' : ''}`,
          })
      }
    }
    nameAreas()
    on.on('zoomend', nameAreas)
    return () => {
      on.off('zoomend', nameAreas)
      layer.remove()
    }
  }, [areas])

  useEffect(() => {
    const on = map.current
    if (!on) return
    const layer = L.layerGroup().addTo(on)
    for (const marker of markers) {
      L.marker([marker.point.lat, marker.point.lng], {
        icon: markerIcon(marker),
        interactive: false,
        keyboard: false,
        zIndexOffset: marker.kind === 'pin' ? 1000 : 0,
      }).addTo(layer)
    }
    return () => void layer.remove()
  }, [markers])

  return (
    <div className={`leaflet-map ${hasPin ? 'leaflet-map--pinned' : ''}`}>
      {/* It takes the keyboard: arrows move it, plus and minus make it larger and smaller. */}
      <div className="leaflet-map__ground" role="application" aria-label={label} ref={element} />
      <div className="leaflet-map__north">北</div>
    </div>
  )
}
