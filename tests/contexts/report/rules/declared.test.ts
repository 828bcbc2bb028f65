import * as fc from 'fast-check'
import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { householdsIn, type Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  isNearEnoughToTakeUp,
  takeUpMetres,
} from '../../../../cloudfunctions/contexts/routing/rules/public-place'
import { distanceMetres, roundPoint } from '../../../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aReport,
  clerk,
  coReporter,
  gridWorker,
  madePublic,
  type Person,
  refusalFrom,
  reporter,
  rules,
  secondSupporter,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  thirdSupporter,
  wait,
} from '../../../support/builders'
import { causesOf, isListed } from '../../../support/red-face'
import { supportersOf } from '../../../support/rolls'
import { offeredTo } from '../../../support/seen'

const place = { lng: 110.52, lat: 40.56 }
const declared = aReport({ reporterKey: null, hasPhone: false, pseudonym: '' })
const takenUp = (report: Report = declared, by: Person = reporter): Report => take(report, 'take-up', { by })
const yes = { kind: 'answer-red-face', isGone: true, note: '' } as const

describe('declared: a matter nobody has reported yet may be reported as one’s own', () => {
  test('by anybody who is in it as nobody or as a supporter; then they are its reporter, with all rights', () => {
    const joined = supportedBy(declared, supporter)
    for (const by of [stranger, supporter]) {
      expect(offeredTo(by, joined)).toContain('take-up')
      const report = takenUp(joined, by)
      expect(report).toMatchObject({ reporterKey: by.name, pseudonym: by.name.slice(0, 4) })
      expect(supportersOf(report).map((one) => one.key)).not.toContain(by.name)
      expect(householdsIn(report)).toBe(by === supporter ? 1 : 2)
      expect(offeredTo(by, report)).toEqual(expect.arrayContaining(['add-to', 'urge', 'withdraw']))
      const resolved = takeAll(report, 'accept', 'contact', 'resolve')
      expect(offeredTo(by, resolved)).toContain('rate')
    }
  })

  test('they and the branch are told, and every later step', () => {
    const to = (report: Report) =>
      report.outbox.flatMap((entry) => (entry.kind === 'message' ? [JSON.stringify(entry.to)] : []))
    expect(to(takenUp())).toContain('"reporter"')
    const messages = take(takenUp(), 'accept').outbox.filter(({ kind }) => kind === 'message')
    expect(messages.at(-1)).toMatchObject({ to: 'reporter' })
  })

  test('once: what has its reporter is not taken up again, nor what was reported in the first place', () => {
    expect(refusalFrom(takenUp(), 'take-up', { by: stranger })).toBe('taken-up')
    expect(offeredTo(stranger, takenUp())).not.toContain('take-up')
    expect(offeredTo(stranger, takenUp())).toContain('support')
    expect(refusalFrom(aReport(), 'take-up', { by: stranger })).toBe('taken-up')
  })

  test('while it is worked on, and not when it is over', () => {
    const resolved = takeAll(declared, 'accept', 'resolve')
    expect(refusalFrom(resolved, 'take-up', { by: stranger })).toBe('wrong-status')
  })

  test('from within 150 m of the place, wherever in its square that lies: nobody is refused wrongly (S1)', () => {
    fc.assert(
      fc.property(
        fc.record({
          lng: fc.double({ min: 97.3, max: 126, noNaN: true }),
          lat: fc.double({ min: 37.5, max: 53.2, noNaN: true }),
        }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 0, max: takeUpMetres, noNaN: true }),
        (there, degrees, metres) => {
          const angle = (degrees * Math.PI) / 180
          const north = (metres * Math.cos(angle)) / 111_195
          const east = (metres * Math.sin(angle)) / (111_195 * Math.cos((there.lat * Math.PI) / 180))
          const from = { lng: there.lng + east, lat: there.lat + north }
          if (distanceMetres(from, there) > takeUpMetres) return
          expect(isNearEnoughToTakeUp(from, roundPoint(there))).toBe(true)
        },
      ),
    )
    const far = { lng: place.lng, lat: place.lat + 0.0025 }
    const fromFar = { kind: 'take-up', key: stranger.name, from: far } as const
    expect(refusalFrom(declared, fromFar, { by: stranger })).toBe('too-far')
  })

  test('S1: where in its square it lies changes no answer', () => {
    const corners = [-0.0004, 0, 0.0004].map((off) => ({ lng: place.lng + off, lat: place.lat - off }))
    for (const metres of [0, 100, 200, 225, 235, 300]) {
      const from = { lng: place.lng, lat: place.lat + metres / 111_195 }
      const answers = corners.map((point) =>
        refusalFrom(
          aReport({ reporterKey: null, place: { point, words: '' } }),
          { kind: 'take-up', key: stranger.name, from },
          { by: stranger },
        ),
      )
      expect(new Set(answers).size).toBe(1)
    }
  })

  test('the first word is due in the category’s time from then on, and nothing was missed before', () => {
    const accepted = take(declared, 'accept')
    const later = wait(accepted, accepted.deadlines.contactDueAt + 3 * hourMs)
    const report = take(later, 'take-up', { by: reporter, now: later.deadlines.contactDueAt + 4 * hourMs })
    expect(report.deadlines.contactDueAt).toBeGreaterThan(report.changedAt)
    expect(report.deadlines.resolveDueAt).toBe(declared.deadlines.resolveDueAt)
    expect(rateFactsOf(report, report.changedAt + 1, rules).contact).toBeNull()
    const missed = wait(report, report.deadlines.contactDueAt)
    expect(rateFactsOf(missed, missed.changedAt + 1, rules).contact).toMatchObject({ isKept: false })
    const kind = take(report, { kind: 'reclassify', categoryId: 'street-lamp', note: '' }, { by: clerk })
    expect(kind.deadlines.contactDueAt).toBeGreaterThan(report.changedAt)
    expect(aCategory('street-lamp').contactWithin).toBeDefined()
  })
})

