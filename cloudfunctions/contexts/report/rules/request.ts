import type { Point } from '../../../ground/geometry'
import { type Refusal, refusal } from '../../../ground/result'
import { oneLevelUp, pathTo, type UnitPath } from '../../../ground/unit-path'
import type { CategoryId } from '../../category/rules/category'
import type { UnitRef } from '../../organisation/rules/unit'
import { isUntold } from '../../red-face/rules/red-face'
import type { Place } from '../../routing/rules/routing'
import type { RuleBook } from '../../rule-book/rules/rule-book'
import { mayFollow } from './lifecycle'
import type { Doer } from './lines'
import type { DeclineReason } from './reasons'
import type { Report } from './report'
import type { Participation } from './standing'

/**
 * What is asked of a level above (K8). The kinds never share a slot: a branch's appeal cannot keep out a
 * resident's. Each has an owner who may rule, and goes one level further up when nobody does.
 */
export const requestKinds = [
  'suspend',
  'extend',
  'resume',
  'decline',
  'pass-on',
  'reclassify',
  'relocate',
  'merge',
  'look',
  'appeal-decline',
  'appeal-closing',
  'appeal-red-face',
  'appeal-look',
  'appeal-struck',
] as const
/** What a level above is asked for (申请). */
export type RequestKind = (typeof requestKinds)[number]

/** Who asks: the three never share a slot (K8). */
export type RequestSide = 'branch' | 'resident' | 'level'

interface Asked {
  /** 1, 2, 3 … within the report. */
  readonly no: number
  readonly side: RequestSide
  readonly at: number
  readonly reason: string
  /** The unit that asked; null for residents and for what the rules ask themselves. */
  readonly byUnitId: string | null
  readonly by: Doer
  /** Opaque id of who asked: nobody rules on their own (H1). Never shown. */
  readonly byActorId: string
  /** The resident who asked, by key. */
  readonly byKey?: string
  /** Residents whose appeal goes with this one, by key. */
  readonly joinedKeys?: readonly string[]
  /** Whose act is in question, and who joined: none of them rules on it, through whichever seat (H1). Never shown. */
  readonly judgedActorIds?: readonly string[]
  /** The unit that is to rule now; any above it may too. Null where only the reporter's word will do (K9, M4). */
  readonly rulingUnitId: string | null
  /** When it goes one level further up. */
  readonly movesUpAt: number
  /** When it ends by itself: a resident's appeal is then upheld, a red-face appeal lapses. */
  readonly endsAt?: number
  /** Reporters who have agreed; where all have, nobody above is needed. */
  readonly agreedKeys: readonly string[]
}

export type LevelRequest = Asked & RequestSubject

/** What a resident appeals against. */
export type AppealKind = 'appeal-decline' | 'appeal-closing' | 'appeal-look' | 'appeal-struck'

/** Whose appeal it is: who asked, and everybody whose appeal went with theirs. */
export const appellantsOf = ({
  byKey,
  joinedKeys = [],
}: Pick<LevelRequest, 'byKey' | 'joinedKeys'>): readonly string[] => [
  ...(byKey === undefined ? [] : [byKey]),
  ...joinedKeys,
]

/** What a request is about, kind by kind. */
export type RequestSubject =
  | {
      readonly kind: 'suspend'
      readonly untilAt: number
      readonly plan: string
      /** For frozen ground: no level below the banner grants it (K6). */
      readonly isSeasonal?: boolean
    }
  | { readonly kind: 'extend'; readonly resolveDueAt: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'decline'; readonly because: DeclineReason }
  | { readonly kind: 'pass-on'; readonly to: UnitRef; readonly how: PassOnKind }
  | { readonly kind: 'reclassify'; readonly categoryId: CategoryId }
  | {
      readonly kind: 'relocate'
      readonly place: Place
      readonly publicPoint?: Point
      readonly to: UnitRef | null
    }
  | { readonly kind: 'merge'; readonly parentReportId: string; readonly parentSummary: string }
  | { readonly kind: 'look'; readonly because: LookReason }
  | { readonly kind: 'appeal-decline' }
  | { readonly kind: 'appeal-closing' }
  | {
      readonly kind: 'appeal-red-face'
      readonly causeNos: readonly number[]
      /** Set where it disputes what residents said. */
      readonly hearing?: Hearing
    }
  | { readonly kind: 'appeal-look' }
  | { readonly kind: 'appeal-struck'; readonly causeNos: readonly number[] }

/** What somebody said who was asked: words, pictures, or both. */
export interface HearingWord {
  readonly key: string
  readonly at: number
  readonly note: string
  readonly photos: readonly string[]
}

/** Whose verdict an appeal disputes, and what has become of asking them (F3). Keys are never shown. */
export interface Hearing {
  readonly askedKeys: readonly string[]
  readonly saidKeys: readonly string[]
  readonly words: readonly HearingWord[]
  /** When nobody waits for them any longer. */
  readonly until: number
}

/** Everybody who was asked has spoken, or their time is over. */
export const isHeard = (hearing: Hearing, now: number): boolean =>
  now >= hearing.until || hearing.askedKeys.every((key) => hearing.saidKeys.includes(key))

