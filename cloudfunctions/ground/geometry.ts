/** WGS84 degrees. */
export interface Point {
  readonly lng: number
  readonly lat: number
}

/** `[lng, lat]` in WGS84 degrees, as in GeoJSON. */
export type Position = readonly [number, number]
/** Closed or open; first and last position may be the same. */
export type Ring = readonly Position[]
/** The outer ring, then its holes; further separate parts may follow, since a point counts by even and odd. */
export type Rings = readonly Ring[]

const earthRadiusMetres = 6_371_008.8
const metresPerDegree = (Math.PI / 180) * earthRadiusMetres
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Whole microdegrees, 0.11 m: differences stay below 2^25, so the products below are exact in a double. */
const micro = (degrees: number): number => Math.round(degrees * 1e6)

const forEachEdge = (ring: Ring, visit: (from: Position, to: Position) => void): void => {
  let from = ring[ring.length - 1]
  for (const to of ring) {
    if (from) visit(from, to)
    from = to
  }
}

/**
 * Does the point lie in the polygon? Half-open in whole microdegrees: of polygons that share their edges, a
 * point on an edge or a corner belongs to exactly one.
 */
export const isInPolygon = (point: Point, rings: Rings): boolean => {
  const x = micro(point.lng)
  const y = micro(point.lat)
  let isInside = false
  for (const ring of rings) {
    let from = ring[ring.length - 1]
    let isFromAbove = from !== undefined && micro(from[1]) > y
    for (const to of ring) {
      const isToAbove = micro(to[1]) > y
      if (from && isFromAbove !== isToAbove) {
        // Always looked at from the lower end, so that both neighbours of an edge compute the same thing.
        const low = isToAbove ? from : to
        const high = isToAbove ? to : from
        const lowX = micro(low[0])
        const lowY = micro(low[1])
        const cross = (micro(high[0]) - lowX) * (y - lowY) - (micro(high[1]) - lowY) * (x - lowX)
        if (cross > 0) isInside = !isInside
      }
      from = to
      isFromAbove = isToAbove
    }
  }
  return isInside
}

/** Great-circle distance. */
export const distanceMetres = (a: Point, b: Point): number => {
  const sinLat = Math.sin(radians(b.lat - a.lat) / 2)
  const sinLng = Math.sin(radians(b.lng - a.lng) / 2)
  const h = sinLat * sinLat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * sinLng * sinLng
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** How far the point is from the polygon's border, inside or out; exact to about a per mille within 10 km. */
export const metresToBorder = (point: Point, rings: Rings): number => {
  const metresPerLng = metresPerDegree * Math.cos(radians(point.lat))
  let leastSquared = Number.POSITIVE_INFINITY
  for (const ring of rings) {
    forEachEdge(ring, (from, to) => {
      const ax = (from[0] - point.lng) * metresPerLng
      const ay = (from[1] - point.lat) * metresPerDegree
      const dx = (to[0] - from[0]) * metresPerLng
      const dy = (to[1] - from[1]) * metresPerDegree
      const squared = dx * dx + dy * dy
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared))
      leastSquared = Math.min(leastSquared, (ax + along * dx) ** 2 + (ay + along * dy) ** 2)
    })
  }
  return Math.sqrt(leastSquared)
}

/** 0 inside, else the distance to the border. */
export const metresToPolygon = (point: Point, rings: Rings): number =>
  isInPolygon(point, rings) ? 0 : metresToBorder(point, rings)

/** The point moved by metres to the east and to the north. */
export const movePoint = (point: Point, eastMetres: number, northMetres: number): Point => ({
  lng: point.lng + eastMetres / (metresPerDegree * Math.cos(radians(point.lat))),
  lat: point.lat + northMetres / metresPerDegree,
})

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))

/** The map of slippy tiles ends here; what lies beyond belongs to its last row. */
const lastLatitude = 85.0511287798

const tileX = (lng: number, zoom: number): number => Math.floor(((lng + 180) / 360) * 2 ** zoom)
const tileY = (lat: number, zoom: number): number => {
  const shown = within(lat, -lastLatitude, lastLatitude)
  const row = Math.floor(((1 - Math.asinh(Math.tan(radians(shown))) / Math.PI) / 2) * 2 ** zoom)
  return within(row, 0, 2 ** zoom - 1)
}
const topOfTile = (y: number, zoom: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** zoom))) * 180) / Math.PI

const leftOfTile = (x: number, zoom: number): number => (x / 2 ** zoom) * 360 - 180

/** The nearest point of a tile is found in the plane, which is exact enough this far. */
const mostClippedMetres = 10_000

/** How wide a tile is at this latitude. */
export const tileMetres = (lat: number, zoom: number): number =>
  (360 * metresPerDegree * Math.cos(radians(lat))) / 2 ** zoom

const tileKey = (zoom: number, x: number, y: number): string => `${zoom}/${x}/${y}`

/** More tiles than any question of the product needs: a circle that wants more is a bug, never an input. */
const mostTiles = 1_000

