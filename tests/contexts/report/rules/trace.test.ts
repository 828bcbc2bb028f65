import { toReportDocument } from '../../../../cloudfunctions/contexts/report/report-documents'
import type { Report, ReportEvent } from '../../../../cloudfunctions/contexts/report/rules/report'
import { linesToShelve } from '../../../../cloudfunctions/contexts/report/rules/trace'
import { shelve } from '../../../../cloudfunctions/contexts/report/steps/shelve'
import { takeSystemStep } from '../../../../cloudfunctions/contexts/report/take-step'
import { hourMs } from '../../../../cloudfunctions/ground/instant'
import { shownRev } from '../../../../cloudfunctions/journal/rules/journalled'
import {
  aCategory,
  aChild,
  aReport,
  aVerdict,
  clerk,
  law,
  refusalFrom,
  reporter,
  secretary,
  stranger,
  take,
  takeAll,
} from '../../../support/builders'
import { seenBy } from '../../../support/seen'

const words = '拉来了砂石，垫平了一段，下雨停工，明天接着干。'.repeat(8)

/** Worked on for a long time, with words for everybody, for the parties and for colleagues. */
const worked = (times: number): Report => {
  let report = takeAll(aReport(), 'accept', 'reveal-phone')
  for (let no = 0; no < times; no += 1) {
    const now = report.changedAt + hourMs
    report =
      no % 5 === 4
        ? take(report, { kind: 'note', note: words }, { now })
        : take(report, { kind: 'progress', note: words, photos: [], isPublic: no % 2 === 0 }, { now })
  }
  return report
}

/** Piece after piece, as the clock puts it away. */
const inPieces = (whole: Report) => {
  const pieces: (readonly ReportEvent[])[] = []
  let report = whole
  for (;;) {
    const lines = linesToShelve(report)
    const untilSeq = lines[lines.length - 1]?.seq
    if (untilSeq === undefined) return { report, pieces }
    pieces.push(lines)
    const done = takeSystemStep(report, shelve, { untilSeq }, { id: 's', now: report.changedAt, law })
    if (!done.ok) throw new Error(done.error.code)
    report = done.value
  }
}
const shelved = (report: Report): Report => inPieces(report).report

describe('a trace that has grown long', () => {
  const long = worked(60)
  const short = shelved(long)

  test('asks for its older lines to be put away, and one that is short does not', () => {
    expect(linesToShelve(worked(5))).toEqual([])
    expect(worked(5).outbox.map(({ kind }) => kind)).not.toContain('shelve')
    expect(long.outbox.filter(({ kind }) => kind === 'shelve')).toHaveLength(1)
  })

  test('keeps its first line and the latest ones, and leaves nothing out between what is put away and what stays', () => {
    const away = inPieces(long).pieces.flatMap((lines) => lines.map(({ seq }) => seq))
    const kept = short.timeline.map(({ seq }) => seq)
    expect(kept[0]).toBe(1)
    expect([...kept.slice(0, 1), ...away, ...kept.slice(1)]).toEqual(long.timeline.map(({ seq }) => seq))
    expect(Buffer.byteLength(JSON.stringify(short.timeline))).toBeLessThan(14_000)
    expect(linesToShelve(short)).toEqual([])
  })

  test('is put away in pieces none of which is long, however much has come together', () => {
    const { pieces } = inPieces(worked(300))
    expect(pieces.length).toBeGreaterThan(3)
    for (const lines of pieces) expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(32_000)
  })

  test.each([
    ['its reporter', reporter],
    ['its branch', secretary],
    ['the township', clerk],
    ['a stranger', stranger],
  ])('is numbered for %s as before, and nobody is told a new revision', (_who, person) => {
    const [before, after] = [seenBy(person, long), seenBy(person, short)]
    expect(after.rev).toBe(before.rev)
    expect(after.timeline.length + after.olderCount).toBe(before.timeline.length)
    for (const line of after.timeline) expect(before.timeline).toContainEqual(line)
  })

  test('is gone on with: lines get the numbers that follow', () => {
    const after = take(short, { kind: 'note', note: '接着干' })
    expect(after.timeline.at(-1)?.seq).toBe((long.timeline.at(-1)?.seq ?? 0) + 1)
    expect(shownRev(after)).toBe(shownRev(long) + 1)
  })

  test('still counts how much somebody has written today', () => {
    const now = aReport().changedAt + hourMs
    let report = take(aReport(), 'accept', { by: secretary, now })
    for (let no = 0; no < 59; no += 1)
      report = take(report, { kind: 'note', note: words }, { by: secretary, now })
    const cut = shelved(report)
    expect(cut.timeline.length).toBeLessThan(40)
    for (const one of [report, cut])
      expect(refusalFrom(one, { kind: 'note', note: '再记' }, { by: secretary, now })).toBe('too-many-today')
  })

  test('still knows who has looked at the number, though the line has left', () => {
    const revealed = long.timeline.find(({ kind }) => kind === 'phone-revealed')
    expect(short.timeline).not.toContainEqual(revealed)
    expect(seenBy(secretary, short).isPhoneRevealed).toBe(true)
    const called = take(short, { kind: 'contact', channel: 'phone', note: '' })
    expect(called.contacts.at(-1)?.channel).toBe('phone')
  })
})

test('the document of a matter of two hundred households, forty reporters and twelve vain fixes stays below 64 KB', () => {
  const photos = Array.from({ length: 9 }, (_, no) => `photo-0123456789abcdef0123-${no}`)
  const longest = '垫平后又塌了，'.repeat(70)
  const settledBy = (report: Report): Report => {
    const told = { ...report, outbox: [] }
    return linesToShelve(told).length > 0 ? { ...shelved(told), outbox: [] } : told
  }
  let report = settledBy(take(aReport({ category: aCategory('ordinary') }), 'accept'))
  for (let no = 0; no < 40; no += 1)
    report = settledBy(
      take(report, {
        kind: 'absorb',
        child: aChild({ id: `r-0123456789abcdef${no}`, reporterKey: `KEY${no}`, mergingNo: no + 1 }),
      }),
    )
  for (let no = 0; no < 200; no += 1)
    report = settledBy(take(report, { kind: 'support', keys: [`NEIGHBOUR-${no}`] }))
  for (let no = 0; no < 12; no += 1) {
    const resolve = {
      kind: 'resolve',
      note: longest,
      remedy: 'lasting',
      before: photos,
      after: photos,
    } as const
    report = settledBy(take(report, { kind: 'progress', note: longest, photos, isPublic: true }))
    report = settledBy(take(report, resolve, { by: secretary, now: report.changedAt + hourMs * 30 }))
    const rating = aVerdict({ solved: 'no', satisfaction: 'dissatisfied', remark: longest })
    report = settledBy(take(report, { kind: 'rate', rating }, { by: reporter }))
  }
  const bytes = Buffer.byteLength(JSON.stringify(toReportDocument(report)))
  expect({ bytes, isBounded: bytes <= 64 * 1024 }).toEqual({ bytes, isBounded: true })
  expect([report.coReporters.length, report.supporters.count]).toEqual([40, 200])
})
