import type { Page, PageRequest } from '../../ground/page'
import type { JobPorts, ReadsTables, UploadedFiles } from '../job/ports'
import type { KeepingPorts, Units } from '../organisation/ports'
import type { ListCells, ListColumn } from './rules/columns'
import type { Cure, ListVerdict, Problem } from './rules/judge-list'

/** A row of a list that has been looked through. */
export interface CheckedRow {
  readonly jobId: string
  readonly no: number
  readonly verdict: ListVerdict
  readonly cells: ListCells
  readonly problem: Problem | null
  readonly cure: Cure | null
}

/** What is kept of lists until they are entered, and for a while after. */
export interface CheckedLists {
  /** Those that are there already stay as they are. */
  add(rows: readonly CheckedRow[], keptUntilAt: number): Promise<void>
  page(jobId: string, verdict: ListVerdict, page: PageRequest): Promise<Page<CheckedRow>>
  get(jobId: string, no: number): Promise<CheckedRow | undefined>
  /** The rows of a list behind one of them, in their order. */
  behind(jobId: string, no: number, limit: number): Promise<readonly CheckedRow[]>
  setCure(jobId: string, no: number, cure: Cure | null): Promise<void>
  keepColumns(jobId: string, columns: readonly ListColumn[], keptUntilAt: number): Promise<void>
  columns(jobId: string): Promise<readonly ListColumn[]>
  /** Forgets rows that have been kept long enough, so many at once; answers how many. */
  drop(now: number, limit: number): Promise<number>
}

/** What it asks of the outside. */
export interface UnitListPorts extends JobPorts {
  readonly units: Pick<Units, 'get'>
  readonly checkedLists: CheckedLists
}

/** What looking through and entering a list asks. */
export interface ListWorkPorts extends KeepingPorts {
  readonly units: KeepingPorts['units'] & Pick<Units, 'membershipsOf'>
  readonly checkedLists: CheckedLists
  readonly files: UploadedFiles
  readonly readTable: ReadsTables
}
