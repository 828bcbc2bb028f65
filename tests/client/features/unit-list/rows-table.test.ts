import { badRowsTable, enteredOf } from '../../../../client/features/unit-list/rows-table'
import { treeOf } from '../../../../client/features/unit-list/tree-of'
import type { ListedRow } from '../../../../client/words/unit-list'

const bad = (no: number, cells: ListedRow['cells'], cure: ListedRow['cure'] = null): ListedRow => ({
  no,
  verdict: 'bad',
  cells,
  problem: {
    kind: 'name-formula',
    text: '名称像公式',
    cures: [{ text: '填', cure: { field: 'name', value: '甲' } }],
  },
  cure,
})

test('bad rows as a table: what would be a formula is a text, and quotes stay quotes', () => {
  const [head = '', line = ''] = badRowsTable([bad(6, { name: `=cmd|'/c "calc"'!A0` })]).split('\r\n')
  expect(head.startsWith('\ufeff"行","名称"')).toBe(true)
  expect(line).toContain(`"'=cmd|'/c ""calc""'!A0"`)
  expect(line.endsWith('"名称像公式"')).toBe(true)
})

test('rows that are mended go in; what is left out or put together does not, and suggestions only where asked for', () => {
  const rows = [
    bad(1, {}, { field: 'name', value: '甲' }),
    bad(2, {}, { do: 'skip' }),
    bad(3, {}, { do: 'merge' }),
    bad(4, {}, { do: 'add-parent', name: '乙', parentCode: '15' }),
    bad(5, {}),
  ]
  expect(enteredOf(rows, false)).toBe(2)
  expect(enteredOf(rows, true)).toBe(3)
})

test('rows lie below the ones that they name, whatever their order; a circle lies nowhere', () => {
  const tree = treeOf([
    { no: 2, cells: { name: '村', kind: '党支部', code: '902', parentCode: '901' } },
    { no: 3, cells: { name: '镇', kind: '党委', code: '901', parentCode: '150221' } },
    { no: 4, cells: { name: '绕', code: '903', parentCode: '904' } },
    { no: 5, cells: { name: '圈', code: '904', parentCode: '903' } },
  ])
  expect(tree).toEqual([
    { key: '3', name: '镇', kind: 'committee', depth: 1 },
    { key: '2', name: '村', kind: 'branch', depth: 2 },
  ])
})
