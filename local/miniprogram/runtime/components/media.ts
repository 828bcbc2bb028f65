import { webAddress } from '../files'
import { reportOnce } from '../mini-program'
import { follow } from '../open-types'
import {
  type BuiltIn,
  booleanProperty,
  hostOf,
  numberProperty,
  onTap,
  type Self,
  tell,
  textProperty,
} from './built-in'

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/image.html */
const fits: Readonly<Record<string, readonly [fit: string, position: string]>> = {
  scaleToFill: ['fill', 'center'],
  aspectFit: ['contain', 'center'],
  aspectFill: ['cover', 'center'],
  widthFix: ['fill', 'center'],
  heightFix: ['fill', 'center'],
  top: ['none', 'top'],
  bottom: ['none', 'bottom'],
  center: ['none', 'center'],
  left: ['none', 'left'],
  right: ['none', 'right'],
  'top left': ['none', 'top left'],
  'top right': ['none', 'top right'],
  'bottom left': ['none', 'bottom left'],
  'bottom right': ['none', 'bottom right'],
}

/** A path without a beginning is seen from the file that it stands in. */
const placed = (self: Self, path: string): string => {
  if (path === '' || /^(\/|[a-z]+:)/i.test(path)) return path
  const owner = self.ownerShadowRoot?.getHostNode().is ?? ''
  return decodeURIComponent(new URL(encodeURI(path), `weapp://program/${owner}`).pathname)
}

const showImage = (self: Self): void => {
  const picture = self.kept.picture as HTMLImageElement
  const [fit, position] = fits[String(self.data.mode)] ?? fits.scaleToFill ?? ['fill', 'center']
  picture.style.objectFit = fit
  picture.style.objectPosition = position
  hostOf(self).dataset.wxMode = String(self.data.mode)
  const source = String(self.data.src ?? '')
  if (source === self.kept.source) return
  self.kept.source = source
  // Not shown, and still where lazy loading looks for it.
  picture.style.visibility = 'hidden'
  if (source === '') picture.removeAttribute('src')
  else
    webAddress(placed(self, source)).then(
      (address) => {
        if (self.kept.source === source) picture.src = address
      },
      (error: unknown) => tell(self, 'error', { errMsg: String(error) }),
    )
}

const fixSides = (self: Self, picture: HTMLImageElement): void => {
  const host = hostOf(self)
  const ratio = picture.naturalHeight / picture.naturalWidth
  if (self.data.mode === 'widthFix') host.style.height = `${host.clientWidth * ratio}px`
  if (self.data.mode === 'heightFix') host.style.width = `${host.clientHeight / ratio}px`
}

const image: BuiltIn = {
  properties: {
    src: textProperty(),
    mode: textProperty('scaleToFill'),
    lazyLoad: booleanProperty(),
    webp: booleanProperty(),
    fadeIn: booleanProperty(),
    showMenuByLongpress: booleanProperty(),
    forceHttps: booleanProperty(),
  },
  observers: {
    'src, mode'() {
      if (this.kept) showImage(this)
    },
  },
  lifetimes: {
    attached() {
      const picture = document.createElement('img')
      picture.alt = ''
      picture.draggable = false
      picture.decoding = 'sync'
      this.kept = { picture }
      if (this.data.lazyLoad) picture.loading = 'lazy'
      hostOf(this).append(picture)
      picture.addEventListener('load', () => {
        if (!this.getBackendElement()) return
        picture.style.visibility = ''
        fixSides(this, picture)
        tell(this, 'load', { width: picture.naturalWidth, height: picture.naturalHeight })
      })
      picture.addEventListener('error', () => {
        const { src } = this.data
        reportOnce({ kind: 'warning', code: 'IMAGE_FAILED', reason: `Failed to load image ${src}` })
        tell(this, 'error', { errMsg: `GET ${src} failed` })
      })
      showImage(this)
    },
  },
}

interface Marker {
  readonly id: number
  readonly latitude: number
  readonly longitude: number
  readonly iconPath?: string
  readonly width?: number
  readonly height?: number
  readonly title?: string
}

const tilePixels = 256
/** Web Mercator, in pixels of the whole world at a scale. */
const project = (longitude: number, latitude: number, scale: number): readonly [x: number, y: number] => {
  const size = tilePixels * 2 ** scale
  const sine = Math.sin((latitude * Math.PI) / 180)
  return [((longitude + 180) / 360) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size]
}

interface Spot {
  readonly latitude: number
  readonly longitude: number
}

interface Polygon {
  readonly points: readonly Spot[]
  readonly strokeWidth?: number
  readonly strokeColor?: string
  readonly fillColor?: string
}

interface MapData extends Spot {
  readonly scale: number
  readonly markers: readonly Marker[]
  readonly polygons: readonly Polygon[]
  readonly includePoints: readonly Spot[]
}

