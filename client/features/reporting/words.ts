import { type DeadlineKind, deadlineKinds } from '../../../cloudfunctions/contexts/report/rules/deadline-kind'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { isHeldUp, type PickedPhoto } from '../../components/picked-photo'
import type { Trouble } from '../../services/api'
import { notKeptText } from '../../services/unkept'
import { answerableText, hiddenFromAccused, sortedByText } from '../../words/answerable'
import { dueDeed } from '../../words/due'

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
  if (category?.isAboutBranch) return '有照片、有单据就拍一张。没有也能报。'
  return '拍远一张、近一张，一看就明白。没有照片也能报，可能有人来看一眼。'
}

/** Who will know who wrote it, and who never will (H4). */
export const secrecyText = (category: CategoryChoice | undefined): string =>
  category?.isAboutBranch
    ? `您的身份保密：办理的人看到的是“居民”加编号；${hiddenFromAccused}，公开的页面上也没有这件事。`
    : '您的身份保密：办理的人看到的是“居民”加编号，公开的页面上没有您的名字、原话和照片。'

/** Stands where it cannot be asked yet whom a complaint is about: before that it is not sent (H4). */
export const accusedUnknownText = '连上网后请先选反映的是谁，再提交；写的都在。'

type Preview = Pick<OutputOf<'place.preview'>, 'branchName' | 'accused' | 'reasons'>

/**
 * Who will have it, before it is sent, and why. A complaint goes above whoever it is about, and further up where a seat
 * there is the accused’s own (H4): which unit that is, is found when it is sent, and no unit is named before that.
 */
export const previewWords = (
  { branchName, accused, reasons }: Preview,
  category: CategoryChoice,
  accusedUnitId: string | undefined,
): { readonly who: string; readonly reasons: readonly string[] } => {
  if (!category.isAboutBranch) {
    return { who: branchName ? `由${branchName}负责` : `由上级来找${answerableText}`, reasons }
  }
  const isNamed = accusedUnitId !== undefined || accused !== undefined
  return {
    who: isNamed ? '交给被反映单位的上级' : '由上级先弄清楚反映的是谁',
    reasons: [`${hiddenFromAccused}。`],
  }
}

/** Who has it now that it was sent. */
export const sentTo = ({ branchName, status }: Pick<SubmitReceipt, 'branchName' | 'status'>): string =>
  status === 'unrouted' ? sortedByText(branchName) : branchName

/** What the receipt promises, in the order in which it must come: all that the clocks run for, and nothing else. */
export const promisedDues = (
  receipt: Pick<SubmitReceipt, 'status' | `${DeadlineKind}DueAt`>,
): readonly { readonly kind: DeadlineKind; readonly deed: string; readonly dueAt: number }[] =>
  deadlineKinds.flatMap((kind) => {
    const dueAt = receipt[`${kind}DueAt`]
    return dueAt === undefined ? [] : [{ kind, deed: dueDeed(kind, receipt.status), dueAt }]
  })

/** What becomes of it when nobody does anything: a complaint never becomes public (H4). */
export const ifLateText = (isConfidential: boolean): string =>
  isConfidential
    ? `这件事保密，${hiddenFromAccused}；过了时限还没办，由更上一级督办。`
    : '过了时限还没办，会登上红脸榜，大家都看得到。'

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

/**
 * What happens to a report that was sent off and has not arrived; `trouble` is why the last try failed, and `isKept`
 * whether this device keeps it meanwhile.
 */
export const waitingLine = (waiting: Waiting, trouble: Trouble | undefined, isKept: boolean): string => {
  const isTooOften = trouble?.code === 'too-many'
  const reason = isTooOften ? trouble.message : trouble?.why
  const why = reason === undefined ? '' : `${reason}，`
  const held = isKept ? `${waitingCount(waiting)}存着` : `${waitingCount(waiting)}还没发，${notKeptText}`
  if (waiting.photos.some(isHeldUp)) return `照片传得太多了，${held}，到时候自动接着传`
  if (isTooOften || trouble?.code === 'unavailable') return `${why}${held}，过一会儿自动再发`
  if (trouble || waiting.photos.some(({ state }) => state === 'waiting')) return `${why}${held}，有网自动发`
  return isKept ? '照片传完就发' : `${notKeptText}，照片传完就发`
}
