import * as z from 'zod/mini'
import {
  declineReasons,
  longestSummary,
  lookFindings,
  returnReasons,
} from '../contexts/report/rules/commands'
import { contactChannels } from '../contexts/report/rules/contact'
import { satisfactionAnswers, solvedAnswers } from '../contexts/report/rules/rating'
import { remedies } from '../contexts/report/rules/report'
import { requestKinds } from '../contexts/report/rules/request'
import type { Refusal } from '../ground/result'
import {
  categoryId,
  commandId,
  cursor,
  id,
  instant,
  pageSize,
  phoneNumber,
  photoIds,
  point,
  rev,
  typedText,
} from './primitives'
import { bookName, rulesView } from './rules-view'
import {
  categoryView,
  cellView,
  inboxRow,
  ledgerChain,
  ledgerHead,
  ledgerRow,
  membershipView,
  memberView,
  mergeTarget,
  photoView,
  ratesView,
  receipt,
  redFaceRow,
  redFaceView,
  reportCard,
  reportCardPage,
  reportView,
  submitReceipt,
  unitRef,
  unitView,
} from './views'

const note = typedText(1, 300)
const optionalNote = z._default(typedText(0, 300), '')
const reason = typedText(1, 300)
/** Every command on a report names the report, the revision the caller saw and its own id. */
const onReport = {
  commandId,
  reportId: id,
  rev,
  /** Which of several seats acts; without it the first that may. */
  asUnitId: z.optional(id),
}
const noMore = z.strictObject(onReport)

const accuracyMetres = z.optional(
  z.number('位置精度不对').check(z.minimum(0, '位置精度不对'), z.maximum(100_000, '位置精度不对')),
)
const place = z.strictObject({
  point: z.optional(point),
  accuracyMetres,
  words: z._default(typedText(0, 100), ''),
  namedUnitId: z.optional(id),
})

/** No step requires a photo (K1): where nothing can be seen, words are the evidence and consent decides. */
const evidence = {
  note,
  before: z._default(photoIds, []),
  after: z._default(photoIds, []),
  remedy: z.enum(remedies, '请选择临时处置还是根治'),
}

const command = <I extends z.ZodMiniType>(input: I) => ({ kind: 'command' as const, input, output: receipt })
const query = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) => ({
  kind: 'query' as const,
  input,
  output,
})

/**
 * Every client call: action → input and output. The function `api` serves them all, except `photo.admit`,
 * which the function `photos` serves (its own memory, time and native library).
 */
