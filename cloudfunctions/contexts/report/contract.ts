import * as z from 'zod/mini'
import { dayMs, hourMs } from '../../ground/instant'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { type ActionLimits, joining, mostAnonymousLooksAMinute, per, tenMinutesMs } from '../../terms/limits'
import {
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
} from '../../terms/primitives'
import { categoryId } from '../category/contract'
import { unitRef } from '../organisation/contract'
import { place } from '../routing/contract'
import { declineReasons, longestSummary, lookFindings, returnReasons } from './rules/commands'
import { contactChannels } from './rules/contact'
import { satisfactionAnswers, solvedAnswers } from './rules/rating'
import { remedies } from './rules/report'
import { requestKinds } from './rules/request'
import {
  memberView,
  mergeTarget,
  receipt,
  reportCard,
  reportCardPage,
  reportView,
  submitReceipt,
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

/** No step requires a photo (K1): where nothing can be seen, words are the evidence and consent decides. */
const evidence = {
  note,
  before: z._default(photoIds, []),
  after: z._default(photoIds, []),
  remedy: z.enum(remedies, '请选择临时处置还是根治'),
}

const step = <I extends z.ZodMiniType>(input: I, limits?: ActionLimits) => command(input, receipt, limits)

/** The tabs of a work list, whoever's; which of them a unit has is for its role. */
const queueTabs = [
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
] as const

/** All that is asked of reports and done to them. */
export const reportContract = {
  'report.submit': command(
    z.strictObject({
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
    submitReceipt,
    {
      group: 'report.submit',
      resident: [per(5, tenMinutesMs), per(20, dayMs)],
      staff: [per(60, tenMinutesMs), per(300, dayMs)],
    },
  ),
  'report.withdraw': step(z.strictObject({ ...onReport, reason: optionalNote })),
  'report.support': step(z.strictObject({ commandId, reportId: id }), joining),
  /** From where the caller stands: makes their own what a branch declared and nobody has reported yet. */
  'report.takeUp': command(
    z.strictObject({ commandId, reportId: id, point }),
    /** `supporter` where somebody else was quicker. */
    z.extend(receipt, { part: z.enum(['reporter', 'supporter']) }),
    joining,
  ),
  'report.rate': step(
    z.strictObject({
      ...onReport,
      contacted: z.boolean('请选择是否联系过您'),
      solved: z.enum(solvedAnswers, '请选择解决了吗'),
      satisfaction: z.enum(satisfactionAnswers, '请选择是否满意'),
      remark: optionalNote,
    }),
  ),
  'report.reopen': step(z.strictObject({ ...onReport, reason, photos: z._default(photoIds, []) })),
  'report.appeal': step(z.strictObject({ ...onReport, reason })),
  'report.appealLook': step(z.strictObject({ ...onReport, reason })),
  /** What whose verdict the branch disputes says to that (F3). */
  'report.sayToAppeal': step(z.strictObject({ ...onReport, words: note, photos: z._default(photoIds, []) })),
  'report.appealStruck': step(z.strictObject({ ...onReport, reason })),
  'report.add': step(
    z
      .strictObject({ ...onReport, words: typedText(0, 300), photos: z._default(photoIds, []) })
      .check(z.refine(({ words, photos }) => words !== '' || photos.length > 0, '请写几句话或拍张照片')),
  ),
  'report.urge': step(noMore),
  'report.answer': step(z.strictObject({ ...onReport, words: note, photos: z._default(photoIds, []) })),
  /** The resident has opened what the branch wrote. */
  'report.openMessage': step(noMore),
  'report.denyContact': step(noMore),
  'report.agree': step(
    z.strictObject({
      ...onReport,
      request: z.enum(['reclassify', 'relocate', 'extend', 'merge'], '没有这种申请'),
    }),
  ),
  'report.sayReasonGone': step(z.strictObject({ ...onReport, reason })),
  'report.unmerge': step(noMore),
  'redFace.answer': step(
    z.strictObject({
      ...onReport,
      isGone: z.boolean('请选择办好了没有'),
      photo: z.optional(id),
      note: optionalNote,
    }),
    { group: 'redFace.answer', resident: [per(30, dayMs)], staff: [per(30, dayMs)] },
  ),
  'report.accept': step(
    z.strictObject({ ...onReport, publicSummary: z.optional(typedText(4, longestSummary)) }),
  ),
  'report.contact': step(
    z.strictObject({ ...onReport, channel: z.enum(contactChannels, '请选择联系方式'), note: optionalNote }),
  ),
  'report.ask': step(z.strictObject({ ...onReport, words: note })),
  'report.recall': step(z.strictObject({ ...onReport, note: optionalNote })),
  'report.note': step(z.strictObject({ ...onReport, note })),
  'report.layPlan': step(
    z.strictObject({ ...onReport, text: note, doneBy: instant, budget: typedText(1, 100) }),
  ),
  'report.reclassify': step(z.strictObject({ ...onReport, categoryId, note: optionalNote })),
  'report.relocate': step(z.strictObject({ ...onReport, place, note: optionalNote })),
  'report.correctSummary': step(z.strictObject({ ...onReport, publicSummary: typedText(4, longestSummary) })),
  'report.layEvidence': step(z.strictObject({ ...onReport, note, photos: z._default(photoIds, []) })),
  'report.askLook': step(z.strictObject({ ...onReport, note: optionalNote })),
  'report.reassign': step(z.strictObject({ ...onReport, toUnitId: id, note })),
  'report.supervise': step(z.strictObject({ ...onReport, note })),
  'report.look': step(
    z.strictObject({
      ...onReport,
      finding: z.enum(lookFindings, '请选择解决了没有'),
      note,
      photos: z._default(photoIds, []),
    }),
  ),
  'report.return': step(
    z.strictObject({ ...onReport, reason: z.enum(returnReasons, '请选择退回原因'), note: optionalNote }),
  ),
  'report.transfer': step(z.strictObject({ ...onReport, toUnitId: id, note })),
  'report.takeOver': step(noMore),
  'report.route': step(z.strictObject({ ...onReport, toUnitId: id, note: optionalNote })),
  /** To a partner; or, the unit itself named, to one of its own people. */
  'report.dispatch': step(z.strictObject({ ...onReport, toUnitId: id, memberId: z.optional(id), note })),
  'report.sendBack': step(z.strictObject({ ...onReport, note })),
  'report.progress': step(
    z.strictObject({
      ...onReport,
      note,
      photos: z._default(photoIds, []),
      isPublic: z._default(z.boolean(), true),
    }),
  ),
  'report.claimFixed': step(z.strictObject({ ...onReport, ...evidence })),
  'report.check': step(z.strictObject({ ...onReport, note: optionalNote })),
  'report.rework': step(z.strictObject({ ...onReport, note })),
  'report.resolve': step(z.strictObject({ ...onReport, ...evidence })),
  'report.merge': step(z.strictObject({ ...onReport, parentReportId: id })),
  'report.decline': step(
    z.strictObject({ ...onReport, reason: z.enum(declineReasons, '请选择不予受理的原因'), note }),
  ),
  'report.suspend': step(
    z.strictObject({
      ...onReport,
      reason,
      plan: typedText(1, 300),
      untilAt: instant,
      /** 土冻住了，开春再干 (K6) */
      isSeasonal: z._default(z.boolean(), false),
    }),
  ),
  'report.extend': step(z.strictObject({ ...onReport, reason, resolveDueAt: instant })),
  'report.resume': step(z.strictObject({ ...onReport, note: optionalNote })),
  /** 审批: the upper level's answer to a request; where it is handed on, the level may choose to whom. */
  'report.ruleOn': step(
    z.strictObject({
      ...onReport,
      request: z.enum(requestKinds, '没有这种申请'),
      isGranted: z.boolean('请选择同意或不同意'),
      note: optionalNote,
      toUnitId: z.optional(id),
    }),
  ),
  'redFace.declare': step(z.strictObject({ ...onReport, note })),
  /** Without numbers: every cause of the unit that can still be disputed. */
  'redFace.appeal': step(
    z.strictObject({
      ...onReport,
      reason,
      causeNos: z._default(z.array(z.int().check(z.minimum(1))).check(z.maxLength(50)), []),
    }),
  ),
  /** A matter nobody has reported yet: the branch itself lists what its people are least satisfied with. */
  'redFace.declareNew': command(
    z.strictObject({ commandId, unitId: id, categoryId, text: typedText(1, 500), place }),
    submitReceipt,
  ),
  /** Logged and shown to the resident; a repeated command answers the same number. */
  'report.revealPhone': command(
    noMore,
    z.object({
      reportId: z.string(),
      rev: z.number(),
      status: receipt.shape.status,
      at: z.number(),
      phone: z.string(),
    }),
    // Somebody who reads telephone numbers by the hundred is not ringing people up.
    {
      group: 'report.revealPhone',
      resident: [per(10, hourMs)],
      staff: [per(150, hourMs), per(600, dayMs)],
    },
  ),
  'report.mine': query(z.strictObject({ cursor, limit: pageSize }), reportCardPage),
  'report.get': query(z.strictObject({ reportId: id }), reportView),
  /** Public: what happens in a unit's area, newest first. */
  'report.recent': query(z.strictObject({ unitId: id, cursor, limit: pageSize }), reportCardPage),
  /** Open reports of one group of categories within 250 m, the ten nearest: offered as 我也遇到 before sending. */
  'report.nearby': query(
    z.strictObject({ point, categoryId }),
    z.object({ rows: z.array(reportCard) }),
    mostAnonymousLooksAMinute,
  ),
  'queue.list': query(
    z.strictObject({
      unitId: id,
      tab: z.enum(queueTabs, '没有这一栏'),
      cursor,
      limit: pageSize,
    }),
    reportCardPage,
  ),
  /** How many lie in each tab that the unit has; the keys are the unit's tabs in order. */
  'queue.counts': query(
    z.strictObject({ unitId: id }),
    z.object({
      tabs: z.array(z.object({ tab: z.enum(queueTabs), count: z.number() })),
      overdueCount: z.number(),
    }),
  ),
} as const

/** Where a report may go from where it lies. */
export const targetsContract = {
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
} as const

type Own = typeof reportContract & typeof targetsContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

export type { ReportAction } from './steps/step'
