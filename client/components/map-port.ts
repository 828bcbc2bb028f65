import type { Point } from '../services/places'

/** A piece of ground with a name. */
export interface MapArea {
  readonly id: string
  readonly name: string
  /** Outer ring first, then holes; [lng, lat] in WGS84 degrees. */
  readonly rings: readonly (readonly (readonly [number, number])[])[]
  readonly isHighlighted?: boolean
}

export interface MapMarker {
  readonly id: string
  readonly point: Point
  readonly label?: string
  /** `name`: words alone, to find one's way. */
  readonly kind: 'pin' | 'dot' | 'name'
}

export interface MapViewProps {
  readonly areas: readonly MapArea[]
  readonly markers: readonly MapMarker[]
  /** Where to look; without it the map shows everything it was given. */
  readonly center?: Point
  readonly heightPixels?: number
  /** What the map shows, for those who hear the page. */
  readonly label: string
}

export interface PlacePickerProps {
  readonly isOpen: boolean
  /** Where the pin stands at first; without it, where the areas are, or in WeChat where the resident is. */
  readonly start?: Point
  readonly areas: readonly MapArea[]
  readonly landmarks?: readonly MapMarker[]
  readonly onPick: (place: { readonly point: Point; readonly words: string }) => void
  /** Closed without a place; `message` says why when it was not by choice. */
  readonly onClose: (message?: string) => void
}
