import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import {
  addForm,
  answerForm,
  appealForm,
  denyContactForm,
  withdrawForm,
} from '../../../client/features/report-detail/step-forms'
import { stepsOf } from '../../../client/features/report-detail/trace'
import { headlineOf, type ReportDetail, whoseWords } from '../../../client/features/report-detail/words'
import { hiddenFromAccused } from '../../../client/words/answerable'
import { toRoutedUnit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { isOpen, reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { presentReport } from '../../../cloudfunctions/contexts/report/use-cases/present-report'
import { contract } from '../../../cloudfunctions/contract/contract'
import {
  aCaller,
  banner,
  coReporter,
  law,
  reporter,
  reportIn,
  supporter,
  township,
} from '../../support/builders'

const root = path.join(__dirname, '../../..')

const sourcesIn = (name: string): readonly string[] =>
  /\.tsx?$/.test(name)
    ? [name]
    : readdirSync(path.join(root, name), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || /\.tsx?$/.test(entry.name))
        .flatMap((entry) => sourcesIn(`${name}/${entry.name}`))

/** Everything of a source that may reach a screen. */
const wordsOf = (text: string): readonly string[] => {
  const words: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node)) {
      words.push(node.text.trim())
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return words
}

/** What residents read of matters, theirs and others’. */
const residentsPages = [
  'client/features/report-detail',
  'client/features/reporting',
  'client/features/my-reports',
  'client/features/red-face',
  'client/features/inbox',
  'client/words/answerable.ts',
  'client/words/resident-steps.ts',
  'client/words/trace-titles.ts',
  'client/words/rules.ts',
  'client/words/clash.ts',
  'client/words/ledger.ts',
  'client/words/request.ts',
  'client/words/red-face-entry.ts',
  'client/words/verdict.ts',
]

/** Where a branch is meant, and no other unit can be. */
const ofBranches: readonly (readonly [file: string, says: string, because: string])[] = [
  ['client/features/reporting/accused-choice.tsx', '本支部', 'whom a complaint is about: the branch here'],
  ['client/features/reporting/accused-choice.tsx', '别的支部', 'whom a complaint is about: kinds of units'],
  ['client/features/reporting/declare-form.tsx', '自己的书记', 'only a branch’s secretary declares'],
  ['client/features/reporting/declare-form.tsx', '支部自己先列出来', 'only a branch declares'],
  ['client/features/report-detail/detail-screen.tsx', '支部自己列出', 'only a branch declares'],
  ['client/features/report-detail/matter-card.tsx', '支部列出的情况', 'only a branch declares'],
  ['client/features/red-face/rules-sheet.tsx', '支部也可以自己列出', 'only a branch declares'],
  ['client/features/my-reports/my-entries.tsx', '反映支部或干部', 'the name of the kind'],
]

test('who has a matter is named from its view: no page of residents takes it for a branch’s, or a secretary’s', () => {
  const found = residentsPages.flatMap(sourcesIn).flatMap((file) =>
    wordsOf(readFileSync(path.join(root, file), 'utf8'))
      .filter((words) => /支部|书记/.test(words))
      .map((words) => ({ file, words })),
  )
  const isMeant = (one: (typeof found)[number]) =>
    ofBranches.some(([file, says]) => file === one.file && one.words.includes(says))
  expect(found.filter((one) => !isMeant(one))).toEqual([])
  // What is said nowhere any more needs no leave.
  expect(
    ofBranches.filter(([file, says]) => !found.some((one) => one.file === file && one.words.includes(says))),
  ).toEqual([])
})

const readers = {
  reporter: aCaller({ participation: 'reporter', key: reporter.name }),
  'co-reporter': aCaller({ participation: 'co-reporter', key: coReporter.name }),
  supporter: aCaller({ participation: 'supporter', key: supporter.name }),
  outsider: aCaller(),
} as const

const kept: Readonly<Record<string, (status: Report['status']) => Report>> = {
  // In every status, those too that no complaint comes to.
  'a complaint that the banner has': (status) => ({
    ...reportIn(status, { responsible: toRoutedUnit(banner) }),
    categoryId: 'about-branch',
    accusedUnitId: township.id,
  }),
  'a matter that a township has': (status) => reportIn(status, { responsible: toRoutedUnit(township) }),
}

const everyCase = Object.keys(kept).flatMap((what) =>
  reportStatuses.flatMap((status) =>
    (Object.keys(readers) as (keyof typeof readers)[]).map((who) => [what, status, who] as const),
  ),
)

describe.each(everyCase)('%s, %s, as the %s reads it', (what, status, who) => {
  const report = kept[what]?.(status)
  if (!report) throw new Error(what)
  const told = presentReport(report, readers[who], {
    law,
    now: report.changedAt,
    urls: new Map(),
    actorId: '',
  })
  const said = (view: ReportDetail): string =>
    [
      headlineOf(view, report.changedAt),
      whoseWords[view.status],
      stepsOf({ ...view, routing: { ...view.routing, reasons: [] } }, report.changedAt).map(
        ({ title }) => title,
      ),
      [
        addForm(view),
        answerForm(view),
        denyContactForm(view),
        withdrawForm(view),
        appealForm(view, undefined),
      ],
    ]
      .map((one) => JSON.stringify(one))
      .join()

  test('speaks of no branch', () => {
    if (told) expect(said(told)).not.toMatch(/支部|书记/)
  })

  test('H4: where its reporter writes, a complaint says who never reads it, and nothing else does', () => {
    if (!told) return
    for (const form of [addForm(told), answerForm(told)]) {
      expect((form.notice ?? '').includes(hiddenFromAccused)).toBe(told.categoryId === 'about-branch')
    }
  })
})

test('a unit has a matter “now” while it is open, and of one that is over it had it before', () => {
  for (const status of reportStatuses) {
    const { title, hint } = whoseWords[status]
    expect([status, title === '谁来办']).toEqual([status, isOpen(status)])
    if (!isOpen(status)) expect([status, hint]).not.toEqual([status, expect.stringContaining('现在')])
  }
})

test('reporting for somebody else is offered nowhere before there is a way to do it', () => {
  const isThere = Object.keys(contract).some((action) => /onBehalf/i.test(action))
  const offering = sourcesIn('client').filter((file) =>
    wordsOf(readFileSync(path.join(root, file), 'utf8')).some((words) =>
      /代报|代办上报|请工作人员/.test(words),
    ),
  )
  expect(isThere || offering.length === 0).toBe(true)
})