export const contract = {
  'report.submit': {
    kind: 'command' as const,
    input: z.strictObject({
      commandId,
      categoryId,
      text: typedText(1, 500),
      photos: z._default(photoIds, []),
      place,
      /** For a complaint: whom it is about, when that is not the branch of the place (H4). */
      accusedUnitId: z.optional(id),
      /** Given only when the resident ticked “让支部打电话给我” for this report. */
      phone: z.optional(phoneNumber),
    }),
    output: submitReceipt,
  },
  'report.withdraw': command(z.strictObject({ ...onReport, reason: optionalNote })),
  'report.support': command(z.strictObject({ commandId, reportId: id })),
  /** From where the caller stands: makes their own what a branch declared and nobody has reported yet. */
  'report.takeUp': {
    kind: 'command' as const,
    input: z.strictObject({ commandId, reportId: id, point }),
    /** `supporter` where somebody else was quicker. */
    output: z.extend(receipt, { part: z.enum(['reporter', 'supporter']) }),
  },
  'report.rate': command(
    z.strictObject({
      ...onReport,
      contacted: z.boolean('请选择是否联系过您'),
      solved: z.enum(solvedAnswers, '请选择解决了吗'),
      satisfaction: z.enum(satisfactionAnswers, '请选择是否满意'),
      remark: optionalNote,
    }),
  ),
  'report.reopen': command(z.strictObject({ ...onReport, reason, photos: z._default(photoIds, []) })),
  'report.appeal': command(z.strictObject({ ...onReport, reason })),
  'report.appealLook': command(z.strictObject({ ...onReport, reason })),
  /** What whose verdict the branch disputes says to that (F3). */
  'report.sayToAppeal': command(
    z.strictObject({ ...onReport, words: note, photos: z._default(photoIds, []) }),
  ),
  'report.appealStruck': command(z.strictObject({ ...onReport, reason })),
  'report.add': command(
    z
      .strictObject({ ...onReport, words: typedText(0, 300), photos: z._default(photoIds, []) })
      .check(z.refine(({ words, photos }) => words !== '' || photos.length > 0, '请写几句话或拍张照片')),
  ),
  'report.urge': command(noMore),
  'report.answer': command(z.strictObject({ ...onReport, words: note, photos: z._default(photoIds, []) })),
  /** The resident has opened what the branch wrote. */
  'report.openMessage': command(noMore),
  'report.denyContact': command(noMore),
  'report.agree': command(
    z.strictObject({
      ...onReport,
      request: z.enum(['reclassify', 'relocate', 'extend', 'merge'], '没有这种申请'),
    }),
  ),
  'report.sayReasonGone': command(z.strictObject({ ...onReport, reason })),
  'report.unmerge': command(noMore),
  'redFace.answer': command(
    z.strictObject({
      ...onReport,
      isGone: z.boolean('请选择办好了没有'),
      photo: z.optional(id),
      note: optionalNote,
    }),
  ),

  'report.accept': command(
    z.strictObject({ ...onReport, publicSummary: z.optional(typedText(4, longestSummary)) }),
  ),
  'report.contact': command(
    z.strictObject({ ...onReport, channel: z.enum(contactChannels, '请选择联系方式'), note: optionalNote }),
  ),
  'report.ask': command(z.strictObject({ ...onReport, words: note })),
  'report.recall': command(z.strictObject({ ...onReport, note: optionalNote })),
  'report.note': command(z.strictObject({ ...onReport, note })),
  'report.layPlan': command(
    z.strictObject({ ...onReport, text: note, doneBy: instant, budget: typedText(1, 100) }),
  ),
  'report.reclassify': command(z.strictObject({ ...onReport, categoryId, note: optionalNote })),
  'report.relocate': command(z.strictObject({ ...onReport, place, note: optionalNote })),
  'report.correctSummary': command(
    z.strictObject({ ...onReport, publicSummary: typedText(4, longestSummary) }),
  ),
  'report.layEvidence': command(z.strictObject({ ...onReport, note, photos: z._default(photoIds, []) })),
  'report.askLook': command(z.strictObject({ ...onReport, note: optionalNote })),
  'report.reassign': command(z.strictObject({ ...onReport, toUnitId: id, note })),
  'report.supervise': command(z.strictObject({ ...onReport, note })),
  'report.look': command(
    z.strictObject({
      ...onReport,
      finding: z.enum(lookFindings, '请选择解决了没有'),
      note,
      photos: z._default(photoIds, []),
    }),
  ),
  'report.return': command(
    z.strictObject({ ...onReport, reason: z.enum(returnReasons, '请选择退回原因'), note: optionalNote }),
  ),
  'report.transfer': command(z.strictObject({ ...onReport, toUnitId: id, note })),
  'report.takeOver': command(noMore),
  'report.route': command(z.strictObject({ ...onReport, toUnitId: id, note: optionalNote })),
  /** To a partner; or, the unit itself named, to one of its own people. */
  'report.dispatch': command(z.strictObject({ ...onReport, toUnitId: id, memberId: z.optional(id), note })),
  'report.sendBack': command(z.strictObject({ ...onReport, note })),
  'report.progress': command(
    z.strictObject({
      ...onReport,
      note,
      photos: z._default(photoIds, []),
      isPublic: z._default(z.boolean(), true),
    }),
  ),
  'report.claimFixed': command(z.strictObject({ ...onReport, ...evidence })),
  'report.check': command(z.strictObject({ ...onReport, note: optionalNote })),
  'report.rework': command(z.strictObject({ ...onReport, note })),
  'report.resolve': command(z.strictObject({ ...onReport, ...evidence })),
  'report.merge': command(z.strictObject({ ...onReport, parentReportId: id })),
  'report.decline': command(
    z.strictObject({ ...onReport, reason: z.enum(declineReasons, '请选择不予受理的原因'), note }),
  ),
  'report.suspend': command(
    z.strictObject({
      ...onReport,
      reason,
      plan: typedText(1, 300),
      untilAt: instant,
      /** 土冻住了，开春再干 (K6) */
      isSeasonal: z._default(z.boolean(), false),
    }),
  ),
  'report.extend': command(z.strictObject({ ...onReport, reason, resolveDueAt: instant })),
  'report.resume': command(z.strictObject({ ...onReport, note: optionalNote })),
  /** 审批: the upper level's answer to a request; where it is handed on, the level may choose to whom. */
  'report.ruleOn': command(
    z.strictObject({
      ...onReport,
      request: z.enum(requestKinds, '没有这种申请'),
      isGranted: z.boolean('请选择同意或不同意'),
      note: optionalNote,
      toUnitId: z.optional(id),
    }),
  ),
  'redFace.declare': command(z.strictObject({ ...onReport, note })),
  /** Without numbers: every cause of the unit that can still be disputed. */
  'redFace.appeal': command(
    z.strictObject({
      ...onReport,
      reason,
      causeNos: z._default(z.array(z.int().check(z.minimum(1))).check(z.maxLength(50)), []),
    }),
  ),
  /** A matter nobody has reported yet: the branch itself lists what its people are least satisfied with. */
  'redFace.declareNew': {
    kind: 'command' as const,
    input: z.strictObject({ commandId, unitId: id, categoryId, text: typedText(1, 500), place }),
    output: submitReceipt,
  },
  /** Logged and shown to the resident; a repeated command answers the same number. */
  'report.revealPhone': {
    kind: 'command' as const,
    input: noMore,
    output: z.object({
      reportId: z.string(),
      rev: z.number(),
      status: receipt.shape.status,
      at: z.number(),
      phone: z.string(),
    }),
  },

  'me.get': query(
    z.strictObject({}),
    z.object({
      isSignedIn: z.boolean(),
      memberships: z.array(membershipView),
      unreadCount: z.number(),
      /** The community the caller first reported from, else where they work; where “附近” begins. */
      homeUnit: z.nullable(unitRef),
    }),
  ),
  'report.mine': query(z.strictObject({ cursor, limit: pageSize }), reportCardPage),
  'report.get': query(z.strictObject({ reportId: id }), reportView),
  /** Public: what happens in a unit's area, newest first. */
  'report.recent': query(z.strictObject({ unitId: id, cursor, limit: pageSize }), reportCardPage),
  /** Open reports of one group of categories within 250 m, the ten nearest: offered as 我也遇到 before sending. */
  'report.nearby': query(z.strictObject({ point, categoryId }), z.object({ rows: z.array(reportCard) })),
  'queue.list': query(
    z.strictObject({
      unitId: id,
      tab: z.enum(
        [
          'mine',
          'waiting',
          'working',
          'check',
          'suspended',
          'done',
          'sorting',
          'requests',
          'overdue',
          'open',
        ],
        '没有这一栏',
      ),
      cursor,
      limit: pageSize,
    }),
    reportCardPage,
  ),
  /** How many lie in each tab that the unit has; the keys are the unit's tabs in order. */
  'queue.counts': query(
    z.strictObject({ unitId: id }),
    z.object({ tabs: z.array(z.object({ tab: z.string(), count: z.number() })), overdueCount: z.number() }),
  ),
  'redFace.list': query(
    z.strictObject({ unitId: id, tab: z.enum(['public', 'cleared']), cursor, limit: pageSize }),
    z.object({
      rows: z.array(redFaceRow),
      nextCursor: z.nullable(z.string()),
      publicCount: z.number(),
      clearedCount: z.number(),
    }),
  ),
  'redFace.get': query(
    z.strictObject({ entryId: id }),
    z.object({
      entry: redFaceRow,
      episode: redFaceView,
      before: z.array(photoView),
      after: z.array(photoView),
      ledger: z.array(ledgerRow),
      canAnswer: z.boolean(),
      /** As in `report.get`: with it `rules.get` says what holds for the matter. */
      submittedUnder: z.string(),
      /** For whoever may answer; 0 for everybody else. */
      rev: z.number(),
    }),
  ),
  'ledger.list': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({
      /** Whose ledger it is; null when the unit has none of its own, only those of the units below it. */
      chain: z.nullable(unitRef),
      rows: z.array(ledgerRow),
      nextCursor: z.nullable(z.string()),
      headHash: z.nullable(z.string()),
      headSeq: z.number(),
      /** With the first page: the heads published last, the latest first. */
      anchors: z.array(ledgerHead),
      /** Where the daily check found it broken; 0 when it is sound. */
      brokenAtSeq: z.number(),
    }),
  ),
  /** The ledgers of a unit and of every unit below it. */
  'ledger.chains': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({ rows: z.array(ledgerChain), nextCursor: z.nullable(z.string()) }),
  ),
  /** The catalogue of the unit's banner with its own times; without a unit, the region's. */
  'category.list': query(
    z.strictObject({ unitId: z.optional(id) }),
    z.object({ rows: z.array(categoryView) }),
  ),
  /** The numbers of the rule book of the unit's banner, for sentences; without a unit, the region's. */
  'rules.get': query(
    z.strictObject({ unitId: z.optional(id), submittedUnder: z.optional(bookName) }),
    rulesView,
  ),
  /** Which branch would answer for this place, and why; the cells around it for the map. */
  'place.preview': query(
    z.strictObject({
      point: z.optional(point),
      accuracyMetres,
      namedUnitId: z.optional(id),
      categoryId: z.optional(categoryId),
    }),
    z.object({
      branchName: z.nullable(z.string()),
      /** The unit that answers or sorts: whose categories and times hold here. */
      unitId: z.string(),
      reasons: z.array(z.string()),
      isProvisional: z.boolean(),
      /** The times of the kind that was asked about, by the rule book that would hold for the report. */
      acceptText: z.string(),
      resolveText: z.string(),
      cells: z.array(cellView),
    }),
  ),
  /** The cells of one branch, community or township, for maps. */
  'grid.cells': query(z.strictObject({ unitId: id }), z.object({ cells: z.array(cellView) })),
  'unit.children': query(
    z.strictObject({ unitId: z.optional(id) }),
    z.object({ unit: unitView, rows: z.array(unitView) }),
  ),
  'unit.get': query(
    z.strictObject({ unitId: id }),
    z.object({
      unit: unitView,
      parents: z.array(unitRef),
      partners: z.array(unitRef),
      openCount: z.number(),
      redFaceCount: z.number(),
      /** Null where the banner has not switched publication on and the caller is not its staff. */
      rates: z.nullable(ratesView),
      /**
       * For the banner's own staff, while open reports are to be resolved later than this: the last date,
       * `YYYY-MM-DD`, whose days off have been announced. Null otherwise.
       */
      calendarHorizonOn: z.nullable(z.string()),
      /** For the banner's own staff: why its own rule book is not used and the region's serves. Null otherwise. */
      ruleBookFault: z.nullable(z.string()),
    }),
  ),
  /** Units a report of this branch may be dispatched or transferred to; its own people to whom it may go. */
  'unit.targets': query(
    z.strictObject({ reportId: id }),
    z.object({
      partners: z.array(unitRef),
      /** For whoever may dispatch it. */
      members: z.array(memberView),
      branches: z.array(unitRef),
      mergeTargets: z.array(mergeTarget),
    }),
  ),
  'inbox.list': query(
    z.strictObject({ unitId: z.optional(id), cursor, limit: pageSize }),
    z.object({ rows: z.array(inboxRow), nextCursor: z.nullable(z.string()), unreadCount: z.number() }),
  ),
  'inbox.read': query(
    z.strictObject({ unitId: z.optional(id), untilAt: instant }),
    z.object({ unreadCount: z.number() }),
  ),
  /** The folder in which the caller's next photographs are taken in; for two hours. */
  'photo.ticket': query(z.strictObject({}), z.object({ folder: z.string() })),
  'photo.admit': query(
    z.strictObject({ fileId: z.string('照片不对').check(z.regex(/^cloud:\/\/[^?#\s]{1,300}$/, '照片不对')) }),
    z.object({
      photoId: z.string(),
      url: z.string(),
      thumbUrl: z.string(),
      width: z.number(),
      height: z.number(),
    }),
  ),
} as const

export type Action = keyof typeof contract
/** What a caller may send; defaults are optional. */
export type InputOf<A extends Action> = z.input<(typeof contract)[A]['input']>
/** What arrives after validation. */
export type ParsedInputOf<A extends Action> = z.output<(typeof contract)[A]['input']>
export type OutputOf<A extends Action> = z.output<(typeof contract)[A]['output']>
export type CommandAction = {
  [A in Action]: (typeof contract)[A]['kind'] extends 'command' ? A : never
}[Action]

/** Every answer says the server's time: the client's clock may be wrong by a year. */
export type Answer<A extends Action = Action> =
  | { readonly ok: true; readonly value: OutputOf<A>; readonly now: number }
  | { readonly ok: false; readonly error: Refusal; readonly now: number; readonly requestId: string }
