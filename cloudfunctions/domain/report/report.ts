import type { CategoryId } from '../category/category'
import type { StaffRole } from '../organisation/unit'
import type { Rating } from '../rating/rating'
import type { RedFaceEpisode } from '../red-face/red-face'
import type { RoutingDecision } from '../routing/routing'
import type { ReportStatus } from './lifecycle'

/** WGS84 degrees. */
export interface Point {
  readonly lng: number
  readonly lat: number
}

export interface Place {
  readonly point?: Point
  /** Radius in metres within which the point is believed to lie. */
  readonly accuracyMetres?: number
  /** The resident's own words: 供销社往东第二条巷子. */
  readonly words: string
  /** The community or village the resident named, when there is no point. */
  readonly namedUnitId?: string
}

export const remedies = ['temporary', 'lasting'] as const
export type Remedy = (typeof remedies)[number]

export interface Evidence {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Work handed to a unit: always the report's current handler is the last one. */
export interface Dispatch {
  readonly unitId: string
  readonly unitName: string
  readonly at: number
  readonly note: string
}

/** The handler says it is done; someone else looks. */
export interface FixClaim extends Evidence {
  readonly unitId: string
  readonly unitName: string
  /** Who claimed it, so that the same person never checks it. Never shown. */
  readonly actorId: string
  readonly at: number
  readonly note: string
  readonly remedy: Remedy
}

export interface Resolution extends Evidence {
  readonly at: number
  readonly note: string
  readonly remedy: Remedy
  /** Unit whose hands did the work. */
  readonly byUnitName: string
  readonly isOwnHands: boolean
}

export interface Suspension {
  readonly reason: string
  readonly untilAt: number
  /** What the wait is bound to: a budget plan, a help request. Shown publicly. */
  readonly plan: string
  readonly approvedByUnitName: string
  readonly at: number
}

export interface Extension {
  readonly reason: string
  readonly resolveDueAt: number
  readonly approvedByUnitName: string
  readonly at: number
}

/** What a branch asked of the level above and has not been decided yet. */
export type PendingRequest = { readonly at: number; readonly byUnitName: string; readonly reason: string } & (
  | { readonly kind: 'suspend'; readonly untilAt: number; readonly plan: string }
  | { readonly kind: 'extend'; readonly resolveDueAt: number }
  | {
      readonly kind: 'transfer'
      readonly toUnitId: string
      readonly toUnitName: string
      readonly toPath: readonly string[]
    }
  | { readonly kind: 'appeal-decline' }
  | { readonly kind: 'appeal-red-face' }
)
export type PendingRequestKind = PendingRequest['kind']

export interface Deadlines {
  readonly acceptDueAt: number
  readonly contactDueAt: number
  readonly planDueAt?: number
  readonly resolveDueAt: number
  /** When the problem's clock started; a transfer never moves it. */
  readonly startedAt: number
  /** Version of the rule book that set them. */
  readonly ruleVersion: string
}

export interface Supporter {
  /** Opaque per-report key; the account lives in its own collection. */
  readonly key: string
  readonly at: number
}

/** Past-tense facts, each one line of the public or internal trace (办理轨迹). */
export const reportEventKinds = [
  'submitted',
  'routed',
  'supported',
  'accepted',
  'phone-revealed',
  'contacted',
  'returned',
  'transferred',
  'taken-over',
  'dispatched',
  'sent-back',
  'progressed',
  'fix-claimed',
  'rework-ordered',
  'resolved',
  'rated',
  'reopened',
  'closed',
  'declined',
  'merged',
  'absorbed',
  'withdrawn',
  'requested',
  'request-granted',
  'request-denied',
  'suspended',
  'resumed',
  'extended',
  'due-soon',
  'overdue',
  'supervised',
  'red-face-noticed',
  'red-face-published',
  'red-face-frozen',
  'red-face-unfrozen',
  'red-face-answered',
  'red-face-cleared',
] as const
export type ReportEventKind = (typeof reportEventKinds)[number]

/** Who acted, as the trace may say it: a side and a unit, never a person. */
export type EventSide = 'resident' | 'staff' | 'system'

export interface ReportEvent {
  /** 1, 2, 3 … within the report. */
  readonly seq: number
  readonly kind: ReportEventKind
  readonly at: number
  readonly side: EventSide
  readonly unitName?: string
  readonly role?: StaffRole
  /** Plain Chinese, ready for the screen. */
  readonly text: string
  /** `public` everyone, `parties` the reporter and staff, `staff` staff of the units concerned. */
  readonly visibility: 'public' | 'parties' | 'staff'
  readonly photos?: readonly string[]
  /** The command this came from; a repeated command is recognised by it. */
  readonly commandId?: string
  readonly action?: string
  /** Digest of the caller and the command's input. */
  readonly commandDigest?: string
  /** The report's state after the event: with it a repeated command gets its first answer again. */
  readonly rev: number
  readonly status: ReportStatus
}

/** Work to be derived from the report after it is safely written; done at least once, harmless twice. */
export type OutboxEntry = { readonly id: string; readonly at: number } & OutboxWork

export type OutboxWork =
  | {
      readonly kind: 'message'
      readonly to: 'reporter' | 'supporters' | { readonly unitId: string }
      readonly title: string
      readonly text: string
    }
  | { readonly kind: 'red-face'; readonly episodeNo: number }
  | {
      readonly kind: 'ledger'
      readonly entry: 'opened' | 'published' | 'frozen' | 'unfrozen' | 'cleared'
      readonly episodeNo: number
      readonly text: string
    }
  | { readonly kind: 'merge'; readonly parentReportId: string }
  | { readonly kind: 'coverage-gap' }

export interface Report {
  readonly id: string
  readonly rev: number
  readonly status: ReportStatus
  /** 居民 7F3K: differs from report to report, so that nobody can follow one person. */
  readonly pseudonym: string
  readonly categoryId: CategoryId
  readonly text: string
  /** What everyone may read; made of category and place until staff write a better one. */
  readonly publicSummary: string
  readonly photos: readonly string[]
  readonly place: Place
  /** Place rounded to about 100 m, for public pages. */
  readonly publicPoint?: Point
  /** Map tiles around the place, for finding reports nearby. */
  readonly tiles: readonly string[]
  /** The unit that answers for the report: a branch, or one level up for complaints; null while unrouted. */
  readonly branchId: string | null
  readonly branchName: string
  /** Ids from region down to the responsible unit (or the unit that must sort it by hand). */
  readonly unitPath: readonly string[]
  readonly routing: RoutingDecision
  readonly submittedAt: number
  /** What the reporter was told on submitting; a repeated submission is told the same. */
  readonly firstAnswer: {
    readonly status: ReportStatus
    readonly branchName: string
    readonly reasons: readonly string[]
    readonly isProvisional: boolean
    readonly acceptDueAt: number
    readonly resolveDueAt: number
  }
  readonly changedAt: number
  readonly deadlines: Deadlines
  /** What the queue sorts by: the next deadline that runs, or a far future when none does. */
  readonly dueAt: number
  /** When the clock must look at the report again; null when never. */
  readonly nextClockAt: number | null
  readonly acceptedAt?: number
  readonly contactedAt?: number
  /** When the plan of a long work was laid (K3). */
  readonly planLaidAt?: number
  readonly resolvedAt?: number
  readonly closedAt?: number
  readonly hasPhone: boolean
  /** Filed by a member of the responsible branch: left out of the rates. */
  readonly isByMember: boolean
  readonly dispatches: readonly Dispatch[]
  /** Unit that has the work now: set while `dispatched` and `awaiting-check`. */
  readonly handlerUnitId: string | null
  readonly fixClaim?: FixClaim
  readonly resolutions: readonly Resolution[]
  readonly ratings: readonly Rating[]
  readonly returnCount: number
  readonly reworkCount: number
  readonly reopenedAts: readonly number[]
  readonly supervisedAts: readonly number[]
  readonly suspension?: Suspension
  /** Milliseconds by which approved suspensions have stopped the clock. */
  readonly suspendedMs: number
  readonly extensions: readonly Extension[]
  readonly pendingRequest?: PendingRequest
  readonly supporters: readonly Supporter[]
  readonly parentReportId?: string
  readonly childReportIds: readonly string[]
  readonly redFaces: readonly RedFaceEpisode[]
  /** What the clock has already done, one mark per deed, so that a doubled run does nothing. */
  readonly clockMarks: readonly string[]
  readonly timeline: readonly ReportEvent[]
  readonly outbox: readonly OutboxEntry[]
}

/** The unit that must act: the responsible one, else the one that must sort by hand. */
export const answerableUnitId = (report: Report): string | null =>
  report.branchId ?? report.unitPath[report.unitPath.length - 1] ?? null

export const currentHandler = (report: Report): Dispatch | undefined =>
  report.handlerUnitId === null ? undefined : report.dispatches[report.dispatches.length - 1]
