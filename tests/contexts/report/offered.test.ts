import * as fc from 'fast-check'
import { allowedActions, authorise, refusalOf } from '../../../cloudfunctions/contexts/report/access'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import {
  type ReportAction,
  reportActions,
  steps,
} from '../../../cloudfunctions/contexts/report/steps/registry'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import type { RefusalCode } from '../../../cloudfunctions/ground/result'
import {
  aCategory,
  aChild,
  aCommand,
  aComplaint,
  aFiledReport,
  aReport,
  aScene,
  atCounter,
  attempt,
  aVerdict,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  coReporter,
  everybody,
  farBranch,
  farSecretary,
  fixedAgain,
  housingWorker,
  law,
  madePublic,
  otherSecretary,
  type Person,
  ratedUnsolved,
  refusalFrom,
  reporter,
  reporterAtCounter,
  reportIn,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../support/builders'
import type { ReportCommand } from '../../support/commands'
import { anyOpening, anyTurns, momentsOf } from '../../support/walk'

const unfit: readonly RefusalCode[] = ['unknown-unit', 'unit-without-members', 'unit-ends-soon']

/** Refusals of a sensible step that hang on what is typed or chosen in its form, and so on nothing known before. */
const onlyOnceTyped: Partial<Record<ReportAction, readonly RefusalCode[]>> = {
  // The number is asked for first, the channel is chosen.
  contact: ['phone-not-revealed', 'no-phone', 'words-required', 'too-many-today'],
  // 自己人 may say no, and nothing else (H3): which it is, is chosen.
  'answer-red-face': ['already-rated', 'not-eligible'],
  // Where they stand is told with it.
  'take-up': ['too-far'],
  rate: ['not-eligible'],
  agree: ['no-request'],
  return: unfit,
  transfer: unfit,
  'take-over': unfit,
  route: unfit,
  reassign: unfit,
  // A complaint goes to no partner; whom of one's own it may go to is chosen.
  dispatch: [...unfit, 'not-a-partner', 'confidential'],
  // Whether it would be asked for, while that is asked already, hangs on where and as what.
  relocate: [...unfit, 'confidential', 'request-pending'],
  reclassify: ['request-pending', 'same-category', 'unknown-category', 'complaint-stays'],
  merge: ['merge-target', 'not-same-matter', 'never-again', 'level-merges', 'not-eligible'],
  suspend: ['date-in-past', 'suspension-too-long', 'suspension-in-all'],
  extend: ['date-in-past', 'extension-too-long'],
  'lay-plan': ['date-in-past'],
  'appeal-red-face': ['already-appealed'],
  // Which of the requests is ruled on, and how, is chosen.
  'rule-on': [
    'no-request',
    'not-allowed',
    'own-request',
    'date-over',
    'extension-limit',
    'suspension-in-all',
    'look-first',
    'hear-first',
    'wrong-status',
  ],
}

const contextOf = (person: Person, now: number) => ({ now, law, actorId: person.name })

/** Sensible forms of a step: for a ruling, a no to each of the requests. */
const sensible = (
  kind: ReportAction,
  report: Report,
  person: Person,
  now: number,
): readonly ReportCommand[] => {
  if (kind === 'support') return [{ kind, keys: [person.name] }]
  if (kind === 'take-up') return [{ ...aCommand(kind, report, now), key: person.name }]
  if (kind !== 'rule-on') return [aCommand(kind, report, now)]
  return report.requests.map((request) => ({
    kind,
    request: request.kind,
    isGranted: false,
    note: '',
  }))
}

describe('L5: what is offered is not refused', () => {
  test('in every moment of random histories, for everybody and every step, but for what hangs on the form', () => {
    fc.assert(
      fc.property(anyOpening, anyTurns(), fc.nat({ max: 999 }), (opening, turns, pick) => {
        momentsOf(opening, turns).forEach(({ report, now }, place) => {
          const person = everybody[(pick + place) % everybody.length]
          if (!person) return
          const current = wait(report, now)
          for (const kind of allowedActions(callerOf(person, current), current, contextOf(person, now))) {
            const results = sensible(kind, current, person, now).map((command) =>
              attempt(current, command, { by: person, now }),
            )
            if (results.some((result) => result.ok)) continue
            for (const result of results) {
              const code = result.ok ? undefined : result.error.code
              expect(`${kind} ${(code && onlyOnceTyped[kind]?.includes(code)) || code}`).toBe(`${kind} true`)
            }
            // A ruling that is offered can at least be a no.
            if (kind === 'rule-on') expect(results.some((result) => result.ok)).toBe(true)
          }
        })
      }),
      { numRuns: 120 },
    )
  })

  test('and what a condition bars is refused with that condition’s reason, never carried out', () => {
    fc.assert(
      fc.property(anyOpening, anyTurns(), fc.nat({ max: 999 }), (opening, turns, pick) => {
        momentsOf(opening, turns).forEach(({ report, now }, place) => {
          const person = everybody[(pick + place) % everybody.length]
          if (!person) return
          const current = wait(report, now)
          const caller = callerOf(person, current)
          for (const kind of reportActions) {
            if (!authorise(caller, kind, current).isAllowed) continue
            const barred = refusalOf(caller, kind, current, contextOf(person, now))
            if (!barred) continue
            const [command] = sensible(kind, current, person, now)
            if (command) expect(refusalFrom(current, command, { by: person, now })).toBe(barred.code)
          }
        })
      }),
      { numRuns: 40 },
    )
  })
})

const soon = (report: Report): number => report.changedAt + hourMs
const urgent = aReport({ category: aCategory('danger') })
const hardening = aReport({ category: aCategory('lane-hardening') })
const listed = ratedUnsolved()
const asked = take(reportIn('accepted'), 'ask')
const late = wait(aReport(), aReport().deadlines.acceptDueAt)
const own = { ...secretary, name: 'reporter' }
const formerWorker: Person = { ...clerk, name: housingWorker.name }
const askedComplaint = (): Report =>
  take(
    take(aComplaint(), 'accept'),
    { kind: 'reclassify', categoryId: 'lane-repair', note: '' },
    { by: clerk },
  )
const keptComplaint = (): Report => wait(askedComplaint(), askedComplaint().requests[0]?.endsAt ?? 0)
const answeredComplaint = (): Report =>
  take(takeAll(aComplaint(), 'accept', 'contact', 'resolve'), {
    kind: 'rate',
    rating: aVerdict({ solved: 'no' }),
  })
const wider = (report: Report): Report =>
  take(report, { kind: 'reclassify', categoryId: 'complex', note: '' }, { by: secretary })

/** One scene for each condition: the step is allowed by the table, and still not offered. */
/** Somebody who joined has the place of whoever held the receipt. */
function leftByHolder(): Report {
  return take(supportedBy(aFiledReport(), supporter), 'withdraw', { by: reporter })
}

const notOffered: readonly (readonly [ReportAction, string, Report, Person, RefusalCode, at?: number])[] = [
  [
    'support',
    'it was said already',
    supportedBy(reportIn('routed'), supporter),
    supporter,
    'already-supported',
  ],
  ['urge', 'it was urged this morning', take(reportIn('accepted'), 'urge'), reporter, 'urged-already'],
  ['answer', 'nothing was asked', reportIn('accepted'), reporter, 'nothing-asked'],
  ['open-message', 'no message lies there', reportIn('accepted'), reporter, 'nothing-to-open'],
  ['deny-contact', 'no contact was claimed', reportIn('accepted'), reporter, 'nothing-to-deny'],
  ['rate', 'it was rated', reportIn('closed'), reporter, 'already-rated'],
  [
    'rate',
    'it was closed too long ago',
    wait(reportIn('resolved'), reportIn('resolved').changedAt + 8 * dayMs),
    reporter,
    'appeal-too-late',
    reportIn('resolved').changedAt + 40 * dayMs,
  ],
  [
    'reopen',
    'it was closed too long ago',
    reportIn('closed'),
    reporter,
    'appeal-too-late',
    reportIn('closed').changedAt + 400 * dayMs,
  ],
  ['appeal', 'one waits already', take(reportIn('declined'), 'appeal'), reporter, 'request-pending'],
  [
    'appeal',
    'the time is over',
    reportIn('declined'),
    reporter,
    'appeal-too-late',
    reportIn('declined').changedAt + 31 * dayMs,
  ],
  ['appeal-look', 'nobody has looked', reportIn('closed'), reporter, 'not-yet'],
  ['take-up', 'it has its reporter', reportIn('accepted'), supporter, 'taken-up'],
  ['say-to-appeal', 'nobody disputes what they said', ratedUnsolved(), reporter, 'nothing-asked'],
  [
    'say-to-appeal',
    'they have spoken',
    take(disputed(), 'say-to-appeal', { by: reporter }),
    reporter,
    'already-said',
  ],
  ['appeal-struck', 'nothing was struck', disputed(), reporter, 'not-yet'],
  ['answer-red-face', 'it is on no list', reportIn('accepted'), reporter, 'no-active-entry'],
  ['answer-red-face', 'no evidence lies there', listed, reporter, 'not-yet'],
  [
    'answer-red-face',
    'everybody is told of it only later',
    take(supportedBy(listed, supporter), 'resolve'),
    supporter,
    'no-active-entry',
  ],
  ['agree', 'nothing needs their word', reportIn('accepted'), reporter, 'no-request'],
  ['agree', 'they are one of ours', wider(reportIn('accepted')), own, 'not-eligible'],
  [
    'say-reason-gone',
    'it was said already',
    take(reportIn('suspended'), 'say-reason-gone'),
    reporter,
    'request-pending',
  ],
  ['withdraw', 'a receipt speaks through its printer', aReport(), reporterAtCounter, 'by-own-device'],
  ['unmerge', 'a receipt speaks through its printer', reportIn('merged'), reporterAtCounter, 'by-own-device'],
  [
    'appeal',
    'a receipt speaks through its printer',
    reportIn('declined'),
    reporterAtCounter,
    'by-own-device',
  ],
  ['say-to-appeal', 'a receipt speaks through its printer', disputed(), reporterAtCounter, 'by-own-device'],
  ['appeal-look', 'a receipt speaks through its printer', disputed(), reporterAtCounter, 'by-own-device'],
  ['appeal-struck', 'a receipt speaks through its printer', disputed(), reporterAtCounter, 'by-own-device'],
  ['reprint', 'whoever it was for has left', leftByHolder(), atCounter, 'no-receipt'],
  ['accept', 'a level above may only what is urgent', reportIn('routed'), clerk, 'not-allowed'],
  ['accept', 'the duty desk is the township’s', urgent, bannerClerk, 'not-allowed'],
  ['reveal-phone', 'none was left', aReport({ hasPhone: false }), secretary, 'no-phone'],
  [
    'contact',
    'nobody has reported it',
    take(aReport({ reporterKey: null }), 'accept'),
    secretary,
    'no-reporter',
  ],
  ['ask', 'an answer is still awaited', asked, secretary, 'already-asked'],
  ['ask', 'nobody has reported it', aReport({ reporterKey: null }), secretary, 'no-reporter'],
  ['return', 'a hand-over waits for a ruling', thirdPass(), secretary, 'request-pending'],
  ['transfer', 'a hand-over waits for a ruling', thirdPass(), secretary, 'request-pending'],
  ['transfer', 'it is a complaint', take(aComplaint(), 'accept'), clerk, 'confidential'],
  ['lay-plan', 'no plan is needed', reportIn('accepted'), secretary, 'no-plan-needed'],
  ['lay-plan', 'it was laid', take(take(hardening, 'accept'), 'lay-plan'), secretary, 'plan-laid'],
  ['reclassify', 'it is a complaint that was answered', answeredComplaint(), clerk, 'complaint-answered'],
  ['reclassify', 'its reporter let it stay a complaint', keptComplaint(), clerk, 'complaint-kept'],
  ['reclassify', 'the reporter is asked already', askedComplaint(), clerk, 'request-pending'],
  ['check', 'they worked on it', reportIn('awaiting-check'), twoHats(), 'checker-is-fixer'],
  ['rework', 'they worked on it', reportIn('awaiting-check'), twoHats(), 'checker-is-fixer'],
  [
    'resolve',
    'they worked on it',
    takeAll(aReport(), 'accept', 'dispatch', 'recall'),
    twoHats(),
    'checker-is-fixer',
  ],
  ['lay-evidence', 'it is on no list', reportIn('accepted'), secretary, 'no-active-entry'],
  ['lay-evidence', 'some was laid yesterday', fixedAgain(), secretary, 'evidence-too-soon'],
  ['merge', 'a struck verdict may still be appealed for', struck(), clerk, 'strike-open'],
  ['merge', 'a look may still be appealed against', lookedAt(), clerk, 'look-open'],
  ['merge', 'it is a complaint', take(aComplaint(), 'accept'), clerk, 'confidential'],
  [
    'merge',
    'others are in it',
    take(reportIn('accepted'), { kind: 'absorb', child: aChild() }),
    secretary,
    'has-children',
  ],
  ['merge', 'it has a cause on the list', late, secretary, 'level-merges'],
  ['decline', 'it was proposed once', deniedOnce(), farSecretary, 'declined-once'],
  ['suspend', 'one waits already', take(reportIn('accepted'), 'suspend'), secretary, 'request-pending'],
  ['extend', 'one waits already', take(reportIn('accepted'), 'extend'), secretary, 'request-pending'],
  [
    'extend',
    'it is later than any date could be',
    reportIn('accepted'),
    secretary,
    'extension-too-long',
    reportIn('accepted').submittedAt + 20 * dayMs,
  ],
  ['ask-look', 'it is on no list', reportIn('accepted'), secretary, 'no-active-entry'],
  ['ask-look', 'no evidence lies there', listed, secretary, 'not-yet'],
  [
    'appeal-red-face',
    'one waits already',
    take(late, 'appeal-red-face', { by: secretary }),
    secretary,
    'request-pending',
  ],
  [
    'declare-red-face',
    'it is declared',
    take(reportIn('accepted'), 'declare-red-face'),
    secretary,
    'wrong-status',
  ],
  ['rule-on', 'nothing waits', reportIn('accepted'), clerk, 'no-request'],
  ['look', 'nobody has asked', listed, clerk, 'no-request'],
  ['look', 'they worked on it, in another job', lookedFor(), formerWorker, 'checker-is-fixer'],
  ['look', 'their own unit is on the list for it', lateSorter(), clerk, 'not-eligible'],
  ['take-over', 'a hand-over waits for a ruling', borderCase(), otherSecretary, 'request-pending'],
]

function disputed(): Report {
  return take(ratedUnsolved(), 'appeal-red-face', { by: secretary })
}
function struck(): Report {
  const spoken = take(take(disputed(), 'look', { by: clerk }), 'say-to-appeal', { by: reporter })
  return take(
    spoken,
    { kind: 'rule-on', request: 'appeal-red-face', isGranted: true, note: '' },
    { by: clerk },
  )
}
/** Called unsolved by a supporter, and found solved by a look while nobody had accepted it. */
function lookedAt(): Report {
  const listed = madePublic(wait(supportedBy(aReport(), supporter), aReport().deadlines.acceptDueAt))
  const objected = take(
    take(listed, 'lay-evidence', { by: secretary }),
    { kind: 'answer-red-face', isGone: false, note: '', photo: 'photo-x' },
    { by: supporter },
  )
  return take(objected, 'look', { by: clerk })
}
/** Listed by the branch itself, worked on by the partner, and with a 没解决 in words and picture by a supporter. */
function lookedFor(): Report {
  const declared = takeAll(
    supportedBy(aReport(), supporter),
    'accept',
    'declare-red-face',
    'dispatch',
    'claim-fixed',
  )
  return take(
    madePublic(take(declared, 'check', { by: secretary })),
    { kind: 'answer-red-face', isGone: false, photo: 'photo-of-the-hole', note: '' },
    { by: supporter },
  )
}
/** The township sorted it too late, and a look has been asked for all the same. */
function lateSorter(): Report {
  const unsorted = supportedBy(reportIn('unrouted'), supporter)
  const sorted = takeAll(wait(unsorted, unsorted.deadlines.acceptDueAt), 'route', 'accept', 'resolve')
  return take(
    madePublic(sorted),
    { kind: 'answer-red-face', isGone: false, photo: 'photo-of-the-hole', note: '' },
    { by: supporter },
  )
}
/** Whoever may take it over while somebody else’s hand-over is ruled on: a banner may ask for leave the first time. */
function borderCase(): Report {
  return { ...aReport(), requests: thirdPass().requests }
}
function thirdPass(): Report {
  const toOther = takeAll(aReport(), 'transfer', 'transfer')
  return take(toOther, 'transfer', { by: secretary })
}
function twoHats(): Person {
  return { name: 'two-hats', memberships: [...secretary.memberships, ...housingWorker.memberships] }
}
function deniedOnce(): Report {
  const denied = take(
    take(aReport(), 'decline'),
    { kind: 'rule-on', request: 'decline', isGranted: false, note: '' },
    { by: clerk },
  )
  return take(denied, { kind: 'reassign', to: unitFacts(farBranch), note: '' }, { by: bannerClerk })
}

describe('L5: what cannot be done is not offered', () => {
  for (const [kind, why, report, person, code, at = soon(report)] of notOffered) {
    test(`${kind}, where ${why}`, () => {
      const current = wait(report, at)
      const caller = callerOf(person, current)
      expect(authorise(caller, kind, current).isAllowed).toBe(true)
      expect(refusalOf(caller, kind, current, contextOf(person, at))?.code).toBe(code)
      expect(allowedActions(caller, current, contextOf(person, at))).not.toContain(kind)
      expect(steps[kind].refuses?.(current, aScene(person, current, at))?.code).toBe(code)
    })
  }

  test('every condition of a step has a scene here', () => {
    const conditioned = reportActions.filter((kind) => steps[kind].refuses)
    expect([...new Set(notOffered.map(([kind]) => kind))].sort()).toEqual(conditioned.sort())
  })

  test('H3: one of ours is asked for no agreement, and who is not one is', () => {
    const asking = wider(take(reportIn('accepted'), { kind: 'absorb', child: aChild() }))
    expect(
      allowedActions(callerOf(coReporter, asking), asking, contextOf(coReporter, soon(asking))),
    ).toContain('agree')
    expect(own.memberships[0]?.unitId).toBe(branch.id)
    expect(allowedActions(callerOf(own, asking), asking, contextOf(own, soon(asking)))).not.toContain('agree')
  })
})
