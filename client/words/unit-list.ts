import {
  columnNameOf,
  type ListField,
  listFields,
} from '../../cloudfunctions/contexts/unit-list/rules/columns'
import type { ListVerdict, ProblemKind } from '../../cloudfunctions/contexts/unit-list/rules/judge-list'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import type { Word } from './sign'

export type ListedRow = OutputOf<'unitList.rows'>['rows'][number]
export type RowCure = NonNullable<ListedRow['cure']>
type JobResult = OutputOf<'job.get'>['result']

/** What would be done with a row, or has been. */
export const verdictWords: Readonly<Record<ListVerdict, Word>> = {
  bad: { text: '有问题', icon: 'circle-alert', tone: 'alert' },
  added: { text: '新增', icon: 'plus', tone: 'done' },
  changed: { text: '有变化', icon: 'pencil', tone: 'working' },
  closed: { text: '要撤并', icon: 'git-merge', tone: 'waiting' },
  unchanged: { text: '没有变化', icon: 'circle-check', tone: 'plain' },
  skipped: { text: '跳过', icon: 'skip-forward', tone: 'plain' },
}

/** What each column may be taken for. */
export const columnChoices = listFields.map((field) => ({ value: field, label: columnNameOf(field) }))
export { columnNameOf }

/** Which field an admin mends by hand, where no suggestion names it. */
const fieldsOfProblems: Readonly<Record<ProblemKind, ListField>> = {
  'name-missing': 'name',
  'name-formula': 'name',
  'name-long': 'name',
  'kind-unknown': 'kind',
  'level-unknown': 'level',
  'code-bad': 'code',
  'code-doubled': 'code',
  'code-elsewhere': 'code',
  'unit-ended': 'code',
  'parent-missing': 'parentCode',
  'parent-unknown': 'parentCode',
  'parent-bad': 'parentCode',
  cyclic: 'parentCode',
  'level-jump': 'parentCode',
  'same-name': 'name',
  'phone-bad': 'phone',
  'number-bad': 'population',
  'heir-unknown': 'closedInto',
  'own-name': 'name',
}

/** The field that a bad row is mended in by hand. */
export const fieldToMend = ({ problem }: Pick<ListedRow, 'problem'>): ListField => {
  if (!problem) return 'name'
  const named = problem.cures.flatMap(({ cure }) => ('field' in cure ? [cure.field] : []))
  return named[0] ?? fieldsOfProblems[problem.kind]
}

/** How somebody has chosen to mend a row: 填 150221104, 跳过这一行. */
export const chosenText = ({ cure, problem }: Pick<ListedRow, 'cure' | 'problem'>): string | undefined => {
  if (!cure) return undefined
  const suggested = problem?.cures.find((one) => JSON.stringify(one.cure) === JSON.stringify(cure))
  if (suggested) return suggested.text
  if ('field' in cure) return `${columnNameOf(cure.field)}改成“${cure.value}”`
  return cure.do === 'skip' ? '不导入这一行' : undefined
}

export const isSkipped = (cure: RowCure | null): boolean =>
  cure !== null && 'do' in cure && cure.do === 'skip'

/** How many rows go in as they are. */
export const readyCount = (result: JobResult): number =>
  (result?.added ?? 0) + (result?.changed ?? 0) + (result?.closed ?? 0)

/** How many rows are of a verdict. */
export const countOf = (result: JobResult, verdict: ListVerdict): number => result?.[verdict] ?? 0

/** The blank sheet to be filled in: its head alone, as Excel in Chinese opens it. */
export const sampleName = '单位名单样表.csv'
export const sampleTable = (): string => `\ufeff${listFields.map(columnNameOf).join(',')}\r\n`
