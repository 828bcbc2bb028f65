import * as z from 'zod/mini'
import { at, point, text } from '../../terms/primitives'
import { categoryId } from '../category/contract'
import { unitRef } from '../organisation/contract'
import { staffRoles } from '../organisation/rules/unit'
import { photoView } from '../photo/contract'
import { redFaceCauses, redFaceConsents } from '../red-face/rules/red-face'
import { routingPolicies } from '../routing/rules/routing'
import { answerBars } from './rules/barred-answers'
import { deadlineKinds } from './rules/deadline-kind'
import { reportStatuses } from './rules/lifecycle'
import { satisfactionAnswers, solvedAnswers } from './rules/rating'
import { remedies, reportEventKinds } from './rules/report'
import { requestKinds } from './rules/request'
import { type ReportAction, reportActions } from './steps/registry'

export const reportStatus = z.enum(reportStatuses)

/** What is answered to every command on a report: the same again when the command is repeated. */
export const receipt = z.object({ reportId: text, rev: z.number(), status: reportStatus, at })

/** 编号 as stored, ten digits; null to who may not know it, and where the matter has none. */
const reportNumber = z.nullable(text)

export const submitReceipt = z.object({
  reportId: text,
  number: reportNumber,
  rev: z.number(),
  status: reportStatus,
  at,
  /** Of the answerable unit, whatever its kind: clients in use read it by this name. */
  branchName: text,
  reasons: z.array(text),
  isProvisional: z.boolean(),
  acceptDueAt: at,
  /** Absent where the resident has been contacted already, or nobody is there to be. */
  contactDueAt: z.optional(at),
  /** Of a long work, whose plan comes first (K3). */
  planDueAt: z.optional(at),
  resolveDueAt: at,
})

/** What is printed for somebody who has no WeChat, to whoever prints it: nothing of what happened since it was filed. */
export const printedReceipt = z.extend(submitReceipt, {
  number: text,
  /** As it is said and printed. */
  code: text,
  /** How often it has been printed. */
  printNo: z.number(),
  categoryId,
  where: text,
})

/** One of a unit's own people, as colleagues read it; without a role once they have left. */
export const memberView = z.object({
  /** Opaque, and another in every report. */
  id: text,
  name: z.nullable(text),
  role: z.nullable(z.enum(staffRoles)),
  isYou: z.boolean(),
})

/** One row of any list of reports. */
const parts = ['reporter', 'co-reporter', 'supporter'] as const

/** What a resident may be asked for, one thing at a time (L6), the first that applies. */
export const asks = ['rate', 'answer-red-face', 'answer', 'agree'] as const satisfies readonly ReportAction[]

export const reportCard = z.object({
  id: text,
  number: reportNumber,
  rev: z.number(),
  status: reportStatus,
  categoryId,
  categoryName: text,
  /** The resident's words for the parties and staff, the public summary for everybody else. */
  title: text,
  /** Where it is, as exactly as this reader may know: to outsiders the area of its unit. */
  placeWords: text,
  /** Of the answerable unit, whatever its kind: clients in use read it by this name. */
  branchName: text,
  handlerName: z.nullable(text),
  /** For staff: when and with which words it was handed to who has the work. */
  handedAt: z.nullable(at),
  handedNote: z.nullable(text),
  /** For staff: the one of the branch's own people who has the work. */
  handlerMember: z.nullable(memberView),
  thumbUrl: z.nullable(text),
  submittedAt: at,
  /** When somebody reported what the branch had declared; absent where it was reported as it was submitted. */
  reportedAt: z.optional(at),
  changedAt: at,
  /** The deadline that runs now for this reader, and what it asks for; both null when none does. */
  runningDueAt: z.nullable(at),
  runningDueKind: z.nullable(z.enum(deadlineKinds)),
  isOverdue: z.boolean(),
  isDueSoon: z.boolean(),
  /** Until when it is put off (挂账). */
  suspendedUntilAt: z.nullable(at),
  supporterCount: z.number(),
  /** As in `reportView`; absent from an instance of a version before. */
  coReporterCount: z.optional(z.number()),
  /** The branch declared it and nobody has made it their own. */
  isUnreported: z.boolean(),
  /** Who stands at the asked point may: only in lists around a point. */
  mayTakeUp: z.boolean(),
  redFaceState: z.nullable(z.enum(['noticed', 'public'])),
  pendingRequestKind: z.nullable(z.enum(requestKinds)),
  /** Metres from the asked point, to outsiders between rounded places in steps of 100; only in lists around a point. */
  distanceMetres: z.nullable(z.number()),
  /** The reader's part in it, and what they are asked for now; both null in lists that are everybody's. */
  part: z.nullable(z.enum(parts)),
  ask: z.nullable(z.enum(asks)),
})

/** A matter another one may be merged into; `asksReporter`: they said it is not the same, so they are asked first. */
export const mergeTarget = z.extend(reportCard, { asksReporter: z.boolean() })

