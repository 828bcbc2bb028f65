import type { CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import type { InputOf } from '../../../cloudfunctions/contract/contract'
import { cleanText } from '../../../cloudfunctions/ground/text/clean-text'
import { readPhoneNumber } from '../../../cloudfunctions/ground/text/phone-number'
import { countText, readTypedText } from '../../../cloudfunctions/ground/text/typed-text'
import {
  isHeldUp,
  isSendingPhotos,
  keepablePhotos,
  type PickedPhoto,
  sentPhotoIds,
  unusablePhotos,
} from '../../components/picked-photo'
import { type ChosenPlace, type NamedCommunity, placeToSend } from '../../services/chosen-place'
import { type CategoryChoice, type FormField, fieldNames, isEmergency } from './words'

/** Whom a complaint is about, as its reporter has said or let stand beside the question. */
export interface Accused {
  /** The place that was asked about: of another one nothing has been said. */
  readonly of: string
  /** Null: nobody answers for the place and nobody was named. Absent: another unit is meant, and which one is not said yet. */
  readonly unitId?: string | null
}

/** A report being written; where no community was chosen for it, the resident's home stands in. */
export interface ReportDraft extends ChosenPlace {
  readonly photos: readonly PickedPhoto[]
  readonly categoryId: CategoryId | null
  /** Null: nobody has been asked yet. */
  readonly accused: Accused | null
  readonly text: string
  readonly wantsCall: boolean
  readonly phone: string
  /** 提交 was pressed: it is sent as soon as everything of it can be. */
  readonly isToSend: boolean
}

export const emptyDraft: ReportDraft = {
  photos: [],
  point: null,
  placeWords: '',
  community: null,
  categoryId: null,
  accused: null,
  text: '',
  wantsCall: false,
  phone: '',
  isToSend: false,
}

/** What of a draft means something to the next visit: an upload under way does not. */
export const keepableDraft = (draft: ReportDraft): ReportDraft => ({
  ...draft,
  photos: keepablePhotos(draft.photos),
})

export type Submission = Omit<InputOf<'report.submit'>, 'commandId'>

/** The most characters the server takes. */
export const maxText = 500
export const maxPlaceWords = 100

export type Problems = Partial<Readonly<Record<FormField, string>>>

/** Why nobody could be told from this where it is. */
export const placeProblem = (
  { point, placeWords }: ReportDraft,
  community: NamedCommunity | undefined,
  category: CategoryChoice | undefined,
): string | undefined => {
  const words = readTypedText(placeWords, 0, maxPlaceWords)
  if (!words.isTaken) return `“${fieldNames.place}”${words.why}`
  if (point) return undefined
  // Where every minute counts one sentence says what and where; whoever comes asks the rest.
  if (words.text === '' && !isEmergency(category)) return '请在地图上指一下，或者写一句在哪里'
  return community ? undefined : '请选社区（嘎查村），说不清就选“说不清”'
}

const textProblem = ({ text }: ReportDraft): string | undefined => {
  const typed = readTypedText(text, 1, maxText)
  if (typed.isTaken) return undefined
  return typed.excess > 0 ? `${typed.why}，现在多了${typed.excess}个` : '请写一句话，说说怎么回事'
}

const phoneProblem = ({ wantsCall, phone }: ReportDraft): string | undefined =>
  wantsCall && readPhoneNumber(phone) === undefined ? '请写手机号，或者带区号的座机号' : undefined

/** What names a place where it is asked whom a complaint is about; the words beside it change nothing. */
export const placeAsked = ({ point, namedUnitId }: Submission['place']): string =>
  JSON.stringify([point?.lng, point?.lat, namedUnitId])

/** What has been said of whom a complaint at this place is about; undefined while nothing has. */
export const accusedAt = (
  { accused }: Pick<ReportDraft, 'accused'>,
  place: Submission['place'],
): Accused | undefined => (accused?.of === placeAsked(place) ? accused : undefined)

/**
 * H4: where a complaint names nobody the server takes the branch of its place for whom it is about, and that is wrong
 * wherever it is about somebody else. It is never sent before that has been said.
 */
const accusedProblem = (draft: ReportDraft, community: NamedCommunity | undefined): string | undefined =>
  accusedAt(draft, placeToSend(draft, community))?.unitId === undefined
    ? '请先选反映的是谁，再提交'
    : undefined

const categoryProblem = (
  draft: ReportDraft,
  community: NamedCommunity | undefined,
  category: CategoryChoice | undefined,
): string | undefined => {
  if (!category) return '请选是什么事'
  return category.isAboutBranch ? accusedProblem(draft, community) : undefined
}

/** Why the draft cannot be sent yet, block by block, in plain words. */
export const problemsOf = (
  draft: ReportDraft,
  community: NamedCommunity | undefined,
  category: CategoryChoice | undefined,
): Problems => {
  const problems: Record<FormField, string | undefined> = {
    // None is required (K1), and one on its way only makes the report wait for it.
    photos: unusablePhotos(draft.photos),
    place: placeProblem(draft, community, category),
    category: categoryProblem(draft, community, category),
    text: textProblem(draft),
    phone: phoneProblem(draft),
  }
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem))
}

/** Of what the draft wants, what has been complained about, and what the server refused. */
export const problemsAmong = (fields: readonly FormField[], found: Problems, refused: Problems): Problems => {
  const named = fields.flatMap((field) => (found[field] === undefined ? [] : [[field, found[field]]]))
  return { ...refused, ...Object.fromEntries(named) }
}

/** Whether there is something to read in what was typed. */
export const hasWords = (text: string): boolean => countText(text) > 0

/**
 * What becomes of the kind of matter an address asks for beside a draft that was begun before: an empty one takes it;
 * of one in which something is written its writer says what they mean. What was sent off already goes first.
 */
export const askedBeside = (
  { categoryId, text, photos, isToSend }: ReportDraft,
  askedId: CategoryId | null,
): 'nothing' | 'taken' | 'undecided' => {
  if (askedId === null || askedId === categoryId || isToSend) return 'nothing'
  return hasWords(text) || photos.length > 0 ? 'undecided' : 'taken'
}

/** What is sent; only a complaint accuses somebody, and it names whom, the branch of the place too. */
export const toSubmission = (
  draft: ReportDraft,
  { id: categoryId, isAboutBranch }: { readonly id: CategoryId; readonly isAboutBranch: boolean },
  community: NamedCommunity | undefined,
): Submission => {
  const place = placeToSend(draft, community)
  const accusedUnitId = isAboutBranch ? accusedAt(draft, place)?.unitId : undefined
  return {
    categoryId,
    text: cleanText(draft.text),
    photos: sentPhotoIds(draft.photos),
    place,
    ...(accusedUnitId ? { accusedUnitId } : {}),
    ...(draft.wantsCall ? { phone: readPhoneNumber(draft.phone) ?? draft.phone } : {}),
  }
}

/**
 * Whether nothing of it is still on its way to the server. Where every minute counts nobody waits for a picture that the
 * server takes only later.
 */
export const isWhole = ({ photos }: Pick<ReportDraft, 'photos'>, isUrgent: boolean): boolean =>
  !isSendingPhotos(isUrgent ? photos.filter((photo) => !isHeldUp(photo)) : photos)

/** Nothing has been said yet of where it is. */
export const isUnplaced = ({ point, placeWords, community }: ChosenPlace): boolean =>
  point === null && community === null && !hasWords(placeWords)
