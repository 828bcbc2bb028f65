import { type Point, toWeChatMap } from './places'

export interface Destination {
  readonly point: Point
  readonly name: string
  readonly address: string
}

/** The address at which a map opens on a place, on whatever telephone; without a key of ours. */
const addressOnMap = ({ point, name, address }: Destination): string => {
  const { lat, lng } = toWeChatMap(point)
  const marker = `coord:${lat.toFixed(6)},${lng.toFixed(6)};title:${name};addr:${address}`
  return `https://apis.map.qq.com/uri/v1/marker?marker=${encodeURIComponent(marker)}&referer=redface`
}

/** For a code that a telephone reads. */
export const mapAddress: ((destination: Destination) => string) | undefined = addressOnMap

/** Opens a map that leads there. */
export const leadTo = (destination: Destination): void => {
  window.open(addressOnMap(destination), '_blank', 'noopener')
}
