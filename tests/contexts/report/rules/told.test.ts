import { rowText } from '../../../../cloudfunctions/contexts/red-face/words'
import {
  type MessageRecipient,
  type Report,
  type ReportEvent,
  reportEventKinds,
} from '../../../../cloudfunctions/contexts/report/rules/report'
import { spokenNumber } from '../../../../cloudfunctions/contexts/report/rules/report-number'
import { unitsReading } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { lineText, messageText } from '../../../../cloudfunctions/contexts/report/words'
import { aParentOf, newWork } from '../../../support/builders'
import { scenes, type TestScene, unitLabels } from './scenes'

const eventsOf = ({ before, after }: TestScene): readonly ReportEvent[] =>
  after.timeline.slice(before.timeline.length)

const messagesOf = ({ before, after }: TestScene) =>
  newWork(before, after).flatMap((entry) =>
    entry.kind === 'message' ? [{ to: entry.to, ...messageText(entry) }] : [],
  )

const label = (to: MessageRecipient): string => {
  if (typeof to === 'string') return to
  if ('personKey' in to) return `person(${to.personKey})`
  return to.memberId ?? unitLabels.get(to.unitId) ?? to.unitId
}

const inOrder = ['reporter', 'co-reporters', 'supporters', ...unitLabels.values(), 'grid-worker', 'colleague']
const list = (parties: readonly string[]): string =>
  [...parties].sort((a, b) => inOrder.indexOf(a) - inOrder.indexOf(b)).join(', ')

/**
 * A7: who hears of what, written down from the rule: who gains it, who loses it, who works on it, who asked, who must
 * rule, the township a hand-over touches, the residents; whoever acted is not told of their own act.
 */