/** The ways in which a report goes from one unit to another by their own will; they count together (A5). */
export type PassOnKind = 'return' | 'transfer' | 'take-over'

/** Why a level above must go and see (F5), the weightier later: the last two are owed however an entry ends. */
export const lookReasons = ['silence', 'supporter-objects', 'third-unsolved', 'reporter-left'] as const
export type LookReason = (typeof lookReasons)[number]
export const isLookOwed = (because: LookReason): boolean =>
  because === 'third-unsolved' || because === 'reporter-left'
export const lookReasonLabels: Readonly<Record<LookReason, string>> = {
  silence: '居民没有回应，请到现场看',
  'supporter-objects': '有居民说还没修好，请到现场看',
  'third-unsolved': '一再被评为没解决，请到现场看',
  'reporter-left': '上报人已离开，请到现场看',
}

export const requestLabels: Readonly<Record<RequestKind, string>> = {
  suspend: '挂账',
  extend: '延期',
  resume: '恢复办理',
  decline: '不予受理',
  'pass-on': '转出',
  reclassify: '改类别',
  relocate: '改地点',
  merge: '并案',
  look: '现场核实',
  'appeal-decline': '对不予受理的申诉',
  'appeal-closing': '对结案的申诉',
  'appeal-red-face': '对“红脸”的申诉',
  'appeal-look': '对现场核实的申诉',
  'appeal-struck': '对撤销评价的申诉',
}

/** By the reporter's word alone, and no level's: a complaint that is to be one no more (K9), a merge undone before (M4). */
export const isForReporterAlone = <R extends Pick<LevelRequest, 'kind' | 'rulingUnitId'>>(
  request: R,
): request is Extract<R, { kind: 'reclassify' | 'merge' }> => request.rulingUnitId === null

/**
 * From the region down to the unit whose turn it is: above whoever has the matter now, or had it when it was asked, for
 * what is about a unit's own act goes up above that unit wherever the matter is by then (K8).
 */
export const rulingPath = (
  { unitPath, stints }: Asks,
  { rulingUnitId }: Pick<LevelRequest, 'rulingUnitId'>,
): UnitPath | undefined => {
  if (rulingUnitId === null) return undefined
  const paths = [unitPath, ...stints.map((stint) => stint.unit.path).reverse()]
  for (const path of paths) {
    const found = pathTo(path, rulingUnitId)
    if (found) return found
  }
  return undefined
}
type Asks = Pick<Report, 'unitPath'> & {
  readonly stints: readonly { readonly unit: Pick<UnitRef, 'path'> }[]
}

/** Where an undecided request goes next (K8); null at the top, and where no level has a say. */
export const nextRulingUnitId = (
  report: Asks,
  request: Pick<LevelRequest, 'rulingUnitId'>,
): string | null => {
  if (request.rulingUnitId === null) return null
  return oneLevelUp(rulingPath(report, request) ?? report.unitPath)
}

/** Does the request wait for this reporter's word? Of every reporter's (K7, K9), or of the one alone (M4). */
export const awaitsWordOf = (
  report: Pick<Report, 'status' | 'extensions' | 'childReportIds'>,
  request: LevelRequest,
  person: { readonly key: string; readonly part: Participation } | undefined,
  rules: Pick<RuleBook, 'report'>,
): boolean => {
  if (!person || person.part === 'supporter' || request.agreedKeys.includes(person.key)) return false
  switch (request.kind) {
    case 'reclassify':
    case 'relocate':
      return true
    case 'extend':
      return report.extensions.length >= rules.report.maxExtensions
    case 'merge':
      // While somebody else works on it, or others lie in it, it could not be merged.
      return (
        person.part === 'reporter' && mayFollow(report.status, 'merged') && report.childReportIds.length === 0
      )
    default:
      return false
  }
}

export const requestOf = <K extends RequestKind>(
  requests: readonly LevelRequest[],
  kind: K,
): Extract<LevelRequest, { kind: K }> | undefined =>
  requests.find((request): request is Extract<LevelRequest, { kind: K }> => request.kind === kind)

/** F1: an appeal against what no resident is told of is not told to them either. */
export const isUntoldRequest = ({ redFaces }: Pick<Report, 'redFaces'>, request: RequestSubject): boolean =>
  request.kind === 'appeal-red-face' &&
  redFaces
    .flatMap((episode) => episode.causes)
    .filter((cause) => request.causeNos.includes(cause.no))
    .every(isUntold)

/** Who reads what becomes of a request. */
export const readersOf = (report: Pick<Report, 'redFaces'>, request: RequestSubject): 'parties' | 'staff' =>
  isUntoldRequest(report, request) ? 'staff' : 'parties'

/** To whom the report would go, where it is asked for that another unit has it. */
export const sentTo = (request: LevelRequest): UnitRef | undefined =>
  request.kind === 'pass-on' || request.kind === 'relocate' ? (request.to ?? undefined) : undefined

/** A request of one kind. */
export type RequestFor<K extends RequestKind> = Extract<LevelRequest, { kind: K }>

/** Why nothing of this kind can be asked for now: it has been, and waits. */
export const pending = (report: Report, kind: RequestKind): Refusal | undefined =>
  requestOf(report.requests, kind) ? refusal('request-pending') : undefined
