import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import type { PickedPhoto } from '../../components/picked-photo'
import type { Trouble } from '../../services/api'

export type CategoryView = OutputOf<'category.list'>['rows'][number]
/** What one has to know of a kind of matter to choose it; its times are the banner's own and come with the place. */
export type CategoryChoice = Pick<CategoryView, 'id' | 'name' | 'hint' | 'emergencyCalls' | 'isAboutBranch'>
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

/** Whether numbers are rung before anything is written. */
export const isEmergency = (category: CategoryChoice | undefined): boolean =>
  category !== undefined && category.emergencyCalls.length > 0

/** A photograph is asked for and never demanded (K1): what becomes of a report without one is said beside it. */
export const photoHint = (category: CategoryChoice | undefined): string => {
  if (isEmergency(category)) return '不用等照片，先报；有就拍一张。'
  return '拍远一张、近一张，一看就明白。没有照片也能报，书记可能会来看一眼。'
}

export const sentencePlaceholder = (category: CategoryChoice | undefined): string =>
  isEmergency(category) ? '比如：桥头的井盖没了，晚上看不见' : '比如：巷子里全是泥，下雨天老人出不了门'

interface Waiting {
  readonly photos: readonly PickedPhoto[]
}

/** What this device still holds: 1件诉求、2张照片. */
export const waitingCount = ({ photos }: Waiting): string => {
  const count = photos.filter(({ admitted }) => !admitted).length
  return count > 0 ? `1件诉求、${count}张照片` : '1件诉求'
}

/** What happens to a report that was sent off and has not arrived; `trouble` is why the last try failed. */
export const waitingLine = (waiting: Waiting, trouble: Trouble | undefined): string => {
  const isTooOften = trouble?.code === 'too-many'
  const reason = isTooOften ? trouble.message : trouble?.why
  const why = reason === undefined ? '' : `${reason}，`
  if (isTooOften || trouble?.code === 'unavailable')
    return `${why}${waitingCount(waiting)}存着，过一会儿自动再发`
  if (trouble || waiting.photos.some(({ state }) => state === 'waiting'))
    return `${why}${waitingCount(waiting)}存着，有网自动发`
  return '照片传完就发'
}