const told: readonly (readonly [scene: string, parties: string])[] = [
  ['submit', 'reporter, branch, other branch'],
  ['declare', 'other branch'],
  ['submit on behalf', 'reporter, branch, other branch'],
  ['reprint', ''],
  ['support', ''],
  ['take-up', 'reporter, branch'],
  ['add-to', 'branch'],
  ['urge', 'branch'],
  ['urge, by the township', 'branch, partner'],
  ['answer', 'branch'],
  ['open-message', ''],
  ['deny-contact', 'branch'],
  ['rate', 'branch'],
  ['rate, unsolved', 'reporter, co-reporters, supporters, branch'],
  ['reopen', 'reporter, co-reporters, supporters, branch'],
  ['appeal, a decline', 'banner'],
  ['appeal, a closing', 'township'],
  ['appeal-look', 'banner'],
  ['say-to-appeal', 'branch, township'],
  ['appeal-struck', 'banner'],
  ['answer-red-face, not gone', 'branch, township'],
  ['agree', ''],
  ['agree, that it is no complaint', 'reporter, branch, other branch, township'],
  ['agree, to be merged again', 'reporter, supporters, branch, township'],
  ['agree, where it can be merged no more', 'reporter, branch, township'],
  ['say-reason-gone', 'township'],
  ['unmerge', 'reporter, supporters, branch'],
  ['withdraw, others stay', 'reporter, branch'],
  ['withdraw, alone', 'branch'],
  ['withdraw, alone and listed', 'branch, township'],
  ['accept', 'reporter, co-reporters, supporters'],
  ['accept, by the duty desk', 'reporter, co-reporters, supporters, branch'],
  ['reveal-phone', 'reporter'],
  ['contact, a message', 'reporter'],
  ['contact, a visit', 'reporter'],
  ['ask', 'reporter'],
  ['return', 'reporter, co-reporters, supporters, township'],
  ['transfer', 'reporter, co-reporters, supporters, other branch, township'],
  ['transfer, the third', 'township'],
  ['take-over', 'reporter, co-reporters, supporters, branch, township'],
  ['dispatch', 'reporter, co-reporters, supporters, partner'],
  ['dispatch, to another', 'reporter, co-reporters, supporters, partner, other partner'],
  ['dispatch, to a member', 'reporter, co-reporters, supporters, grid-worker'],
  ['dispatch, from a partner to a member', 'reporter, co-reporters, supporters, partner, grid-worker'],
  ['dispatch, from a member to another', 'reporter, co-reporters, supporters, grid-worker, colleague'],
  ['dispatch, from a member to a partner', 'reporter, co-reporters, supporters, partner, grid-worker'],
  ['recall', 'reporter, co-reporters, supporters, partner'],
  ['recall, from a member', 'reporter, co-reporters, supporters, grid-worker'],
  ['progress, for everyone', 'reporter, co-reporters, supporters, branch'],
  ['progress, for the parties', 'reporter, co-reporters, partner'],
  ['progress, by the member', 'reporter, co-reporters, supporters, branch'],
  ['progress, by the member’s colleague', 'reporter, co-reporters, supporters, grid-worker'],
  ['note', ''],
  ['lay-plan', 'reporter, co-reporters, supporters'],
  ['reclassify', 'reporter, co-reporters, supporters'],
  ['reclassify, with longer clocks', 'reporter, co-reporters, township'],
  ['reclassify, of a complaint', 'reporter'],
  ['reclassify, of a complaint, by the banner', 'reporter, township'],
  ['relocate', 'reporter, co-reporters, supporters'],
  ['relocate, to another unit', 'reporter, co-reporters, township'],
  [
    'relocate, by the banner',
    'reporter, co-reporters, supporters, branch, far branch, partner, township, other township',
  ],
  ['correct-summary', 'reporter, co-reporters, branch'],
  ['check', 'reporter, co-reporters, supporters, partner'],
  ['check, of a member’s work', 'reporter, co-reporters, supporters, grid-worker'],
  ['rework', 'reporter, co-reporters, supporters, partner'],
  ['rework, of a member’s work', 'reporter, co-reporters, supporters, grid-worker'],
  ['resolve', 'reporter, co-reporters, supporters'],
  ['lay-evidence', 'reporter, co-reporters, supporters'],
  ['merge', 'reporter, supporters'],
  ['merge, against their word', 'reporter'],
  ['merge, against their word, by the township', 'reporter, branch'],
  ['decline', 'township'],
  ['suspend', 'township'],
  ['suspend, until the thaw', 'banner'],
  ['extend', 'township'],
  ['resume', 'reporter, co-reporters, supporters'],
  ['ask-look', 'township'],
  ['appeal-red-face', 'township'],
  ['appeal-red-face, of what is public', 'township'],
  ['appeal-red-face, of a verdict', 'person(co-reporter), township'],
  ['declare-red-face', 'reporter, co-reporters, supporters'],
  ['send-back', 'reporter, co-reporters, supporters, branch'],
  ['send-back, by the member', 'reporter, co-reporters, supporters, branch'],
  ['claim-fixed', 'reporter, co-reporters, supporters, branch'],
  ['claim-fixed, by the member', 'reporter, co-reporters, supporters, branch'],
  ['route', 'reporter, co-reporters, supporters, branch'],
  ['reassign', 'reporter, co-reporters, supporters, branch, other branch, partner'],
  [
    'reassign, to another township',
    'reporter, co-reporters, supporters, branch, far branch, township, other township',
  ],
  ['reassign, away from the member', 'reporter, co-reporters, supporters, branch, other branch'],
  ['supervise', 'reporter, co-reporters, branch, partner'],
  ['supervise, what a member has', 'reporter, co-reporters, branch'],
  ['rule-on, suspension granted', 'reporter, co-reporters, supporters, branch, partner'],
  ['rule-on, suspension until the thaw granted', 'reporter, co-reporters, supporters, branch, partner'],
  ['rule-on, suspension denied', 'branch, partner'],
  ['rule-on, extension granted', 'reporter, co-reporters, supporters, branch, partner'],
  ['rule-on, decline granted', 'reporter, co-reporters, supporters, branch'],
  ['rule-on, decline denied', 'reporter, co-reporters, supporters, branch'],
  ['rule-on, hand-over granted', 'reporter, co-reporters, supporters, branch, other branch'],
  ['rule-on, other kind granted', 'reporter, co-reporters, supporters, branch'],
  [
    'rule-on, other place granted',
    'reporter, co-reporters, supporters, branch, far branch, township, other township',
  ],
  ['rule-on, appeal against a decline upheld', 'reporter, co-reporters, supporters, branch'],
  ['rule-on, appeal against a closing upheld', 'reporter, co-reporters, supporters, branch'],
  ['rule-on, appeal against a closing denied', 'reporter, co-reporters, supporters, branch'],
  ['rule-on, cause struck', 'branch'],
  ['rule-on, verdict struck', 'reporter, co-reporters, branch'],
  ['rule-on, striking overturned', 'reporter, co-reporters, supporters, branch'],
  ['rule-on, reason gone', 'reporter, co-reporters, supporters, branch'],
  ['look, solved', 'reporter, co-reporters, supporters, branch'],
  ['look, unsolved', 'reporter, co-reporters, supporters, branch'],
  ['absorb', 'branch'],
  ['release', 'branch'],
  ['hear-denial', 'branch'],
  ['give-back', 'reporter, supporters, branch'],
  ['go-home', 'reporter, co-reporters, supporters, branch, other branch, partner'],
  ['come-back', 'reporter, co-reporters, supporters, branch'],
  ['inherit', 'other branch'],
  ['the calendar', 'reporter, co-reporters, supporters, branch'],
  ['the clock: half the time to accept', 'branch, township'],
  ['the clock: the time to accept is over', 'branch, township'],
  ['the clock: the time to contact is over', 'branch, partner, township'],
  ['the clock: the time to resolve is over', 'branch, partner, township'],
  ['the clock: the time to resolve is over, with a member', 'branch, township'],
  ['the clock: a notice ends', 'reporter, co-reporters, supporters, branch'],
  ['the clock: a suspension ends', 'reporter, co-reporters, supporters, branch'],
  ['the clock: silence', 'reporter, co-reporters, supporters, branch'],
  ['the clock: a request is left undecided', 'banner'],
  ['the clock: a complaint stays one', 'reporter, township'],
  ['the clock: a red-face appeal is left undecided', 'branch'],
  ['the clock: a resident’s appeal is left undecided', 'reporter, co-reporters, supporters, branch'],
  ['the clock: a posting ends', 'reporter, co-reporters, supporters, branch'],
  ['the clock: a posting ends within the notice', 'branch'],
  ['rule-on, a public cause struck', 'reporter, co-reporters, supporters, branch'],
  ['two of the reporters say yes', 'reporter, co-reporters, supporters, branch'],
]

