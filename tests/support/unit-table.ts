import { spreadsheetOf } from './spreadsheet'

/** Units that the demonstration has not: a township, its villages, and rows that cannot be. */
export const newTownship = { name: '演示新镇党委', code: '150221901' } as const
export const newVillage = { name: '演示东村党支部', code: '150221901201' } as const
export const doubledRow = 5
export const formulaRow = 6
export const orphanRow = 7

const head = ['名称', '类别', '编码', '上级编码', '值班电话', '备注'] as const

/** A list as a banner sends it, with what is usually wrong: a code twice, a formula, nothing above, a telephone. */
const rows: readonly (readonly string[])[] = [
  [newTownship.name, '党委', newTownship.code, '150221', '0472-8880001'],
  [newVillage.name, '党支部', newVillage.code, newTownship.code, '0472-8880002', '新建'],
  ['演示西村党支部', '党支部', '150221901202', newTownship.code],
  ['演示南村党支部', '党支部', newVillage.code, newTownship.code],
  ["=cmd|'/c calc'!A0", '党支部', '150221901203', newTownship.code],
  ['演示北村党支部', '党支部', '150221901204', ''],
  ['演示中村党支部', '党支部', '150221901205', newTownship.code, '0472-88'],
]

export const unitTable = (): Buffer => spreadsheetOf([head, ...rows])

/** The same with two cells that are one: a table that nobody can read row by row. */
export const mergedTable = (): Buffer =>
  spreadsheetOf([head, ...rows], { more: '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>' })

/** Its columns are called otherwise. */
export const otherHeadTable = (): Buffer =>
  spreadsheetOf([['叫什么', '类别', '编码', '上级编码'], ...rows.map((row) => row.slice(0, 4))])
