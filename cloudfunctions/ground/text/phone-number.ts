import { byProperty } from './by-property'
import { cleanText } from './clean-text'

const mostUnits = 60

/** Digits of the scripts on the region's keyboards that have not the shape 0–9: Mongolian, Arabic, Persian. */
const zeros = [0x1810, 0x0660, 0x06f0]

const toPlainDigit = (digit: string): string => {
  const code = digit.charCodeAt(0)
  const zero = zeros.find((one) => code >= one && code <= one + 9)
  return zero === undefined ? digit : String(code - zero)
}

/** Spaces, brackets, dots and every kind of hyphen, which people put between the groups of a number. */
const betweenGroups = byProperty(String.raw`[\s()[\].,·/_\u30fc\u2212\p{Pd}]`)

const mobile = /^1[3-9]\d{9}$/
/** Area code and seven or eight digits. */
const landline = /^0[1-9]\d{8,10}$/

/** Without the country's code; a landline written after it lacks the 0 of its area code. */
const withoutCountry = (number: string): string => {
  const abroad = /^(?:\+|00)86(\d+)$/.exec(number)?.[1]
  if (abroad !== undefined) {
    return mobile.test(abroad) || abroad.startsWith('0') ? abroad : `0${abroad}`
  }
  const bare = /^86(\d+)$/.exec(number)?.[1]
  return bare !== undefined && (mobile.test(bare) || landline.test(bare)) ? bare : number
}

/**
 * A telephone number in the one form that is kept, digits only: mobile (13800138000) or landline with its area
 * code (04721234567), however it was written: full-width, in groups, with +86. Undefined when it is neither.
 */
export const readPhoneNumber = (raw: string): string | undefined => {
  if (raw.length > mostUnits) return undefined
  const digits = cleanText(raw)
    .normalize('NFKC')
    .replace(/[\u1810-\u1819\u0660-\u0669\u06f0-\u06f9]/gu, toPlainDigit)
    .replace(betweenGroups, '')
  const number = withoutCountry(digits)
  return mobile.test(number) || landline.test(number) ? number : undefined
}
