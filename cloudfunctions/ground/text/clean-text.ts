import { byProperty } from './by-property'

/**
 * Marks that nobody sees and nobody means: controls, directional marks (phones put them around a number copied
 * from the contacts), zero-width spaces, soft hyphens, tags, annotation anchors, noncharacters, halves of a
 * character. Not among them: joiners and Mongolian variation selectors and separators, which are parts of letters.
 */
const unmeant = byProperty(
  [
    String.raw`[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f]`,
    String.raw`[\ufeff\ufff9-\ufffc\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}\p{Cs}]`,
  ].join('|'),
)

/** Every way in which programs end a line; Word's soft one and a form feed among them. */
const lineEnd = byProperty(String.raw`\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]`)

/** Marks, joiners and separators that belong to the letter before them; nothing written here has more than four. */
const partOfLetter = String.raw`[\p{M}\u180e\u200c\u200d]`
const crowdedLetter = byProperty(`(${partOfLetter}{4})${partOfLetter}+`)

/** Fillers and blank patterns that count as letters or symbols and show nothing. */
const blankGlyph = byProperty(String.raw`[\u115f\u1160\u3164\uffa0\u2800\u{13441}\u{13442}\u{1d159}]`)

const shows = byProperty(String.raw`[\p{L}\p{N}\p{P}\p{S}]`)

/** Whether there is nothing to read: no letter, digit, sign or symbol that shows. */
export const isBlank = (text: string): boolean => text.replace(blankGlyph, '').search(shows) === -1

const mostLineBreaks = 40

/**
 * Text as the person who typed it means it: without unmeant marks, composed (NFC), at most four marks on a letter,
 * trimmed, lines ended by `\n`, at most one empty line in a row and 40 line breaks in all (later ones become
 * spaces). What is empty to the eye is ''. Cleaning clean text changes nothing.
 */
export const cleanText = (raw: string): string => {
  const text = raw
    .replace(lineEnd, '\n')
    .replace(unmeant, '')
    .normalize('NFC')
    .replace(crowdedLetter, '$1')
    .split('\n')
    .map((line) => (isBlank(line) ? '' : line.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
  let breaks = 0
  return text.replace(/\n/gu, () => {
    breaks += 1
    return breaks > mostLineBreaks ? ' ' : '\n'
  })
}
