import { cleanText } from '../../../../cloudfunctions/ground/text/clean-text'
import type { KeptUnit } from '../../../words/unit-change'

/** What an admin keeps up of a unit, in the order in which it is asked for. */
export const correctFields = [
  'dutyPhone',
  'phone',
  'address',
  'hours',
  'areaName',
  'population',
  'floatingShare',
] as const
export type CorrectField = (typeof correctFields)[number]

type Typed = Readonly<Partial<Record<CorrectField, string>>>

/** What stands in the field before anything is written. */
export const typedOf = (unit: KeptUnit, field: CorrectField): string => String(unit[field] ?? '')

const numberFields = ['population', 'floatingShare'] as const

const digits = (text: string): string => text.normalize('NFKC').replace(/[,，\s人%]/gu, '')

/** What is no number, before it is sent as nothing. */
export const numberProblems = (typed: Typed): Typed =>
  Object.fromEntries(
    numberFields.flatMap((field) => {
      const text = digits(typed[field] ?? '')
      return text === '' || /^\d{1,9}(\.\d{1,4})?$/.test(text) ? [] : [[field, '只填数字']]
    }),
  )

/** As it is sent: an emptied field is emptied there, too. */
export const factsTyped = (typed: Typed) => {
  const text = (field: CorrectField): string | null | undefined => {
    const words = typed[field]
    return words === undefined ? undefined : cleanText(words) || null
  }
  const number = (field: (typeof numberFields)[number]): number | null | undefined => {
    const words = typed[field]
    if (words === undefined) return undefined
    return digits(words) === '' ? null : Number(digits(words))
  }
  return {
    dutyPhone: text('dutyPhone'),
    phone: text('phone'),
    address: text('address'),
    hours: text('hours'),
    // A place is called somehow.
    areaName: typed.areaName === undefined ? undefined : cleanText(typed.areaName),
    population: number('population'),
    floatingShare: number('floatingShare'),
  }
}
