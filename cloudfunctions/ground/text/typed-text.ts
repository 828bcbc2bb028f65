import { cleanText } from './clean-text'

/** Nobody types more than this, whatever of it would be left: cleaning is not begun. */
const mostUnits = 20_000

export type TypedText =
  | { readonly isTaken: true; readonly text: string }
  /** `why` is a plain sentence; `excess` says how many characters are too many, where that is the reason. */
  | { readonly isTaken: false; readonly why: string; readonly excess: number }

/** How long a text is: characters (code points) after cleaning. What nobody would type is not looked at: its units. */
export const countText = (raw: string): number =>
  raw.length > mostUnits ? raw.length : Array.from(cleanText(raw)).length

/**
 * What a field of `min` to `max` characters makes of what was typed into it; forms and server ask this one
 * function. Text that is empty to the eye is '' where it may be left out, and refused where it may not.
 */
export const readTypedText = (raw: string, min: number, max: number): TypedText => {
  const length = countText(raw)
  if (length > max) return { isTaken: false, why: `最多写${max}个字`, excess: length - max }
  if (length === 0 && min > 0) return { isTaken: false, why: '不能空着', excess: 0 }
  if (length < min) return { isTaken: false, why: `至少写${min}个字`, excess: 0 }
  return { isTaken: true, text: cleanText(raw) }
}