export const reportCardPage = z.object({ rows: z.array(reportCard), nextCursor: z.nullable(text) })

export const eventView = z.object({
  seq: z.number(),
  kind: z.enum(reportEventKinds),
  at,
  side: z.enum(['resident', 'staff', 'system']),
  unitName: z.nullable(text),
  text,
  photos: z.array(photoView),
})

/** One reason why a matter is on the list, as this reader may know it. */
export const causeView = z.object({
  no: z.number(),
  cause: z.enum(redFaceCauses),
  at,
  /** The units it belongs to for good. */
  unitNames: z.array(text),
  /** Who acts for the unit where it has ended. */
  heirName: z.optional(text),
  publicAt: at,
  isPublic: z.boolean(),
  /** When it becomes public if nothing else happens: later than its notice while an appeal or a posting keeps it back. */
  publishesAt: z.optional(at),
  /** 申诉中 */
  isAppealed: z.boolean(),
  /** Each cause is disputed once (F3). */
  wasAppealed: z.boolean(),
  /** 申诉成立，已撤销 */
  isStruck: z.boolean(),
})

export const redFaceView = z.object({
  no: z.number(),
  state: z.enum(['noticed', 'public', 'cleared']),
  causes: z.array(causeView),
  noticedAt: at,
  publicAt: at,
  clearedAt: z.nullable(at),
  consent: z.nullable(z.enum(redFaceConsents)),
  evidenceAt: z.nullable(at),
  /** Until when a yes is shown to the others before it clears (公示). */
  postedUntil: z.nullable(at),
  /** How many said so, of those whose word counts. */
  goneCount: z.number(),
  notGoneCount: z.number(),
  /** Whether the caller has already answered “修好了吗” in this episode. */
  hasAnswered: z.boolean(),
})

/**
 * The answers that would be refused to the caller though they are asked, and why (L5). Told to whom it bars and nobody else:
 * it says who is one of our own (H3) and what somebody has said.
 */
export const barredAnswers = z.object({
  /** Of a verdict: every one without a no in it. */
  praise: z.optional(z.literal('one-of-ours')),
  gone: z.optional(z.enum(answerBars)),
  notGone: z.optional(z.enum(answerBars)),
})

export const resolutionView = z.object({
  at,
  note: text,
  remedy: z.enum(remedies),
  byUnitName: text,
  /** Somebody who did not do the work has gone and found it done; else the resident is the check. */
  isChecked: z.boolean(),
  before: z.array(photoView),
  after: z.array(photoView),
})

export const ratingView = z.object({
  /** Who said it and staff only: it tells whom nobody called. */
  contacted: z.nullable(z.boolean()),
  solved: z.enum(solvedAnswers),
  satisfaction: z.enum(satisfactionAnswers),
  /** The resident's own words: parties and staff only. */
  remark: z.nullable(text),
  at,
  /** The caller's own verdict. */
  isYours: z.optional(z.boolean()),
})

