import type { OutputOf } from '../../../cloudfunctions/contract/contract'

export type CategoryView = OutputOf<'category.list'>['rows'][number]
export type NearbyReport = OutputOf<'report.nearby'>['rows'][number]
export type SubmitReceipt = OutputOf<'report.submit'>
export type UnitView = OutputOf<'unit.get'>['unit']

/** The blocks of the form, from the top down. */
export const formFields = ['photos', 'place', 'category', 'text', 'phone'] as const
export type FormField = (typeof formFields)[number]

export const fieldNames: Readonly<Record<FormField, string>> = {
  photos: '照片',
  place: '在哪里',
  category: '是什么事',
  text: '说一句',
  phone: '电话',
}
