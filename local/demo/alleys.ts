import type { Place } from '../../cloudfunctions/contexts/routing/rules/routing'
import { movePoint, type Point } from '../../cloudfunctions/ground/geometry'
import { townCentre } from './grid'

/** One of the 26 alleys of 后炭市社区: its name and a place in it, in WGS84. */
export interface Alley {
  readonly no: number
  readonly name: string
  readonly point: Point
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 to 99 as house numbers write them: 二十六. */
const inChinese = (count: number): string => {
  const tens = Math.floor(count / 10)
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[count % 10]}`
}

const toMicrodegrees = ({ lng, lat }: Point): Point => ({
  lng: Math.round(lng * 1e6) / 1e6,
  lat: Math.round(lat * 1e6) / 1e6,
})

/** Farther apart than the 50 m within which a problem counts as the same one again. */
const alleySpacing = { east: 64, north: 96 } as const

/** 一号巷 to 二十六号巷: three rows south of the market, the places generated. */
export const alleys: readonly Alley[] = Array.from({ length: 26 }, (_, at) => {
  const row = Math.floor(at / 9)
  return {
    no: at + 1,
    name: `${inChinese(at + 1)}号巷`,
    point: toMicrodegrees(
      movePoint(townCentre, ((at % 9) - 4) * alleySpacing.east - 55, 60 - row * alleySpacing.north),
    ),
  }
})

/**
 * Where the story's resident stands: in 后炭市社区, away from its borders, and with no demonstration report
 * close by that would be offered instead or make the new one count as recurring.
 */
export const storyPlace: Place & { readonly point: Point } = {
  point: toMicrodegrees(movePoint(townCentre, 60, 290)),
  accuracyMetres: 10,
  words: '供销社往东第二条巷子',
}
