import { type JobView, jobOutcome, jobTitle } from '../../../client/words/job'
import {
  chosenText,
  fieldToMend,
  type ListedRow,
  readyCount,
  sampleTable,
} from '../../../client/words/unit-list'
import { columnsOf, listFields } from '../../../cloudfunctions/contexts/unit-list/rules/columns'

const row: ListedRow = {
  no: 7,
  verdict: 'bad',
  cells: { name: '演示北村党支部' },
  problem: {
    kind: 'parent-missing',
    text: '缺上级编码',
    cures: [
      { text: '填 150221901', cure: { field: 'parentCode', value: '150221901' } },
      { text: '跳过这一行', cure: { do: 'skip' } },
    ],
  },
  cure: null,
}

const job: JobView = {
  id: 'j1',
  kind: 'unit-check',
  status: 'done',
  unitId: '150221',
  fileName: '名单.xlsx',
  ofJobId: null,
  begunAt: 0,
  changedAt: 0,
  progress: { done: 7, total: 7, bad: 4 },
  result: { rows: 7, added: 2, changed: 1, closed: 0, unchanged: 0, bad: 4, skipped: 0 },
  why: null,
}

test('the blank sheet has a column for each field, and every one of them is known by its head', () => {
  const head = sampleTable().trim().replace('\ufeff', '').split(',')
  expect(columnsOf(head).map(({ field }) => field)).toEqual([...listFields])
})

test('how a row was mended is said as the suggestion says it, else by the field', () => {
  expect(chosenText(row)).toBeUndefined()
  expect(chosenText({ ...row, cure: { field: 'parentCode', value: '150221901' } })).toBe('填 150221901')
  expect(chosenText({ ...row, cure: { field: 'parentCode', value: '150221' } })).toBe('上级编码改成“150221”')
  expect(chosenText({ ...row, problem: null, cure: { do: 'skip' } })).toBe('不导入这一行')
})

test('what is mended by hand is the field that a suggestion names, else that of the problem', () => {
  expect(fieldToMend(row)).toBe('parentCode')
  const phone = { kind: 'phone-bad' as const, text: '', cures: [] }
  expect(fieldToMend({ problem: phone })).toBe('phone')
  const duty = { ...phone, cures: [{ text: '', cure: { field: 'dutyPhone' as const, value: '' } }] }
  expect(fieldToMend({ problem: duty })).toBe('dutyPhone')
})

test('what is added, changed or closed goes in', () => {
  expect(readyCount(job.result)).toBe(3)
  expect(readyCount(null)).toBe(0)
})

test('long work is called by its kind and its file, and says how far it is or what came of it', () => {
  expect(jobTitle(job)).toBe('核对组织名单：名单.xlsx')
  expect(jobOutcome(job)).toBe('3行能导入，4行有问题')
  expect(jobOutcome({ ...job, kind: 'unit-import' })).toBe('新增2个，改了1个，4行没进去')
  const nothing = { added: 0, changed: 0, closed: 0, bad: 0 }
  expect(jobOutcome({ ...job, kind: 'unit-import', result: nothing })).toBe('没有要改的')
  expect(jobOutcome({ ...job, status: 'running', result: null })).toBe('7 / 7')
  const why = { code: 'table-merged', message: '表里有合并的单元格，请取消合并再传' }
  expect(jobOutcome({ ...job, status: 'failed', result: null, why })).toBe(why.message)
})
