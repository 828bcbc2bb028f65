import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { bareNosThatStand, reportersWhoAgree } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import { reopeningsToList } from '../../cloudfunctions/contexts/report/rules/moves'
import { leftOneIn } from '../../cloudfunctions/contexts/report/rules/resume-after'
import { staysAfterOneIn } from '../../cloudfunctions/contexts/report/rules/stint'

const root = path.join(__dirname, '../..')

/** A number and what it counts, as a deadline, a limit or a distance is said. */
const numbered =
  /(?:[一二两三四五六七八九十百千半]+|\d+(?:\.\d+)?)\s*(?:个|几)?(?:自然|工作)?(?:天|日|次|回|小时|分钟|米|公里|个月|周|年|户|位|人|家|件|条|张|个字|倍|分之[一二三四五])/gu

/** Turns of speech in which nothing is counted by a rule: 再试一次, 看一次记一次, 另一位居民, 同一件事, 换一张. */
const saidOfNothing = /(?:一次|一回|一位|一户|一件|一张|一条|一个人|一两件|这一天|哪一天|那一天)/gu

/** A number of the rules, as the sentences say it: where the rule changes they have to. */
const spoken = (count: number): string => ['', '一', '两', '三', '四', '五'][count] ?? String(count)

/** What may be said with a number in it, each with why no rule book can make it untrue. */
const allowed: readonly (readonly [file: string, says: string, because: string])[] = [
  ['cloudfunctions/contexts/category/rules/category.ts', '三个月全部硬化', 'the title of a source'],
  [
    'cloudfunctions/contexts/red-face/rules/red-face.ts',
    `${spoken(reopeningsToList)}次重新办理`,
    'the name of a cause: `reopened-twice` is no number of the rule book',
  ],
  ['client/components/time-text.ts', '不到1分钟', 'the shortest stretch of time that is told'],
  [
    'client/words/rules.ts',
    `要${spoken(reportersWhoAgree)}个人说`,
    'how many reporters’ yes it takes is fixed by the rules themselves (F5)',
  ],
  [
    'client/words/sentences.ts',
    `没有照片要${spoken(bareNosThatStand)}户`,
    'whose no stands is fixed by the rules themselves (F5)',
  ],
  [
    'client/features/report-detail/matter-card.tsx',
    '大约一百米',
    'how public places are rounded is the product’s promise to everybody',
  ],
  ['client/words/rates.ts', '算半件', 'what is solved in part counts by half in every figure (Q3)'],
  [
    'client/words/sentences.ts',
    `${spoken(staysAfterOneIn)}分之一`,
    'who answers for a delay is fixed by the rules themselves (A2)',
  ],
  [
    'client/features/handling/forms/rule-on-form.tsx',
    `至少留${spoken(leftOneIn)}分之一`,
    'what a clock that goes on is left is fixed by the rules themselves (K5)',
  ],
  ['client/features/reporting/words.ts', '1件诉求', 'how many wait on this device: there is never a second'],
  ['client/features/reporting/declare-form.tsx', '三条巷子', 'an example of what to type'],
  ['client/features/reporting/place-block.tsx', '第二条巷子', 'an example of what to type'],
  ['client/features/handling/forms/ask-form.tsx', '12月1日施工', 'an example of what to type'],
  ['client/features/handling/forms/plan-form.tsx', '硬化120米', 'an example of what to type'],
]

const sources = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(name)
    return /\.tsx?$/.test(entry.name) ? [name] : []
  })

/** Everything of a source that may reach a screen: string literals, the fixed parts of templates, text of JSX. */
const wordsOf = (text: string): readonly string[] => {
  const words: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node)) {
      words.push(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return words
}

const fixedNumbersIn = (text: string): readonly string[] =>
  wordsOf(text).filter((words) => words.replace(saidOfNothing, '').match(numbered) !== null)

test.each([
  ["const a = '七天不评价就自动结案'", 1],
  ['const a = `公开前先告知支部24小时`', 1],
  [`const a = \`公示\${days}个工作日，三天为限\``, 1],
  ['const a = <View>最长九十天。</View>', 1],
  [`const a = \`公示\${days}个工作日\``, 0],
  ['const a = `满三人同意`', 1],
  ['const a = `时限至少留三分之一`', 1],
  ["const a = '是同一件事吗，请换一张'", 0],
  ["const a = '再试一次' // 七天", 0],
  ["const a = '第一网格'", 0],
])('a fixed number is found in %s: %d', (source, count) => {
  expect(fixedNumbersIn(source)).toHaveLength(count)
})

test('every screen and refusal takes its numbers from the rule book, never from a sentence', () => {
  const used = new Set<string>()
  const found = ['cloudfunctions', 'client'].flatMap(sources).flatMap((file) => {
    return fixedNumbersIn(readFileSync(path.join(root, file), 'utf8')).flatMap((words) => {
      const known = allowed.find(([where, says]) => where === file && words.includes(says))
      if (known) used.add(`${known[0]} ${known[1]}`)
      return known ? [] : [`${file}: ${words.trim()}`]
    })
  })
  expect(found).toEqual([])
  // What nobody says any more needs no leave.
  expect(allowed.filter(([file, says]) => !used.has(`${file} ${says}`))).toEqual([])
})
