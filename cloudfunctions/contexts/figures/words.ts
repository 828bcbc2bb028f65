import { fingerprintText } from '../red-face/rules/fingerprint'
import type { Seal } from '../red-face/rules/ledger'

/** What the ledger says of a month that is final, letter by letter: it is sealed with its row. */
export const sealText = ({ month, unitCount, hash }: Seal): string => {
  const [year, no] = month.split('-').map(Number)
  return `${year}年${no}月的三率定稿，${unitCount}个单位的数以后不再改；数的指纹 ${fingerprintText(hash)}`
}
