import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countdownWords, dueByText, dueDeed, overdueTag, runningDue } from '../../../client/words/due'
import { type DeadlineKind, deadlineKinds } from '../../../cloudfunctions/contexts/report/rules/deadline-kind'
import {
  isOpen,
  type ReportStatus,
  reportStatuses,
} from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { scheduleOf } from '../../../cloudfunctions/contexts/report/rules/schedule'
import { presentCard, presentReport } from '../../../cloudfunctions/contexts/report/use-cases/present-report'
import { hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aCategory,
  aMembership,
  branch,
  coReporter,
  housingBureau,
  law,
  reporter,
  reportIn,
  supporter,
  township,
} from '../../support/builders'

const now = Date.parse('2026-11-23T10:00+08:00')

const texts: Readonly<Record<DeadlineKind, readonly [label: string, ofTheBranch: string]>> = {
  accept: ['受理', '责任单位受理'],
  contact: ['联系', '责任单位联系'],
  plan: ['计划', '责任单位计划'],
  resolve: ['办结', '办结'],
}

describe.each(deadlineKinds)('a deadline to %s is said by its name', (kind) => {
  const due = (inMs: number, isDueSoon: boolean) =>
    ({ kind, dueAt: now + inMs, status: 'accepted', isDueSoon }) as const

  test.each([false, true])('before, soon and after, to who does the work for the unit: %s', (isHandler) => {
    const label = texts[kind][isHandler ? 1 : 0]
    expect(countdownWords(due(3 * hourMs, false), now, isHandler)).toEqual({
      tone: 'plain',
      icon: 'clock',
      text: `${label}还剩 3小时`,
    })
    expect(countdownWords(due(5 * hourMs, true), now, isHandler)).toEqual({
      tone: 'waiting',
      icon: 'hourglass',
      text: `${label}还剩 5小时，快到期`,
    })
    // The instant it names is already late, whatever the row was told before.
    for (const wasSoon of [true, false]) {
      expect(countdownWords(due(0, wasSoon), now, isHandler)).toEqual({
        tone: 'alert',
        icon: 'triangle-alert',
        text: `${label}已超期 不到1分钟`,
      })
    }
    expect(countdownWords(due(-3 * hourMs, false), now, isHandler).text).toBe(`${label}已超期 3小时`)
  })

  test('in a tag without how long, and with what is to be done where there is room', () => {
    expect(overdueTag(due(0, false)).text).toBe(`${texts[kind][0]}已超期`)
    expect(dueDeed(kind, 'accepted')).toContain(texts[kind][0])
  })
})

test('A1: whoever sorts is asked to say who answers, not to accept', () => {
  const due = { kind: 'accept', dueAt: now + hourMs, status: 'unrouted', isDueSoon: false } as const
  expect(countdownWords(due, now).text).toBe('分派还剩 1小时')
  expect(dueDeed('accept', 'unrouted')).toBe('分派')
})

test('by when is a promise until it has come, and what was owed from that instant on', () => {
  expect(dueByText(now + minuteMs, now)).toBe('最晚今天 10:01')
  expect(dueByText(Date.parse('2026-12-01T18:30+08:00'), now)).toBe('最晚12月1日（周二）18:30')
  expect(dueByText(now, now)).toBe('应在今天 10:00前')
})

const readers = {
  outsider: aCaller(),
  supporter: aCaller({ participation: 'supporter', key: supporter.name }),
  reporter: aCaller({ participation: 'reporter', key: reporter.name }),
  'co-reporter': aCaller({ participation: 'co-reporter', key: coReporter.name }),
  secretary: aCaller({ memberships: [aMembership(branch, 'secretary')] }),
  clerk: aCaller({ memberships: [aMembership(township, 'clerk')] }),
  partner: aCaller({ memberships: [aMembership(housingBureau, 'partner-staff')] }),
} as const

const everyCase = reportStatuses.flatMap((status) =>
  (['ordinary', 'lane-hardening'] as const).flatMap((categoryId) =>
    (Object.keys(readers) as (keyof typeof readers)[]).map((who) => [who, status, categoryId] as const),
  ),
)

describe.each(everyCase)(
  'what %s reads of a report that is %s (%s)',
  (who, status: ReportStatus, categoryId) => {
    const report = reportIn(status, { category: aCategory(categoryId) })
    const caller = readers[who]
    const instants = [
      report.changedAt,
      ...scheduleOf(report, law).flatMap(({ at }) => [at - 1, at]),
      report.deadlines.resolveDueAt + hourMs,
    ].filter((at) => at >= report.changedAt)
    const shownAt = (at: number) => ({
      page: presentReport(report, caller, { law, now: at, urls: new Map(), actorId: '' }),
      row: presentCard(report, caller, { law, now: at, urls: new Map() }),
    })
    /** What the clock will call late if nobody does anything. */
    const judged = scheduleOf(report, law).flatMap(({ deed }) => (deed.kind === 'overdue' ? [deed] : []))

    test('is the same on the page and in a row, and what the clock goes by', () => {
      for (const at of instants) {
        const { page, row } = shownAt(at)
        expect(page === null).toBe(row === null)
        if (!page || !row) continue
        const due = runningDue(page)
        expect(runningDue(row)).toEqual(due)
        if (!isOpen(status) || status === 'suspended') {
          expect(due).toBeUndefined()
          expect(page.dues).toEqual([])
          expect(page.isOverdue || page.isDueSoon || row.isOverdue || row.isDueSoon).toBe(false)
          continue
        }
        if (!due) throw new Error('an open report has no deadline')
        expect(page.dues).toContainEqual({ kind: due.kind, dueAt: due.dueAt })
        expect(judged).toContainEqual({ kind: 'overdue', deadline: due.kind, dueAt: due.dueAt })
        expect(page.isOverdue).toBe(countdownWords(due, at).tone === 'alert')
        expect(page.isOverdue && page.isDueSoon).toBe(false)
        const soonest = judged.filter(({ deadline }) => page.view !== 'public' || deadline !== 'contact')
        expect(due.dueAt).toBe(Math.min(...soonest.map(({ dueAt }) => dueAt)))
      }
    })

    test('C1: says when the resident is to be contacted to nobody but the two sides', () => {
      const { page } = shownAt(report.changedAt)
      if (page?.view === 'public') expect(page.dues.map(({ kind }) => kind)).not.toContain('contact')
    })
  },
)

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))

test('no countdown can be made without its name: how long is left is said in one place alone', () => {
  const client = join(__dirname, '../../../client')
  const sources = sourcesIn(client).map((file) => [file.slice(client.length + 1), readFileSync(file, 'utf8')])
  const filesWith = (pattern: RegExp) =>
    sources.flatMap(([file, text]) => (file !== undefined && pattern.test(text ?? '') ? [file] : [])).sort()
  expect(filesWith(/\bremainingText\b/)).toEqual(['components/time-text.ts', 'words/due.ts'])
  expect(filesWith(/还剩 |已超期 /)).toEqual(['words/due.ts'])
  expect(filesWith(/deadlineName\b/)).toEqual(['words/due.ts'])
  for (const [file, text] of sources) {
    for (const [use] of text?.matchAll(/<Countdown\b[^/]*\/>/g) ?? []) {
      expect([file, use]).toEqual([file, expect.stringContaining('countdownWords(')])
    }
  }
})
