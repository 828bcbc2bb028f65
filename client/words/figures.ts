import { minuteMs } from '../../cloudfunctions/ground/instant'
import { instantText } from '../components/time-text'

/** Figures no older than this are taken for those of now: the clock counts once a minute. */
const freshMs = 2 * minuteMs

/** Beside figures that are of some reports only, because all are still being counted. */
const stillCounting = '正在统计，件数还不全'

/** As of when figures are, where that is not now; nothing where it is. */
export const figuresAsOf = (asOf: number | null, now: number): string | undefined => {
  if (asOf === null) return stillCounting
  return now - asOf <= freshMs ? undefined : `件数截至${instantText(asOf, now)}`
}
