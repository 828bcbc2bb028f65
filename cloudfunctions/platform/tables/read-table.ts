import type { ReadsTables, Table } from '../../contexts/job/ports'
import { ok, type Result, refuse } from '../../ground/result'
import { mostTableBytes, mostTableRows } from '../../ground/table-size'
import { unpackBounded } from './zip-entries'

/** A table of fifty thousand long rows is half of it. */
const mostUnpackedBytes = 96 * 1024 * 1024
/** Empty ones among them, of which a program may write as many as a sheet has. */
const mostRowMarks = 1_100_000
const mostColumns = 60
const mostCellText = 2_000

const isZip = (bytes: Buffer): boolean => bytes.length > 3 && bytes.readUInt32BE(0) === 0x504b0304
/** How Word, Excel and their like wrote until 2003. */
const isOldOffice = (bytes: Buffer): boolean => bytes.length > 3 && bytes.readUInt32BE(0) === 0xd0cf11e0

const countOf = (text: string, mark: string): number => {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) count += 1
  return count
}

/** Rows that hold something, with their numbers in the file; the first row of a sheet is 1. */
const tableOf = (cells: readonly (readonly unknown[])[], formulas: number): Result<Table> => {
  const rows = cells.flatMap((row, place) => {
    const texts = row.slice(0, mostColumns).map((cell) => textOf(cell).slice(0, mostCellText).trim())
    return texts.some((text) => text !== '') ? [{ no: place + 1, cells: texts }] : []
  })
  if (rows.length > mostTableRows + 1) return refuse('table-too-long')
  return ok({ rows, formulas })
}

const textOf = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}

const readExcel = async (bytes: Buffer): Promise<Result<Table>> => {
  const files = unpackBounded(bytes, mostUnpackedBytes)
  if (!files) return refuse('table-broken')
  const sheets = [...files.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort()
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? files.get(sheets[0] ?? '')
  if (!files.has('xl/workbook.xml') || !sheet) return refuse('table-other-kind')
  const text = sheet.toString('latin1')
  if (text.includes('<mergeCell ') || text.includes(':mergeCell ')) return refuse('table-merged')
  const formulas = countOf(text, '<f>') + countOf(text, '<f ')
  if (countOf(text, '<row') > mostRowMarks) return refuse('table-too-long')
  if (countOf(text, '<v>') + countOf(text, '<is>') > mostTableRows * mostColumns)
    return refuse('table-too-long')
  const { readSheet } = await import('read-excel-file/universal')
  try {
    const exactly = new Uint8Array(bytes).buffer
    // Codes and telephone numbers are texts, whatever a sheet takes them for.
    const cells = await readSheet(exactly, 1, { parseNumber: (number: string) => number, trim: true })
    return tableOf(cells, formulas)
  } catch {
    return refuse('table-broken')
  }
}

/** Excel in Chinese saves in the national encoding, others in UTF-8. */
const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const readCsv = async (bytes: Buffer): Promise<Result<Table>> => {
  if (bytes.includes(0)) return refuse('table-other-kind')
  const { parse } = await import('csv-parse/sync')
  try {
    const cells = parse(decode(bytes), {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      to: mostTableRows + 2,
      max_record_size: 100_000,
    })
    return tableOf(cells, 0)
  } catch {
    return refuse('table-broken')
  }
}

/**
 * A table of text out of an Excel file (its first sheet) or a CSV, whatever it is called: what it is its first bytes say.
 * Formulas are their last result as text, never reckoned. Refuses `table-too-large`, `table-too-long`, `table-merged`,
 * `table-other-kind`, `table-broken`, before anything is taken apart where that can be.
 */
export const readTable: ReadsTables = async (content, fileName) => {
  const bytes = Buffer.from(content)
  if (bytes.length > mostTableBytes) return refuse('table-too-large')
  const isSaidExcel = /\.xlsx$/i.test(fileName)
  if (isOldOffice(bytes))
    return refuse('table-other-kind', undefined, '这是旧格式的 .xls，请另存为 .xlsx 再传')
  if (isZip(bytes) !== isSaidExcel) return refuse('table-other-kind')
  return isSaidExcel ? readExcel(bytes) : readCsv(bytes)
}
