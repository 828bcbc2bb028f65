import type { CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import type { InputOf } from '../../../cloudfunctions/contract/contract'
import { cleanText } from '../../../cloudfunctions/ground/text/clean-text'
import { readPhoneNumber } from '../../../cloudfunctions/ground/text/phone-number'
import { countText, readTypedText } from '../../../cloudfunctions/ground/text/typed-text'
import {
  isSendingPhotos,
  keepablePhotos,
  type PickedPhoto,
  sentPhotoIds,
  unusablePhotos,
} from '../../components/picked-photo'
import { type ChosenPlace, type NamedCommunity, placeToSend } from '../../services/chosen-place'
import { newCommandId } from '../../services/command-id'
import { type CategoryChoice, type FormField, fieldNames, isEmergency } from './words'

/** A report being written; where no community was chosen for it, the resident's home stands in. */
export interface ReportDraft extends ChosenPlace {
  readonly photos: readonly PickedPhoto[]
  readonly categoryId: CategoryId | null
  /** Whom a complaint is about, when that is not the branch of the place. */
  readonly accusedUnitId: string | null
  readonly text: string
  readonly wantsCall: boolean
  readonly phone: string
  /** 提交 was pressed: it is sent as soon as everything of it can be. */
  readonly isToSend: boolean
  /** The command these words were sent with, so that sending them again, even days later, is the same command. */
  readonly intention: { readonly key: string; readonly commandId: string } | null
}

export const emptyDraft: ReportDraft = {
  photos: [],
  point: null,
  placeWords: '',
  community: null,
  categoryId: null,
  accusedUnitId: null,
  text: '',
  wantsCall: false,
  phone: '',
  isToSend: false,
  intention: null,
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
    category: category ? undefined : '请选是什么事',
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

/** What is sent; only a complaint accuses somebody. */
export const toSubmission = (
  draft: ReportDraft,
  { id: categoryId, isAboutBranch }: { readonly id: CategoryId; readonly isAboutBranch: boolean },
  community: NamedCommunity | undefined,
): Submission => ({
  categoryId,
  text: cleanText(draft.text),
  photos: sentPhotoIds(draft.photos),
  place: placeToSend(draft, community),
  ...(isAboutBranch && draft.accusedUnitId !== null ? { accusedUnitId: draft.accusedUnitId } : {}),
  ...(draft.wantsCall ? { phone: readPhoneNumber(draft.phone) ?? draft.phone } : {}),
})

/** The command for these words: the one they were sent with before, or a new one. */
export const intentionFor = (
  draft: ReportDraft,
  submission: Submission,
): NonNullable<ReportDraft['intention']> => {
  const key = JSON.stringify(submission)
  return draft.intention?.key === key ? draft.intention : { key, commandId: newCommandId() }
}

/** Whether nothing of it is still on its way to the server. */
export const isWhole = ({ photos }: ReportDraft): boolean => !isSendingPhotos(photos)
