import {
  activeEpisode,
  hasBeenPublic,
  isOnPage,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { listedOf } from '../../../../cloudfunctions/contexts/report/rules/listed-report'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  presentCard,
  presentReport,
} from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aReport,
  callerOf,
  clerk,
  law,
  madePublic,
  newWork,
  refusalFrom,
  reporter,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'

const urls = new Map([['photo-new', { url: 'photo-new', thumbUrl: 'photo-new' }]])

const shown = (report: Report, now = report.changedAt) =>
  presentReport(report, callerOf(stranger, report), { law, now, urls, actorId: '' })

const told = (before: Report, after: Report, to: 'reporter' | 'supporters') =>
  newWork(before, after).flatMap((work) => (work.kind === 'message' && work.to === to ? [work.parts] : []))

/** Accepted late, which was public; then late with the work, which is within its notice; then the first is struck. */
const struckWhileAnotherIsNoticed = (): Report => {
  const first = supportedBy(aReport(), supporter)
  const late = madePublic(take(wait(first, first.deadlines.acceptDueAt + minuteMs), 'accept'))
  const both = wait(late, late.deadlines.resolveDueAt + minuteMs)
  const appealed = take(
    both,
    { kind: 'appeal-red-face', reason: '当天停电', causeNos: [1] },
    { by: secretary },
  )
  return take(
    appealed,
    { kind: 'rule-on', request: 'appeal-red-face', isGranted: true, note: '' },
    { by: clerk, now: appealed.changedAt + hourMs },
  )
}

describe('F2, F3: all that was public is struck, and another cause is within its notice', () => {
  const struck = struckWhileAnotherIsNoticed()

  test('nobody outside reads that it is on the list', () => {
    const scene = { law, now: struck.changedAt, urls, actorId: '' }
    expect(struck.countedIn?.join()).not.toContain('|redFaces')
    expect(listedOf(struck).redFaceState).toBe('noticed')
    expect(presentCard(struck, callerOf(stranger, struck), scene)?.redFaceState).toBeNull()
    expect(shown(struck)?.redFace).toMatchObject({ state: 'cleared', consent: 'appeal-upheld' })
  })

  test('its reporter reads that it is within its notice, and until when', () => {
    const episode = activeEpisode(struck.redFaces)
    const [, noticed] = episode?.causes ?? []
    const caller = callerOf(reporter, struck)
    const view = presentReport(struck, caller, { law, now: struck.changedAt, urls, actorId: '' })
    expect(view?.redFace).toMatchObject({ state: 'noticed', publicAt: noticed?.publicAt, clearedAt: null })
  })

  test('evidence laid, and what is said to it, is nothing to those outside, and no supporter is asked', () => {
    const now = struck.changedAt + hourMs
    const laid = take(
      struck,
      { kind: 'lay-evidence', note: '又垫了一层', photos: ['photo-new'] },
      { by: secretary, now },
    )
    expect(shown(laid)?.redFace).toEqual(shown(struck)?.redFace)
    expect(shown(laid)?.freshEvidence).toEqual([])
    expect(
      refusalFrom(
        laid,
        { kind: 'answer-red-face', isGone: true, note: '' },
        { by: supporter, now: now + minuteMs },
      ),
    ).toBe('no-active-entry')
  })

  test('A7: residents who heard that it was struck hear that it is on the list again', () => {
    const again = madePublic(struck)
    expect(isOnPage(activeEpisode(again.redFaces) as never)).toBe(true)
    for (const to of ['reporter', 'supporters'] as const) {
      const templates = told(struck, again, to).flatMap((parts) => parts.map(({ template }) => template))
      expect(templates).toContain('red-face-published')
    }
  })
})

const inNotice = (): Report => {
  const report = supportedBy(takeAll(aReport(), 'accept', 'contact'), supporter)
  const late = wait(report, report.deadlines.resolveDueAt + minuteMs)
  const episode = activeEpisode(late.redFaces)
  if (!episode || hasBeenPublic(episode)) throw new Error('not within its notice')
  return late
}

describe('F2: a picture laid within the notice', () => {
  const late = inNotice()
  const now = late.deadlines.resolveDueAt + 5 * minuteMs
  const words = { note: '又垫了一层', photos: ['photo-new'] }
  const laid = take(late, { kind: 'lay-evidence', ...words }, { by: secretary, now })
  const progressed = take(late, { kind: 'progress', ...words, isPublic: true }, { by: secretary, now })

  test('looks to outsiders like any progress', () => {
    expect(shown(laid, now)).toEqual(shown(progressed, now))
  })

  test('is told to supporters like any progress', () => {
    const texts = (after: Report) => told(late, after, 'supporters').map((parts) => messageText({ parts }))
    expect(texts(laid)).toEqual(texts(progressed))
  })
})

test('F2: an earlier stay that is over is shown on while a new cause is within its notice', () => {
  const hardening = aReport({ category: aCategory('lane-hardening') })
  // Accepted late: public, and off the page seven days later by itself.
  const late = madePublic(take(wait(hardening, hardening.deadlines.acceptDueAt + minuteMs), 'accept'))
  const over = wait(late, late.changedAt + 8 * dayMs)
  expect(shown(over)?.redFace).toMatchObject({ state: 'cleared' })
  const again = wait(over, (over.deadlines.planDueAt ?? 0) + minuteMs)
  expect(again.redFaces).toHaveLength(2)
  expect(shown(again)?.redFace).toEqual(shown(over)?.redFace)
})