/**
 * Slippy-map tiles `zoom/x/y` that the circle touches; zoom 16 is about 470 m wide in the region. Of a circle of more
 * than ten kilometres those of the square around it.
 * Beyond the antimeridian they go on at the other side of the map; beyond its last row there are none.
 * Throws a RangeError for what is no place and for a circle of more than a thousand tiles.
 */
export const tilesAround = (point: Point, radiusMetres: number, zoom = 16): string[] => {
  const isPlace = Math.abs(point.lat) <= 90 && Math.abs(point.lng) <= 180
  if (!isPlace || !(radiusMetres >= 0 && radiusMetres < earthRadiusMetres)) {
    throw new RangeError(`no tiles ${radiusMetres} m around ${point.lng}, ${point.lat}`)
  }
  const wide = 2 ** zoom
  const north = Math.min(lastLatitude, point.lat + radiusMetres / metresPerDegree)
  const south = Math.max(-lastLatitude, point.lat - radiusMetres / metresPerDegree)
  // The circle is widest in degrees at its poleward side.
  const poleward = Math.min(lastLatitude, Math.max(Math.abs(north), Math.abs(south)))
  const reach = Math.min(180, radiusMetres / (metresPerDegree * Math.cos(radians(poleward))))
  const west = tileX(point.lng - reach, zoom)
  const columns = Math.min(wide, tileX(point.lng + reach, zoom) - west + 1)
  const top = tileY(north, zoom)
  const rows = tileY(south, zoom) - top + 1
  if (columns * rows > mostTiles) {
    throw new RangeError(`${columns * rows} tiles ${radiusMetres} m around ${point.lng}, ${point.lat}`)
  }
  const isTouched = (x: number, y: number): boolean => {
    if (radiusMetres > mostClippedMetres || Math.abs(point.lat) + reach >= lastLatitude) return true
    const lng = within(point.lng, leftOfTile(x, zoom), leftOfTile(x + 1, zoom))
    const lat = within(point.lat, topOfTile(y + 1, zoom), topOfTile(y, zoom))
    return distanceMetres(point, { lng, lat }) <= radiusMetres * 1.01 + 1
  }
  return Array.from({ length: Math.max(0, rows) }, (_row, row) =>
    Array.from({ length: columns }, (_column, column) =>
      isTouched(west + column, top + row)
        ? [tileKey(zoom, (((west + column) % wide) + wide) % wide, top + row)]
        : [],
    ).flat(),
  ).flat()
}

/** Far below a microdegree: keeps a border that runs along a tile's edge in both tiles. */
const hairDegrees = 1e-7

/** Every tile the polygon touches: a point of the polygon always lies in one of them. */
export const tilesOfPolygon = (rings: Rings, zoom = 16): string[] => {
  const lats = rings.flatMap((ring) => ring.map((position) => position[1]))
  if (lats.length === 0) return []
  const firstRow = tileY(Math.max(...lats) + hairDegrees, zoom)
  const lastRow = tileY(Math.min(...lats) - hairDegrees, zoom)
  const keys: string[] = []
  for (let y = firstRow; y <= lastRow; y += 1) {
    const north = topOfTile(y, zoom) + hairDegrees
    const south = topOfTile(y + 1, zoom) - hairDegrees
    const middle = (north + south) / 2
    const columns = new Set<number>()
    const crossings: number[] = []
    const addColumns = (fromLng: number, toLng: number): void => {
      for (let x = tileX(fromLng, zoom); x <= tileX(toLng, zoom); x += 1) columns.add(x)
    }
    for (const ring of rings) {
      forEachEdge(ring, (from, to) => {
        const [low, high] = from[1] <= to[1] ? [from, to] : [to, from]
        if (low[1] > north || high[1] < south) return
        const height = high[1] - low[1]
        const lngAt = (lat: number): number => low[0] + ((lat - low[1]) / height) * (high[0] - low[0])
        const begin = height === 0 || low[1] >= south ? low[0] : lngAt(south)
        const end = height === 0 || high[1] <= north ? high[0] : lngAt(north)
        addColumns(Math.min(begin, end) - hairDegrees, Math.max(begin, end) + hairDegrees)
        if (low[1] > middle !== high[1] > middle) crossings.push(lngAt(middle))
      })
    }
    // A tile no edge passes through is inside or outside as a whole.
    crossings.sort((a, b) => a - b)
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const [enter, leave] = crossings.slice(pair, pair + 2)
      if (enter !== undefined && leave !== undefined) addColumns(enter, leave)
    }
    for (const x of [...columns].sort((a, b) => a - b)) keys.push(tileKey(zoom, x, y))
  }
  return keys
}

/** To a thousandth of a degree, about 100 m: as exactly as public pages may show a place. */
export const roundPoint = (point: Point): Point => ({
  lng: Math.round(point.lng * 1000) / 1000,
  lat: Math.round(point.lat * 1000) / 1000,
})
