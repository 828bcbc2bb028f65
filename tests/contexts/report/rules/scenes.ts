import { followCalendar } from '../../../../cloudfunctions/contexts/report/rules/follow-calendar'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import type { RequestKind } from '../../../../cloudfunctions/contexts/report/rules/request'
import type { Submission } from '../../../../cloudfunctions/contexts/report/rules/submit'
import type { ReportAction } from '../../../../cloudfunctions/contexts/report/steps/registry'
import { chinaDateOn, dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aCommand,
  aComplaint,
  aFiledReport,
  aParentOf,
  aReport,
  atCounter,
  aVerdict,
  banner,
  bannerClerk,
  branch,
  calendar,
  clerk,
  coReporter,
  dispatchTo,
  farBranch,
  gridWorker,
  housingWorker,
  law,
  otherBranch,
  otherSecretary,
  type Person,
  reporter,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'

/** One step or deed of the clock, with everybody there who could have to hear of it. */
export interface TestScene {
  readonly name: string
  readonly before: Report
  readonly after: Report
  /** What somebody typed in the step's form, as a mark that is found wherever it is told; absent where nothing is typed. */
  readonly typed?: string
}

/** With a co-reporter and a supporter in it. */
const crowded = (overrides: Partial<Submission> = {}): Report =>
  supportedBy(take(aReport(overrides), { kind: 'absorb', child: aChild() }), supporter)

const fields = ['words', 'note', 'reason', 'text', 'plan', 'budget'] as const
export const markOf = (kind: string): string => `〔${kind}〕`

/** The step as it would be taken, with a mark for everything that is typed freely. */
const marked = (command: ReportCommand): ReportCommand => {
  const copy: Record<string, unknown> = { ...command }
  for (const field of fields) {
    // Reasons of a return or a decline are chosen, not typed.
    if (
      typeof copy[field] === 'string' &&
      !(field === 'reason' && ['return', 'decline'].includes(command.kind))
    )
      copy[field] = markOf(command.kind)
  }
  if (command.kind === 'rate') copy.rating = { ...command.rating, remark: markOf('rate') }
  return copy as unknown as ReportCommand
}

const step = (
  name: string,
  before: Report,
  by: Person,
  kind: ReportAction,
  overrides: Record<string, unknown> = {},
): TestScene => {
  const now = before.changedAt + minuteMs
  const current = wait(before, now)
  const command = marked({ ...aCommand(kind, current, now), ...overrides } as ReportCommand)
  const hasMark = JSON.stringify(command).includes(markOf(kind))
  return {
    name,
    before: current,
    after: take(current, command, { by, now }),
    ...(hasMark ? { typed: markOf(kind) } : {}),
  }
}

const system = (name: string, before: Report, command: ReportCommand): TestScene => ({
  name,
  before,
  after: take(before, command),
})

/** The clock's next deeds up to an instant, the one before which is past. */
const clock = (name: string, report: Report, at: number): TestScene => ({
  name,
  before: wait(report, at - 1),
  after: wait(report, at),
})

const ruled = (report: Report, request: RequestKind, isGranted = true, by = clerk): Report =>
  take(report, { kind: 'rule-on', request, isGranted, note: '' }, { by })
const rulingOn = (request: RequestKind, isGranted = true): Record<string, unknown> => ({ request, isGranted })

const colleague: Person = { name: 'colleague', memberships: gridWorker.memberships }

const routed = crowded()
const unsorted = crowded({ responsible: null })
const hardening = take(crowded({ category: aCategory('lane-hardening') }), 'accept')
const urgent = crowded({ category: aCategory('danger') })
const accepted = take(routed, 'accept')
const dispatched = take(accepted, 'dispatch')
const untilThaw = take(dispatched, {
  ...aCommand('suspend', dispatched, dispatched.changedAt),
  isSeasonal: true,
})
const awaiting = take(dispatched, 'claim-fixed')
const handed = take(accepted, dispatchTo(gridWorker, accepted))
const claimed = take(handed, 'claim-fixed', { by: gridWorker })
const suspended = ruled(takeAll(accepted, 'contact', 'suspend'), 'suspend')
const resolved = takeAll(accepted, 'contact', 'resolve')
const closed = wait(resolved, resolved.changedAt + 8 * dayMs)
const proposed = take(routed, 'decline')
const waiting = take(supportedBy(aReport({ category: aCategory('complex') }), supporter), 'decline')
const declined = ruled(proposed, 'decline')
const child = supportedBy(aReport(), supporter)
const merged = take(child, 'merge', { by: secretary })
const apart = take(merged, 'unmerge', { by: reporter })
const asksAgain = take(apart, 'merge', { by: clerk })
const late = wait(routed, routed.deadlines.acceptDueAt)
const declared = takeAll(accepted, 'contact', 'declare-red-face')
const listedAt = Math.max(...(declared.redFaces[0]?.causes.map((cause) => cause.publicAt) ?? []))
const listed = wait(declared, listedAt)
const fixed = take(listed, 'resolve', { now: listedAt + hourMs })
const objected = take(
  fixed,
  { kind: 'answer-red-face', isGone: false, photo: 'photo-of-the-hole', note: '' },
  { by: supporter },
)
const looked = take(objected, 'look', { by: clerk })
const thirdPass = take(takeAll(crowded(), 'transfer', 'transfer'), 'transfer', { by: secretary })
const elsewhere = take(
  accepted,
  { ...aCommand('relocate', accepted, accepted.changedAt), to: unitFacts(farBranch) },
  { by: secretary },
)
const complaint = take(aComplaint(), 'accept')
const askedAbout = take(complaint, 'reclassify', { by: clerk })
const wider = take(accepted, { kind: 'reclassify', categoryId: 'complex', note: '' }, { by: secretary })
const byYes = (by: Person) => ({ by })
const bothYes = take(take(fixed, 'rate', byYes(reporter)), 'rate', byYes(coReporter))
const quietly = take(take(take(declared, 'resolve'), 'rate', byYes(reporter)), 'rate', byYes(coReporter))
const appealing = take(late, 'appeal-red-face', { by: secretary })
const declaredMatter = take(supportedBy(aReport({ reporterKey: null }), secondSupporter), 'accept')
const verdict = take(resolved, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: coReporter })
const disputed = take(verdict, 'appeal-red-face', { by: secretary })
const spokenTo = take(take(disputed, 'look', { by: clerk }), 'say-to-appeal', { by: coReporter })
const struck = ruled(spokenTo, 'appeal-red-face')
const struckAppealed = take(struck, 'appeal-struck', { by: coReporter })
const messaged = take(accepted, { kind: 'contact', channel: 'message', note: '明天上门' }, { by: secretary })