describe('F5: what a branch declared is cleared like any other', () => {
  const worked = takeAll(declared, 'accept', 'resolve')

  test('by the reporter’s yes, once it has one; posted first to those who had joined', () => {
    const alone = takeAll(takenUp(), 'accept', 'contact', 'resolve')
    expect(isListed(take(alone, 'rate', { by: reporter }))).toBe(false)
    const joined = takeAll(takenUp(supportedBy(declared, supporter)), 'accept', 'contact', 'resolve')
    const said = take(joined, 'rate', { by: reporter })
    expect(activeEpisode(said.redFaces)?.posting).toBeDefined()
  })

  test('while nobody has taken it up, by three supporters after the days of silence, or by a look', () => {
    const joined = takeAll(
      madePublic(supportedBy(declared, supporter, secondSupporter, thirdSupporter)),
      'accept',
      'resolve',
    )
    const said = [supporter, secondSupporter, thirdSupporter].reduce(
      (report, by) => take(report, yes, { by }),
      joined,
    )
    expect(isListed(said)).toBe(true)
    expect(isListed(wait(said, said.changedAt + 8 * dayMs))).toBe(false)
    const silent = wait(worked, worked.changedAt + 8 * dayMs)
    const looked = take(take(silent, 'ask-look', { by: secretary }), 'look', { by: clerk })
    expect(isListed(looked)).toBe(false)
  })

  test('H3: taken up by one of the branch’s own, their yes clears nothing; silence, supporters and a look still do', () => {
    const member: Person = { name: 'member', memberships: gridWorker.memberships }
    const own = takeAll(takenUp(supportedBy(declared, supporter), member), 'accept', 'resolve')
    expect(own.isByMember).toBe(true)
    expect(refusalFrom(own, 'rate', { by: member })).toBe('not-eligible')
    const silent = wait(own, own.changedAt + 8 * dayMs)
    expect(isListed(silent)).toBe(true)
    const looked = take(take(silent, 'ask-look', { by: secretary }), 'look', { by: clerk })
    expect(isListed(looked)).toBe(false)
  })

  test('nor is it off the list when whoever took it up withdraws: somebody goes and sees, or a neighbour follows', () => {
    const left = take(takenUp(), 'withdraw', { by: reporter })
    expect(isListed(left)).toBe(true)
    expect(left.requests).toMatchObject([{ kind: 'look', because: 'reporter-left' }])
    const followed = take(takenUp(supportedBy(declared, supporter)), 'withdraw', { by: reporter })
    expect(followed.reporterKey).toBe(supporter.name)
  })

  test('its words go along: a supporter’s no without a picture is a reporter’s from then on', () => {
    const listed = take(takeAll(madePublic(supportedBy(declared, supporter)), 'accept'), 'lay-evidence')
    const weak = take(listed, { ...yes, isGone: false }, { by: supporter })
    expect(activeEpisode(takenUp(weak, supporter).redFaces)?.words).toMatchObject([
      { key: supporter.name, part: 'reporter', isGone: false },
    ])
  })

  test('whoever takes up what they had joined is asked once: their yes is posted to others, never to themselves', () => {
    const laid = (...joined: readonly Person[]) =>
      take(take(madePublic(supportedBy(declared, ...joined)), 'accept'), 'lay-evidence')
    const saidYes = (report: Report) => take(takenUp(report, supporter), yes, { by: supporter })
    expect(isListed(saidYes(laid(supporter)))).toBe(false)
    expect(activeEpisode(saidYes(laid(supporter, secondSupporter)).redFaces)?.posting).toBeDefined()
  })

  test('M1: merged before anybody has taken it up it brings its supporters and no reporter', () => {
    const parent = take(aReport(), {
      kind: 'absorb',
      child: aChild({
        id: declared.id,
        reporterKey: null,
        supporters: [{ key: supporter.name, at: declared.changedAt }],
        deadlines: declared.deadlines,
        causes: causesOf(declared),
        mergedAt: declared.changedAt,
      }),
    })
    expect(parent.coReporters).toEqual([])
    expect(supportersOf(parent)).toMatchObject([{ key: supporter.name, fromReportId: declared.id }])
    expect(coReporter.memberships).toEqual([])
  })
})