export const reportView = z.object({
  id: text,
  number: reportNumber,
  rev: z.number(),
  status: reportStatus,
  view: z.enum(['staff', 'parties', 'co-reporter', 'public']),
  /** The caller's part in it. */
  part: z.nullable(z.enum(parts)),
  categoryId,
  categoryName: text,
  text: z.nullable(text),
  publicSummary: text,
  photos: z.array(photoView),
  placeWords: z.nullable(text),
  point: z.nullable(point),
  /** True when the point is rounded to about 100 m. */
  isPointRounded: z.boolean(),
  pseudonym: z.nullable(text),
  hasPhone: z.boolean(),
  branch: unitRef,
  unitPath: z.array(text),
  routing: z.object({
    /** Null to outsiders: a border or a nearness narrows the place down. */
    policy: z.nullable(z.enum(routingPolicies)),
    reasons: z.array(text),
    cellId: z.nullable(text),
    cellName: z.nullable(text),
    isProvisional: z.boolean(),
    alternateName: z.nullable(text),
  }),
  submittedAt: at,
  /** The branch declared it and nobody has made it their own. */
  isUnreported: z.optional(z.boolean()),
  /** When somebody reported what the branch had declared; absent where it was reported as it was submitted. */
  reportedAt: z.optional(at),
  /** To whoever took the reporter's place: since when they are its reporter. */
  yoursSince: z.optional(at),
  acceptDueAt: at,
  /** Between the branch and the resident, as is `contactedAt`: null for everybody else. */
  contactDueAt: z.nullable(at),
  planDueAt: z.nullable(at),
  resolveDueAt: at,
  /** The deadline that runs now for this reader, and what it asks for; both null when none does. */
  runningDueAt: z.nullable(at),
  runningDueKind: z.nullable(z.enum(deadlineKinds)),
  isOverdue: z.boolean(),
  isDueSoon: z.boolean(),
  /** What has to be done yet and by when, as this reader may know it, in the order in which it must come. */
  dues: z.array(z.object({ kind: z.enum(deadlineKinds), dueAt: at })),
  contactedAt: z.nullable(at),
  handler: z.nullable(
    z.object({
      id: text,
      name: text,
      at,
      note: text,
      /** For staff: the one of the branch's own people who has it. */
      member: z.nullable(memberView),
    }),
  ),
  fixClaim: z.nullable(
    z.object({
      unitName: text,
      at,
      note: text,
      remedy: z.enum(remedies),
      before: z.array(photoView),
      after: z.array(photoView),
    }),
  ),
  resolution: z.nullable(resolutionView),
  ratings: z.array(ratingView),
  suspension: z.nullable(
    z.object({ reason: text, plan: text, untilAt: at, approvedByUnitName: text, isSeasonal: z.boolean() }),
  ),
  /**
   * For who may ask for a suspension: how many days an ordinary one may last, and the last date, `YYYY-MM-DD`, of
   * one for frozen ground where that can be granted now.
   */
  suspendable: z.nullable(z.object({ ordinaryDays: z.number(), putOffUntilOn: z.nullable(text) })),
  /** What has been asked of levels above and waits; to outsiders their own appeal alone. */
  requests: z.array(
    z.object({
      /** Names it where several of a kind wait: the appeals of several units. */
      no: z.number(),
      kind: z.enum(requestKinds),
      side: z.enum(['branch', 'resident', 'level']),
      at,
      byUnitName: text,
      /** Of what residents ask: the caller did, alone or with others. Who else did is told to nobody. */
      isYours: z.optional(z.boolean()),
      /** A resident's words are for that resident and staff. */
      reason: z.nullable(text),
      detail: z.nullable(text),
      /** When it goes one level further up. */
      movesUpAt: at,
      endsAt: z.nullable(at),
      mayRule: z.boolean(),
      /** Whether whose verdict is disputed has spoken to that, and until when they are waited for (F3). */
      hearing: z.nullable(
        z.object({
          until: at,
          askedCount: z.number(),
          saidCount: z.number(),
          words: z.array(z.object({ at, text, photos: z.array(photoView) })),
        }),
      ),
      /** Why it cannot be granted yet, though it can be denied. */
      notYet: z.nullable(z.enum(['look-first', 'hear-first'])),
      mayAgree: z.boolean(),
      /** No level has a say: it waits for the reporter's word alone. */
      isForReporterAlone: z.boolean(),
      /** The matter it would be merged into. */
      parentReportId: z.nullable(text),
    }),
  ),
  plan: z.nullable(z.object({ at, text, doneBy: at, budget: text })),
  /** What the branch asked the reporter: the reporter and staff read it. */
  questions: z.array(z.object({ no: z.number(), at, unitName: text, text, answeredAt: z.nullable(at) })),
  /** How many hand-overs need nobody's leave yet. */
  freePassesLeft: z.number(),
  /** The unit has had it so long that what falls due later stays with it too (A2). */
  staysWithUs: z.boolean(),
  /** The unit's duty telephone, for whoever reports a danger. */
  dutyPhone: z.nullable(text),
  supporterCount: z.number(),
  /** To others than the reporter and staff, the reports that lie in it: no number tells which of them have one reporter. */
  coReporterCount: z.number(),
  parentReportId: z.nullable(text),
  childCount: z.number(),
  redFace: z.nullable(
    z.extend(redFaceView, {
      /** The page of this stay among the entries of the unit that has the matter now; absent where it has none. */
      entryId: z.optional(text),
    }),
  ),
  /** A yes posted to this reader, who may not know of the entry it is about yet (公示). */
  posting: z.nullable(z.object({ until: at, hasAnswered: z.boolean() })),
  timeline: z.array(eventView),
  /** How many lines lie between its first and its second: `report.olderLines`. */
  olderCount: z.number(),
  /** When the unit that has it now accepted it. */
  acceptedAt: z.optional(at),
  wasReopened: z.optional(z.boolean()),
  /** Pictures laid before the residents after the last result. */
  freshEvidence: z.optional(z.array(photoView)),
  /** The version of the rule book under which it was submitted: with it `rules.get` says what holds for it (K10). */
  submittedUnder: text,
  /**
   * Only to whom may record a contact, where the reporter has left a number: whether their unit has looked at it, before
   * which no call is recorded (C1).
   */
  isPhoneRevealed: z.optional(z.boolean()),
  /** What the caller may do now; the screen offers these and nothing else. */
  actions: z.array(z.enum(reportActions)),
  barredAnswers: z.optional(barredAnswers),
  /** For who has urged: from when on they may again. */
  urgeAgainAt: z.optional(at),
})

/** A step is answered with the report as the caller may read it after it (`report.get`), if they still may. */
export const stepAnswer = z.extend(receipt, { view: z.optional(reportView) })
