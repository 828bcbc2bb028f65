import gcoord from 'gcoord'

/** Degrees by WGS84, as everywhere in the product. */
export interface Point {
  readonly lng: number
  readonly lat: number
}

const turn = (from: Parameters<typeof gcoord.transform>[1], to: typeof from, point: Point): Point => {
  const [lng, lat] = gcoord.transform<[number, number]>([point.lng, point.lat], from, to)
  return { lng, lat }
}

/** WeChat's maps speak GCJ-02, some hundred metres off; these two are the only places that know it. */
export const toWeChatMap = (point: Point): Point => turn(gcoord.WGS84, gcoord.GCJ02, point)
export const fromWeChatMap = (point: Point): Point => turn(gcoord.GCJ02, gcoord.WGS84, point)