/** Where words that somebody typed can be read: in the trace, and, after the arrow, in whose message. */
const typedWords: readonly (readonly [scene: string, readers: string])[] = [
  ['add-to', 'person(reporter)'],
  ['answer', 'person(reporter)'],
  ['rate', 'person(reporter)'],
  ['rate, unsolved', 'person(co-reporter)'],
  ['reopen', 'person(reporter)'],
  ['appeal, a decline', 'person(supporter)'],
  ['appeal, a closing', 'person(supporter)'],
  ['appeal-look', 'person(supporter)'],
  ['say-to-appeal', 'person(co-reporter)'],
  ['appeal-struck', 'person(co-reporter)'],
  ['answer-red-face, not gone', 'person(supporter)'],
  ['say-reason-gone', 'person(co-reporter)'],
  ['withdraw, others stay', 'person(reporter)'],
  ['withdraw, alone', 'person(reporter)'],
  ['withdraw, alone and listed', 'person(reporter)'],
  ['contact, a message', 'person(reporter) → reporter'],
  ['contact, a visit', 'person(reporter)'],
  ['ask', 'person(reporter) → reporter'],
  ['return', 'staff'],
  ['transfer', 'staff'],
  ['transfer, the third', 'staff'],
  ['dispatch', 'staff'],
  ['dispatch, to another', 'staff'],
  ['dispatch, to a member', 'staff'],
  ['dispatch, from a partner to a member', 'staff'],
  ['dispatch, from a member to another', 'staff'],
  ['dispatch, from a member to a partner', 'staff'],
  ['recall', 'staff'],
  ['recall, from a member', 'staff'],
  ['progress, for everyone', 'public → reporter, co-reporters, supporters'],
  ['progress, for the parties', 'parties → reporter, co-reporters'],
  ['progress, by the member', 'public → reporter, co-reporters, supporters'],
  ['progress, by the member’s colleague', 'public → reporter, co-reporters, supporters'],
  ['note', 'staff'],
  ['lay-plan', 'public → reporter, co-reporters, supporters'],
  ['reclassify', 'staff'],
  ['reclassify, with longer clocks', 'staff'],
  ['reclassify, of a complaint', 'staff'],
  ['reclassify, of a complaint, by the banner', 'staff'],
  ['relocate', 'staff'],
  ['relocate, to another unit', 'staff'],
  ['relocate, by the banner', 'staff'],
  ['check', 'public'],
  ['check, of a member’s work', 'public'],
  ['rework', 'staff → partner'],
  ['rework, of a member’s work', 'staff → grid-worker'],
  ['resolve', 'public'],
  ['lay-evidence', 'public → reporter, co-reporters, supporters'],
  ['decline', 'staff'],
  ['suspend', 'parties'],
  ['suspend, until the thaw', 'parties'],
  ['extend', 'parties'],
  ['resume', 'staff'],
  ['ask-look', 'staff'],
  ['appeal-red-face', 'parties'],
  ['appeal-red-face, of what is public', 'parties'],
  ['appeal-red-face, of a verdict', 'parties'],
  ['declare-red-face', 'public'],
  ['send-back', 'staff → branch'],
  ['send-back, by the member', 'staff → branch'],
  ['claim-fixed', 'staff'],
  ['claim-fixed, by the member', 'staff'],
  ['route', 'staff'],
  ['reassign', 'public → reporter, co-reporters, branch, other branch, partner'],
  [
    'reassign, to another township',
    'public → reporter, co-reporters, branch, far branch, township, other township',
  ],
  ['reassign, away from the member', 'public → reporter, co-reporters, branch, other branch'],
  ['supervise', 'staff → branch, partner'],
  ['supervise, what a member has', 'staff → branch'],
  ['rule-on, suspension granted', 'parties'],
  ['rule-on, suspension until the thaw granted', 'parties'],
  ['rule-on, suspension denied', 'parties'],
  ['rule-on, extension granted', 'parties'],
  ['rule-on, decline granted', 'parties'],
  ['rule-on, decline denied', 'parties'],
  ['rule-on, hand-over granted', 'parties'],
  ['rule-on, other kind granted', 'parties'],
  ['rule-on, other place granted', 'parties'],
  ['rule-on, appeal against a decline upheld', 'parties'],
  ['rule-on, appeal against a closing upheld', 'parties'],
  ['rule-on, appeal against a closing denied', 'parties'],
  ['rule-on, cause struck', 'parties'],
  ['rule-on, verdict struck', 'parties'],
  ['rule-on, striking overturned', 'parties'],
  ['rule-on, reason gone', 'parties'],
  ['look, solved', 'public → reporter, co-reporters'],
  ['look, unsolved', 'public → reporter, co-reporters'],
  ['rule-on, a public cause struck', 'parties'],
]

