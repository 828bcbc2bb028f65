import { spreadsheetOf } from './spreadsheet'

/** Units that the demonstration has not: a township, its villages, and rows that cannot be. */
export const newTownship = { name: '演示新镇党委', code: '150221901' } as const
export const newVillage = { name: '演示东村党支部', code: '150221901201' } as const
export const doubledRow = 5
export const formulaRow = 6
export const orphanRow = 7

const head = ['名称', '类别', '编码', '上级编码', '值班电话', '备注'] as const

/** A list as a banner sends it, with what is usually wrong: a code twice, a formula, nothing above, a telephone. */
const rowsOf = (place: string, code: string): readonly (readonly string[])[] => [
  [`${place}新镇党委`, '党委', code, '150221', '0472-8880001'],
  [`${place}东村党支部`, '党支部', `${code}201`, code, '0472-8880002', '新建'],
  [`${place}西村党支部`, '党支部', `${code}202`, code],
  [`${place}南村党支部`, '党支部', `${code}201`, code],
  ["=cmd|'/c calc'!A0", '党支部', `${code}203`, code],
  [`${place}北村党支部`, '党支部', `${code}204`, ''],
  [`${place}中村党支部`, '党支部', `${code}205`, code, '0472-88'],
]
const rows = rowsOf('演示', newTownship.code)

export const unitTable = (): Buffer => spreadsheetOf([head, ...rows])

/** Another township of the same kind. */
export const secondTable = (): Buffer => spreadsheetOf([head, ...rowsOf('演示二', '150221902')])

/** The same with two cells that are one: a table that nobody can read row by row. */
export const mergedTable = (): Buffer =>
  spreadsheetOf([head, ...rows], { more: '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>' })

/** Its columns are called otherwise. */
export const otherHeadTable = (): Buffer =>
  spreadsheetOf([['叫什么', '类别', '编码', '上级编码'], ...rows.map((row) => row.slice(0, 4))])