export const scenes: readonly TestScene[] = [
  { name: 'submit', before: { ...aReport(), timeline: [], outbox: [] }, after: aReport() },
  {
    name: 'declare',
    before: { ...aReport(), timeline: [], outbox: [] },
    after: aReport({ reporterKey: null, hasPhone: false }),
  },
  { name: 'submit on behalf', before: { ...aReport(), timeline: [], outbox: [] }, after: aFiledReport() },
  step('reprint', aFiledReport(), atCounter, 'reprint'),
  step('support', routed, secondSupporter, 'support', { key: secondSupporter.name }),
  step('take-up', declaredMatter, supporter, 'take-up', { key: supporter.name }),
  step('add-to', accepted, reporter, 'add-to'),
  step('urge', accepted, reporter, 'urge'),
  step('urge, by the township', dispatched, clerk, 'urge'),
  step('answer', take(accepted, 'ask'), reporter, 'answer'),
  step('open-message', messaged, reporter, 'open-message'),
  step('deny-contact', take(accepted, 'contact'), reporter, 'deny-contact'),
  step('rate', resolved, reporter, 'rate'),
  step('rate, unsolved', resolved, coReporter, 'rate', { rating: aVerdict({ solved: 'no' }) }),
  step('reopen', closed, reporter, 'reopen'),
  step('appeal, a decline', declined, supporter, 'appeal'),
  step('appeal, a closing', closed, supporter, 'appeal'),
  step('appeal-look', looked, supporter, 'appeal-look'),
  step('say-to-appeal', disputed, coReporter, 'say-to-appeal'),
  step('appeal-struck', struck, coReporter, 'appeal-struck'),
  step('answer-red-face, not gone', fixed, supporter, 'answer-red-face', { isGone: false, photo: 'photo-x' }),
  step('agree', wider, reporter, 'agree'),
  step('agree, that it is no complaint', askedAbout, reporter, 'agree'),
  step('agree, to be merged again', asksAgain, reporter, 'agree'),
  step('agree, where it can be merged no more', asksAgain, reporter, 'agree', {
    parent: { ...aParentOf(child), isOpen: false },
  }),
  step('say-reason-gone', suspended, coReporter, 'say-reason-gone'),
  step('unmerge', merged, reporter, 'unmerge'),
  step('withdraw, others stay', accepted, reporter, 'withdraw'),
  step('withdraw, alone', aReport(), reporter, 'withdraw'),
  step('withdraw, alone and listed', wait(aReport(), aReport().deadlines.acceptDueAt), reporter, 'withdraw'),
  step('accept', routed, secretary, 'accept'),
  step('accept, by the duty desk', urgent, clerk, 'accept'),
  step('reveal-phone', accepted, secretary, 'reveal-phone'),
  step('contact, a message', accepted, secretary, 'contact', { channel: 'message' }),
  step('contact, a visit', accepted, secretary, 'contact', { channel: 'visit' }),
  step('ask', accepted, secretary, 'ask'),
  step('return', routed, secretary, 'return'),
  step('transfer', routed, secretary, 'transfer'),
  step('transfer, the third', takeAll(crowded(), 'transfer', 'transfer'), secretary, 'transfer'),
  step('take-over', routed, otherSecretary, 'take-over'),
  step('dispatch', accepted, secretary, 'dispatch'),
  step('dispatch, to another', dispatched, secretary, 'dispatch'),
  step('dispatch, to a member', accepted, secretary, 'dispatch', dispatchTo(gridWorker, accepted)),
  step(
    'dispatch, from a partner to a member',
    dispatched,
    secretary,
    'dispatch',
    dispatchTo(gridWorker, dispatched),
  ),
  step('dispatch, from a member to another', handed, secretary, 'dispatch', {
    ...dispatchTo(colleague, handed, [secretary, gridWorker, colleague]),
  }),
  step('dispatch, from a member to a partner', handed, secretary, 'dispatch'),
  step('recall', awaiting, secretary, 'recall'),
  step('recall, from a member', claimed, secretary, 'recall'),
  step('progress, for everyone', dispatched, housingWorker, 'progress'),
  step('progress, for the parties', dispatched, secretary, 'progress', { isPublic: false }),
  step('progress, by the member', handed, gridWorker, 'progress'),
  step('progress, by the member’s colleague', handed, secretary, 'progress'),
  step('note', dispatched, secretary, 'note'),
  step('lay-plan', hardening, secretary, 'lay-plan'),
  step('reclassify', accepted, secretary, 'reclassify'),
  step('reclassify, with longer clocks', accepted, secretary, 'reclassify', { categoryId: 'complex' }),
  step('reclassify, of a complaint', complaint, clerk, 'reclassify'),
  step('reclassify, of a complaint, by the banner', complaint, bannerClerk, 'reclassify'),
  step('relocate', accepted, secretary, 'relocate'),
  step('relocate, to another unit', accepted, secretary, 'relocate', { to: unitFacts(farBranch) }),
  step('relocate, by the banner', dispatched, bannerClerk, 'relocate', { to: unitFacts(farBranch) }),
  step('correct-summary', accepted, clerk, 'correct-summary'),
  step('check', awaiting, secretary, 'check'),
  step('check, of a member’s work', claimed, secretary, 'check'),
  step('rework', awaiting, secretary, 'rework'),
  step('rework, of a member’s work', claimed, secretary, 'rework'),
  step('resolve', accepted, secretary, 'resolve'),
  step('lay-evidence', listed, secretary, 'lay-evidence'),
  step('merge', child, secretary, 'merge'),
  step('merge, against their word', apart, secretary, 'merge'),
  step('merge, against their word, by the township', apart, clerk, 'merge'),
  step('decline', routed, secretary, 'decline'),
  step('suspend', dispatched, secretary, 'suspend'),
  step('suspend, until the thaw', dispatched, secretary, 'suspend', { isSeasonal: true }),
  step('extend', dispatched, secretary, 'extend'),
  step('resume', suspended, secretary, 'resume'),
  step('ask-look', wait(fixed, fixed.changedAt + 8 * dayMs), secretary, 'ask-look'),
  step('appeal-red-face', late, secretary, 'appeal-red-face'),
  step('appeal-red-face, of what is public', listed, secretary, 'appeal-red-face'),
  step('appeal-red-face, of a verdict', verdict, secretary, 'appeal-red-face'),
  step('declare-red-face', accepted, secretary, 'declare-red-face'),
  step('send-back', dispatched, housingWorker, 'send-back'),
  step('send-back, by the member', handed, gridWorker, 'send-back'),
  step('claim-fixed', dispatched, housingWorker, 'claim-fixed'),
  step('claim-fixed, by the member', handed, gridWorker, 'claim-fixed'),
  step('route', unsorted, clerk, 'route'),
  step('reassign', dispatched, clerk, 'reassign', { to: unitFacts(otherBranch) }),
  step('reassign, to another township', accepted, bannerClerk, 'reassign', { to: unitFacts(farBranch) }),
  step('reassign, away from the member', handed, clerk, 'reassign', { to: unitFacts(otherBranch) }),
  step('supervise', dispatched, bannerClerk, 'supervise'),
  step('supervise, what a member has', handed, bannerClerk, 'supervise'),
  step('rule-on, suspension granted', take(dispatched, 'suspend'), clerk, 'rule-on', rulingOn('suspend')),
  step('rule-on, suspension until the thaw granted', untilThaw, bannerClerk, 'rule-on', rulingOn('suspend')),
  step(
    'rule-on, suspension denied',
    take(dispatched, 'suspend'),
    clerk,
    'rule-on',
    rulingOn('suspend', false),
  ),
  step('rule-on, extension granted', take(dispatched, 'extend'), clerk, 'rule-on', rulingOn('extend')),
  step('rule-on, decline granted', proposed, clerk, 'rule-on', rulingOn('decline')),
  step('rule-on, decline denied', proposed, clerk, 'rule-on', rulingOn('decline', false)),
  step('rule-on, hand-over granted', thirdPass, clerk, 'rule-on', rulingOn('pass-on')),
  step('rule-on, other kind granted', wider, clerk, 'rule-on', rulingOn('reclassify')),
  step('rule-on, other place granted', elsewhere, bannerClerk, 'rule-on', rulingOn('relocate')),
  step(
    'rule-on, appeal against a decline upheld',
    take(declined, 'appeal', { by: supporter }),
    bannerClerk,
    'rule-on',
    rulingOn('appeal-decline'),
  ),
  step(
    'rule-on, appeal against a closing upheld',
    take(closed, 'appeal', { by: supporter }),
    clerk,
    'rule-on',
    rulingOn('appeal-closing'),
  ),
  step(
    'rule-on, appeal against a closing denied',
    take(closed, 'appeal', { by: supporter }),
    clerk,
    'rule-on',
    rulingOn('appeal-closing', false),
  ),
  step('rule-on, cause struck', appealing, clerk, 'rule-on', rulingOn('appeal-red-face')),
  step('rule-on, verdict struck', spokenTo, clerk, 'rule-on', rulingOn('appeal-red-face')),
  step('rule-on, striking overturned', struckAppealed, bannerClerk, 'rule-on', rulingOn('appeal-struck')),
  step(
    'rule-on, reason gone',
    take(suspended, 'say-reason-gone', { by: coReporter }),
    clerk,
    'rule-on',
    rulingOn('resume'),
  ),
  step('look, solved', objected, clerk, 'look', { finding: 'solved' }),
  step('look, unsolved', objected, clerk, 'look', { finding: 'unsolved' }),
  system('absorb', supportedBy(aReport(), supporter), { kind: 'absorb', child: aChild() }),
  system('release', accepted, {
    kind: 'release',
    childReportId: aChild().id,
    mergingNo: aChild().mergingNo,
  }),
  system('hear-denial', take(accepted, 'contact'), { kind: 'hear-denial', key: reporter.name }),
  system('give-back', merged, {
    kind: 'give-back',
    parentReportId: merged.parentReportId ?? '',
    mergingNo: merged.merged?.no ?? 0,
    family: { causes: [] },
  }),
  system('go-home', dispatched, {
    kind: 'go-home',
    to: unitFacts(otherBranch),
    gone: { unit: branch.name, handsTo: otherBranch.name },
  }),
  system('come-back', handed, { kind: 'come-back', memberId: gridWorker.name }),
  system('inherit', fixed, {
    kind: 'inherit',
    heirs: [{ ended: { id: branch.id, name: branch.name }, heir: unitFacts(otherBranch) }],
  }),
  {
    name: 'the calendar',
    before: accepted,
    after: followCalendar(
      accepted,
      {
        ...law,
        calendar: {
          ...calendar,
          holidays: new Set([chinaDateOn(accepted.deadlines.resolveDueAt)]),
          version: 'with one more day off',
        },
      },
      accepted.changedAt,
    ),
  },
  clock('the clock: half the time to accept', urgent, urgent.deadlines.startedAt + 15 * minuteMs),
  clock('the clock: the time to accept is over', routed, routed.deadlines.acceptDueAt),
  clock('the clock: the time to contact is over', dispatched, dispatched.deadlines.contactDueAt),
  clock('the clock: the time to resolve is over', dispatched, dispatched.deadlines.resolveDueAt),
  clock('the clock: the time to resolve is over, with a member', handed, handed.deadlines.resolveDueAt),
  clock('the clock: a notice ends', declared, listedAt),
  clock('the clock: a suspension ends', suspended, suspended.suspension?.untilAt ?? 0),
  clock('the clock: silence', resolved, (resolved.resolvedAt ?? 0) + 7 * dayMs),
  clock('the clock: a request is left undecided', waiting, waiting.requests[0]?.movesUpAt ?? 0),
  clock('the clock: a complaint stays one', askedAbout, askedAbout.requests[0]?.endsAt ?? 0),
  clock('the clock: a red-face appeal is left undecided', appealing, appealing.requests[0]?.endsAt ?? 0),
  clock(
    'the clock: a resident’s appeal is left undecided',
    take(closed, 'appeal', { by: supporter }),
    take(closed, 'appeal', { by: supporter }).requests[0]?.endsAt ?? 0,
  ),
  clock('the clock: a posting ends', bothYes, bothYes.redFaces[0]?.posting?.until ?? 0),
  clock('the clock: a posting ends within the notice', quietly, quietly.redFaces[0]?.posting?.until ?? 0),
  step(
    'rule-on, a public cause struck',
    take(listed, 'appeal-red-face', { by: secretary }),
    clerk,
    'rule-on',
    rulingOn('appeal-red-face'),
  ),
  {
    name: 'two of the reporters say yes',
    before: take(fixed, 'rate', byYes(reporter)),
    after: bothYes,
  },
]

export const unitLabels: ReadonlyMap<string, string> = new Map([
  [branch.id, 'branch'],
  [otherBranch.id, 'other branch'],
  [farBranch.id, 'far branch'],
  ['150221-housing', 'partner'],
  ['150221-water', 'other partner'],
  ['150221100', 'township'],
  ['150221101', 'other township'],
  [banner.id, 'banner'],
  ['1502', 'league'],
])