/** Who may read a line of each kind: everyone, the parties, the one whose it is, staff. */
const readersOf: Readonly<Record<string, string>> = {
  submitted: 'everyone',
  'filed-on-behalf': 'the one',
  'receipt-reprinted': 'the one',
  routed: 'everyone',
  declared: 'everyone',
  'red-face-noticed': 'parties',
  supported: 'everyone',
  'taken-up': 'everyone',
  added: 'the one, staff',
  urged: 'everyone',
  answered: 'the one, staff',
  'message-opened': 'parties',
  'contact-denied': 'parties',
  rated: 'the one, everyone',
  reopened: 'the one, everyone',
  requested: 'parties, the one',
  'red-face-answered': 'parties, the one',
  'request-agreed': 'parties',
  unmerged: 'everyone',
  withdrawn: 'the one, everyone',
  'handed-on': 'everyone',
  accepted: 'everyone',
  'phone-revealed': 'the one',
  contacted: 'parties, the one',
  asked: 'the one',
  noted: 'staff',
  returned: 'everyone',
  transferred: 'everyone',
  'taken-over': 'everyone',
  dispatched: 'everyone',
  recalled: 'everyone',
  progressed: 'parties, everyone',
  'plan-laid': 'everyone',
  reclassified: 'parties, everyone',
  relocated: 'everyone',
  'summary-corrected': 'parties',
  resolved: 'everyone',
  'rework-ordered': 'everyone',
  'evidence-laid': 'everyone',
  merged: 'everyone',
  resumed: 'everyone',
  'red-face-appealed': 'parties, everyone',
  'sent-back': 'everyone',
  'fix-claimed': 'everyone, staff',
  reassigned: 'everyone',
  supervised: 'everyone',
  'request-granted': 'parties',
  suspended: 'everyone',
  'request-denied': 'parties',
  extended: 'everyone',
  declined: 'everyone',
  'red-face-struck': 'parties, everyone',
  'red-face-restored': 'everyone',
  'said-to-appeal': 'the one, staff',
  looked: 'everyone',
  'red-face-cleared': 'parties, everyone',
  absorbed: 'everyone',
  released: 'everyone',
  'went-home': 'everyone',
  rescheduled: 'everyone',
  'due-soon': 'staff',
  overdue: 'everyone, staff',
  'red-face-published': 'everyone',
  closed: 'everyone',
  'request-moved-up': 'parties',
  'request-lapsed': 'parties',
  'red-face-posted': 'everyone',
}

