import * as z from 'zod/mini'
import { bucket, per } from '../../ground/bucket'
import { byName } from '../../ground/by-name'
import { dayMs, hourMs } from '../../ground/instant'
import { type Answered, type CommandTerms, command, type Parsed, query } from '../../terms/action'
import { type ActionLimits, neededReading, neededWideReading, wideReading } from '../../terms/limits'
import {
  at,
  commandId,
  cursor,
  id,
  pageSize,
  phoneNumber,
  photoIds,
  point,
  typedText,
} from '../../terms/primitives'
import { categoryId } from '../category/contract'
import { type CategoryId, defaultCategories } from '../category/rules/category'
import { unitRef } from '../organisation/contract'
import { place } from '../routing/contract'
import { everyStep } from './steps/registry'
import { reprint } from './steps/reprint'
import { revealPhone } from './steps/reveal-phone'
import { takeUp } from './steps/take-up'
import {
  eventView,
  memberView,
  mergeTarget,
  printedReceipt,
  reportCard,
  reportCardPage,
  reportView,
  stepAnswer,
  submitReceipt,
} from './views'

type StepTerms = {
  readonly [S in (typeof everyStep)[number] as S['call']]: CommandTerms<S['input'], typeof stepAnswer>
}

/** Every step by its call. That each call stands with the input of its own step, only this line says to TypeScript. */
const stepTerms = byName(
  everyStep.map(({ call, input, limits }) => [call, command(input, stepAnswer, limits)]),
) as StepTerms

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

/** Five drafts of a day without a network go out at once; a service centre reports for others all day long. */
const reports: ActionLimits = {
  group: 'report.submit',
  resident: bucket(10, per(20, dayMs)),
  staff: bucket(120, per(60, hourMs)),
}

/** Of these the form says to ring up first: somebody may be in danger. */
const dangerous: ReadonlySet<CategoryId> = new Set(
  defaultCategories.filter(({ emergencyCalls }) => emergencyCalls !== undefined).map(({ id: kind }) => kind),
)

/** However often somebody has reported anything else. Nobody comes upon more dangers than these. */
const dangers: ActionLimits = {
  group: 'report.submit.danger',
  resident: bucket(60, per(60, hourMs)),
  staff: bucket(60, per(60, hourMs)),
}

/** Whatever brings a new matter into the world: its kind says which bucket it takes from. */
const newMatters = ({ categoryId }: { readonly categoryId: CategoryId }): ActionLimits =>
  dangerous.has(categoryId) ? dangers : reports

/** What a matter is brought with, whoever brings it. */
const newMatter = {
  commandId,
  categoryId,
  text: typedText(1, 500),
  photos: z._default(photoIds, []),
  place,
  /** For a complaint: whom it is about, when that is not the branch of the place (H4). */
  accusedUnitId: z.optional(id),
  /** Given only when the resident wants to be rung up about this report. */
  phone: z.optional(phoneNumber),
}

/** All that is asked of reports and done to them. */
export const reportContract = {
  'report.submit': command(z.strictObject(newMatter), submitReceipt, newMatters),
  /** 代办上报: a service centre reports for somebody, who follows it by the receipt's number and code. */
  'report.submitOnBehalf': command(
    z.strictObject({
      ...newMatter,
      /** The service centre whose seat acts. */
      unitId: id,
      /** What becomes of what they said was read to them, and they agreed. */
      hasConsented: z.literal(true, '先念给他听，他同意了再提交'),
      /** Filed by one of the staff for their own family: marked. */
      isForFamily: z._default(z.boolean(), false),
      /** Tells the device that prints from others: a yes said through it counts nowhere (Q5). */
      printerId: z.optional(id),
    }),
    printedReceipt,
    newMatters,
  ),
  /** What this service centre has filed for others, as it filed it. */
  'report.filedHere': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({
      rows: z.array(z.object({ number: z.string(), at, categoryId, where: z.string() })),
      nextCursor: z.nullable(z.string()),
    }),
  ),
  /** Which matter the receipt is for that is shown with this call. */
  'report.ofReceipt': query(
    z.strictObject({}),
    z.object({
      reportId: z.string(),
      parentReportId: z.nullable(z.string()),
      /** Through a member's account, or the device that printed it: a no counts, a yes does not. */
      isThroughOurs: z.boolean(),
    }),
    neededReading,
  ),
  ...stepTerms,
  'report.reprint': command(reprint.input, printedReceipt, reprint.limits),
  'report.takeUp': command(
    takeUp.input,
    /** `supporter` where somebody else was quicker. */
    z.extend(stepAnswer, { part: z.enum(['reporter', 'supporter']) }),
    takeUp.limits,
  ),
  /** Logged and shown to the resident each time: sent again it is refused, and no number is answered from memory. */
  'report.revealPhone': command(
    revealPhone.input,
    z.extend(stepAnswer, { phone: z.string() }),
    revealPhone.limits,
  ),
  /** A matter nobody has reported yet: the branch itself lists what its people are least satisfied with. */
  'redFace.declareNew': command(
    z.strictObject({ commandId, unitId: id, categoryId, text: typedText(1, 500), place }),
    submitReceipt,
    newMatters,
  ),
  'report.mine': query(z.strictObject({ cursor, limit: pageSize }), reportCardPage),
  'report.get': query(z.strictObject({ reportId: id }), reportView, neededReading),
  /** What a long trace holds between its first line and the second that `report.get` answers. */
  'report.olderLines': query(z.strictObject({ reportId: id }), z.object({ lines: z.array(eventView) })),
  /** Public: what happens in a unit's area, newest first; or only what is still open there, what is to be resolved soonest first. */
  'report.recent': query(
    z.strictObject({ unitId: id, isOpen: z.optional(z.literal(true)), cursor, limit: pageSize }),
    reportCardPage,
  ),
  /** Open reports of one group of categories within 250 m, the ten nearest: offered as 我也遇到 before sending. */
  'report.nearby': query(
    z.strictObject({ point, categoryId }),
    z.object({ rows: z.array(reportCard) }),
    wideReading,
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
      /**
       * Up to when what lies below the unit is counted; its own lists are as they are. Null while reports are still being
       * counted for the first time: the counts are then of some of them.
       */
      asOf: z.nullable(at),
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
      /** Of a complaint that names nobody: at which unit to begin choosing whom it is about; null where nothing is asked (H4). */
      accusedWithin: z.nullable(z.string()),
      mergeTargets: z.array(mergeTarget),
    }),
    neededWideReading,
  ),
} as const

type Own = typeof reportContract & typeof targetsContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

export type { ReportAction } from './steps/registry'