/** The middle and the scale that are shown: those given, unless there are points that have to be in sight. */
const viewOf = (host: HTMLElement, data: MapData): readonly [Spot, number] => {
  const { includePoints: points, scale } = data
  if (points.length === 0 || host.clientWidth === 0) return [data, scale]
  const longitudes = points.map(({ longitude }) => longitude)
  const latitudes = points.map(({ latitude }) => latitude)
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)]
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  const [left, bottom] = project(west, south, 0)
  const [right, top] = project(east, north, 0)
  const times = Math.min(host.clientWidth / (right - left), host.clientHeight / (bottom - top))
  const middle = { longitude: (west + east) / 2, latitude: (south + north) / 2 }
  return [middle, Number.isFinite(times) ? Math.log2(times) : scale]
}

const drawing = 'http://www.w3.org/2000/svg'

/** A map without streets: markers and polygons lie where they belong, on paper. */
const drawMap = (self: Self): void => {
  const host = hostOf(self)
  const data = self.data as unknown as MapData
  const [middle, scale] = viewOf(host, data)
  const [middleX, middleY] = project(middle.longitude, middle.latitude, scale)
  const place = ({ longitude, latitude }: Spot): readonly [x: number, y: number] => {
    const [x, y] = project(longitude, latitude, scale)
    return [x - middleX, y - middleY]
  }
  const shapes = document.createElementNS(drawing, 'svg')
  shapes.setAttribute('class', 'wx-map-shapes')
  for (const polygon of data.polygons) {
    const shape = document.createElementNS(drawing, 'polygon')
    shape.setAttribute('points', polygon.points.map((point) => place(point).join()).join(' '))
    shape.setAttribute('fill', polygon.fillColor ?? 'none')
    shape.setAttribute('stroke', polygon.strokeColor ?? '#000000')
    shape.setAttribute('stroke-width', String(polygon.strokeWidth ?? 1))
    shapes.append(shape)
  }
  const pins = data.markers.map((marker) => {
    const [x, y] = place(marker)
    const pin = document.createElement('div')
    pin.className = 'wx-map-marker'
    pin.style.left = `calc(50% + ${x}px)`
    pin.style.top = `calc(50% + ${y}px)`
    if (marker.iconPath) {
      const icon = document.createElement('img')
      icon.alt = marker.title ?? ''
      icon.width = marker.width ?? 32
      icon.height = marker.height ?? 32
      void webAddress(placed(self, marker.iconPath)).then((address) => {
        icon.src = address
      })
      pin.append(icon)
    }
    pin.addEventListener('click', () => tell(self, 'markertap', { markerId: marker.id }))
    return pin
  })
  for (const old of host.querySelectorAll(':scope > .wx-map-marker, :scope > .wx-map-shapes')) old.remove()
  host.append(shapes, ...pins)
}

const map: BuiltIn = {
  properties: {
    longitude: numberProperty(),
    latitude: numberProperty(),
    scale: numberProperty(16),
    minScale: numberProperty(3),
    maxScale: numberProperty(20),
    markers: { type: Array, value: [] },
    polyline: { type: Array, value: [] },
    circles: { type: Array, value: [] },
    polygons: { type: Array, value: [] },
    includePoints: { type: Array, value: [] },
    showLocation: booleanProperty(),
    enableZoom: booleanProperty(true),
    enableScroll: booleanProperty(true),
    enableRotate: booleanProperty(),
    showCompass: booleanProperty(),
    showScale: booleanProperty(),
    setting: { type: Object, value: {} },
  },
  observers: {
    'longitude, latitude, scale, markers, polygons, includePoints'() {
      if (this.kept) drawMap(this)
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      drawMap(this)
      requestAnimationFrame(() => tell(this, 'updated'))
    },
  },
}

const coverImage: BuiltIn = {
  ...image,
  properties: { src: textProperty(), mode: textProperty('scaleToFill'), lazyLoad: booleanProperty() },
}

const navigator: BuiltIn = {
  properties: {
    url: textProperty(),
    openType: textProperty('navigate'),
    delta: numberProperty(1),
    target: textProperty('self'),
    hoverClass: textProperty('navigator-hover'),
  },
  lifetimes: {
    attached() {
      onTap(this, () => {
        const end = (name: string, detail: object) => {
          // A page that was left hears no more.
          if (!this.getBackendElement()) return
          tell(this, name, detail)
          tell(this, 'complete', detail)
        }
        follow(this.data as never).then(
          () => end('success', { errMsg: 'navigateTo:ok' }),
          (error: unknown) => end('fail', { errMsg: String((error as Error).message) }),
        )
      })
    },
  },
}

/** There is nothing to advertise here. Source: https://developers.weixin.qq.com/miniprogram/dev/component/ad.html */
const ad: BuiltIn = {
  properties: { unitId: textProperty(), adType: textProperty('banner'), adTheme: textProperty('white') },
  lifetimes: {
    attached() {
      requestAnimationFrame(() => tell(this, 'error', { errCode: 1004, errMsg: 'no ad available' }))
    },
  },
}

export const mediaComponents: Readonly<Record<string, BuiltIn>> = {
  image,
  map,
  'cover-image': coverImage,
  navigator,
  ad,
  'ad-custom': ad,
}