const sceneCalled = (name: string): TestScene => {
  const found = scenes.find((scene) => scene.name === name)
  if (!found) throw new Error(`no scene ${name}`)
  return found
}

describe('A7: who is told', () => {
  test.each(told)('%s: %s', (name, parties) => {
    expect(list(messagesOf(sceneCalled(name)).map((message) => label(message.to)))).toBe(parties)
  })

  test('every scene is in the table', () => {
    expect(told.map(([name]) => name)).toEqual(scenes.map((scene) => scene.name))
  })

  test('every message names the matter by its public summary, so that two can be told apart', () => {
    for (const scene of scenes) {
      for (const message of messagesOf(scene)) {
        const names = [scene.before, scene.after].map((report: Report) => `“${report.publicSummary}”`)
        expect(names.some((name) => message.text.includes(name)) ? '' : message.text).toBe('')
      }
    }
  })
})

describe('who may read', () => {
  test('of each kind of line, exactly these; and every kind there is happens somewhere', () => {
    const found: Record<string, Set<string>> = {}
    const words = { public: 'everyone', parties: 'parties', person: 'the one', staff: 'staff' }
    for (const scene of scenes) {
      for (const event of eventsOf(scene)) {
        const readers = found[event.kind] ?? new Set<string>()
        found[event.kind] = readers.add(words[event.visibility])
      }
    }
    const written = Object.fromEntries(
      Object.entries(found).map(([kind, readers]) => [kind, [...readers].sort().join(', ')]),
    )
    expect(written).toEqual(
      Object.fromEntries(
        Object.entries(readersOf).map(([kind, one]) => [kind, one.split(', ').sort().join(', ')]),
      ),
    )
    expect(Object.keys(found).sort()).toEqual([...reportEventKinds].sort())
  })

  test.each(typedWords)('what is typed in “%s”: %s', (name, readers) => {
    const scene = sceneCalled(name)
    const mark = scene.typed ?? 'nothing typed'
    const lines = eventsOf(scene).filter((event) => lineText(event).includes(mark))
    const trace = new Set(
      lines.map((event) => (event.personKey ? `${event.visibility}(${event.personKey})` : event.visibility)),
    )
    const messages = messagesOf(scene).filter((message) => message.text.includes(mark))
    const to = list(messages.map((message) => label(message.to)))
    expect(`${[...trace].sort().join(' ')}${to && ` → ${to}`}`).toBe(readers)
  })

  test('every scene in which something is typed is in the table, and nothing typed is thrown away', () => {
    const typed = scenes.filter((scene) => scene.typed !== undefined)
    expect(typed.map((scene) => scene.name)).toEqual(typedWords.map(([name]) => name))
  })

  test('M3: a supporter’s message holds no words of a resident and none that staff wrote for staff', () => {
    for (const scene of scenes) {
      const priv = eventsOf(scene).filter((event) => event.visibility !== 'public')
      for (const message of messagesOf(scene)) {
        if (message.to !== 'supporters') continue
        for (const event of priv) {
          const words = lineText(event).split('：')[1]
          if (words !== undefined && words.length > 1) expect(message.text).not.toContain(words)
        }
        if (
          scene.typed &&
          !eventsOf(scene).some(
            (event) => event.visibility === 'public' && lineText(event).includes(scene.typed ?? ''),
          )
        )
          expect(message.text).not.toContain(scene.typed)
      }
    }
  })

  test('every message says which matter it is about: its number to the reporter and to units that read it whole', () => {
    const numbered = new Set<string>()
    for (const scene of scenes) {
      const number = spokenNumber(scene.after.number ?? '')
      const units = unitsReading(scene.after)
      for (const { to, text, about } of messagesOf(scene)) {
        expect(about).toMatch(/3月\d+日/)
        const isToReporter =
          to === 'reporter' ||
          (typeof to === 'object' && 'personKey' in to && to.personKey === scene.after.reporterKey)
        const isToReader = typeof to === 'object' && 'unitId' in to && units.has(to.unitId)
        // Who took the reporter's place has the matter's number, and reads no more of the other's words than before.
        const knowsNumber = isToReader || isToReporter
        const reads = isToReader || (isToReporter && scene.after.succeededAt === undefined)
        expect([scene.name, label(to), about?.includes(number)]).toEqual([scene.name, label(to), knowsNumber])
        expect(text).not.toContain(number)
        if (!reads) expect(about).not.toContain(scene.after.place.words || 'no words')
        if (knowsNumber) numbered.add(label(to))
      }
    }
    expect(list([...numbered])).toBe(
      'reporter, branch, other branch, far branch, partner, other partner, township, other township, banner, grid-worker, colleague',
    )
  })

  test('what can be corrected stands nowhere for good: in no row of the ledger, in no line that everyone reads', () => {
    for (const scene of scenes) {
      const rows = scene.after.outbox.flatMap((work) => (work.kind === 'ledger' ? [rowText(work.facts)] : []))
      const lines = eventsOf(scene).flatMap((event) =>
        event.visibility === 'public' ? [lineText(event)] : [],
      )
      const summaries = [scene.before, scene.after, aParentOf(scene.after)].map((one) => one.publicSummary)
      for (const text of [...rows, ...lines])
        expect(summaries.some((summary) => text.includes(summary)) ? text : '').toBe('')
    }
    expect(scenes.some((scene) => scene.after.outbox.some((work) => work.kind === 'ledger'))).toBe(true)
  })

  test('L3: whoever acts is never named: a line tells a side and a unit', () => {
    for (const scene of scenes) {
      for (const event of eventsOf(scene)) {
        expect(['resident', 'staff', 'system']).toContain(event.side)
        for (const person of ['secretary', 'grid-worker', 'clerk', 'reporter', 'supporter'])
          expect(lineText(event)).not.toContain(person)
      }
    }
  })
})
