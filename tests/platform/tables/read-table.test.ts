import { mostTableBytes } from '../../../cloudfunctions/ground/table-size'
import { readTable } from '../../../cloudfunctions/platform/tables/read-table'
import { type SheetCell, spreadsheetOf, zipOf } from '../../support/spreadsheet'

const head = ['名称', '类别', '编码']
const rows = [head, ['萨拉齐镇党委', '党委', '150221104'], ['后炭市社区党支部', '党支部', '150221104004']]
const merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'

const cellsOf = async (content: Buffer, fileName: string) => {
  const table = await readTable(content, fileName)
  if (!table.ok) throw new Error(table.error.code)
  return table.value.rows.map(({ cells }) => cells)
}

test.each([
  ['an Excel file', spreadsheetOf(rows), '名单.xlsx'],
  [
    'a CSV with a mark of its encoding',
    Buffer.from(`\ufeff${rows.map((row) => row.join(',')).join('\r\n')}`),
    '名单.csv',
  ],
  [
    'a CSV in the national encoding',
    // 名称,类别,编码 / 萨拉齐镇党委,党委,150221104 / 后炭市社区党支部,党支部,150221104004
    Buffer.from(
      'c3fbb3c62cc0e0b1f02cb1e0c2eb0d0ac8f8c0adc6ebd5f2b5b3ceaf2cb5b3ceaf2c3135303232313130340d0abaf3ccbfcad0c9e7c7f8b5b3d6a7b2bf2cb5b3d6a7b2bf2c313530323231313034303034',
      'hex',
    ),
    '名单.CSV',
  ],
])('%s is read as text, row by row', async (_what, content, fileName) => {
  expect(await cellsOf(content, fileName)).toEqual(rows)
})

test('a row keeps its number in the file, whatever is empty before it', async () => {
  const table = await readTable(spreadsheetOf([head, ['', '', ''], ['一村', '', '']]), 'a.xlsx')
  expect(table).toMatchObject({ value: { rows: [{ no: 1 }, { no: 3, cells: ['一村', '', ''] }] } })
})

test('a formula is its last result as text, and is counted; nothing is reckoned', async () => {
  const formula: SheetCell = { formula: "cmd|'/c calc'!A0", result: '#REF!' }
  const sum: SheetCell = { formula: 'A1&"x"', result: '=1+1' }
  const table = await readTable(spreadsheetOf([head, [formula, sum]]), 'a.xlsx')
  expect(table).toMatchObject({ value: { formulas: 2, rows: [{}, { cells: ['#REF!', '=1+1', ''] }] } })
})

test('65,000 empty rows are none', async () => {
  expect(await cellsOf(spreadsheetOf(rows, { emptyRows: 65_000 }), 'a.xlsx')).toEqual(rows)
})

const bomb = zipOf({
  'xl/workbook.xml': '<workbook/>',
  'xl/worksheets/sheet1.xml': Buffer.alloc(200 * 1024 * 1024),
})
/** The directory says that what unpacks to 200 MB has one byte. */
const lying = (() => {
  const bytes = Buffer.from(bomb)
  for (let at = 0; at >= 0; at = bytes.indexOf('504b0102', at + 4, 'hex'))
    if (at > 0) bytes.writeUInt32LE(1, at + 24)
  return bytes
})()

test.each<[string, Buffer, string, string]>([
  ['more than 5 MB', Buffer.alloc(mostTableBytes + 1, 'a'), 'a.csv', 'table-too-large'],
  ['more than 50,000 rows', Buffer.from('名称\n'.repeat(50_002)), 'a.csv', 'table-too-long'],
  ['merged cells', spreadsheetOf(rows, { more: merged }), 'a.xlsx', 'table-merged'],
  ['a CSV that calls itself Excel', Buffer.from('名称,类别'), 'a.xlsx', 'table-other-kind'],
  ['an Excel file that calls itself CSV', spreadsheetOf(rows), 'a.csv', 'table-other-kind'],
  ['a program', Buffer.from('4d5a9000030000', 'hex'), 'a.csv', 'table-other-kind'],
  [
    'a file of Excel as it was until 2003',
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    'a.xls',
    'table-other-kind',
  ],
  ['another archive', zipOf({ 'word/document.xml': '<x/>' }), 'a.xlsx', 'table-other-kind'],
  ['half a file', spreadsheetOf(rows).subarray(0, 600), 'a.xlsx', 'table-broken'],
  ['what unpacks to 200 MB', bomb, 'a.xlsx', 'table-broken'],
  ['what unpacks to 200 MB and says otherwise', lying, 'a.xlsx', 'table-broken'],
  [
    'a sheet that is none',
    zipOf({ 'xl/workbook.xml': '<a', 'xl/worksheets/sheet1.xml': '<b' }),
    'a.xlsx',
    'table-broken',
  ],
])('%s is refused', async (_what, content, fileName, code) => {
  expect(await readTable(content, fileName)).toMatchObject({ ok: false, error: { code } })
})
