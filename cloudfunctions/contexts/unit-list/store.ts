import type { Store } from '../../platform/cloudbase/database'
import { setOrAdd } from '../../platform/cloudbase/stored'
import type { CheckedLists, CheckedRow } from './ports'
import type { ListColumn } from './rules/columns'

export type CheckedRowDocument = CheckedRow & { readonly _id: string; readonly keptUntilAt: number }

/** How the columns of a list were taken; it lies beside the rows and is forgotten with them. */
interface ColumnsDocument {
  readonly _id: string
  readonly columns: readonly ListColumn[]
  readonly keptUntilAt: number
}

const idOf = (jobId: string, no: number): string => `${jobId}:${no}`
const columnsId = (jobId: string): string => `${jobId}:columns`

const toRow = ({ _id, keptUntilAt: _keptUntilAt, ...row }: CheckedRowDocument): CheckedRow => row

export const checkedListRepository = (store: Store<'list_rows'>): CheckedLists => ({
  add: (rows, keptUntilAt) =>
    store.addMissing(
      'list_rows',
      rows.map((row): CheckedRowDocument => ({ _id: idOf(row.jobId, row.no), ...row, keptUntilAt })),
    ),
  page: async (jobId, verdict, request) => {
    const page = await store.page<CheckedRowDocument>('list_rows', { jobId, verdict }, ['no', 'asc'], request)
    return { rows: page.rows.map(toRow), nextCursor: page.nextCursor }
  },
  get: async (jobId, no) => {
    const document = await store.get<CheckedRowDocument>('list_rows', idOf(jobId, no))
    return document && toRow(document)
  },
  behind: async (jobId, no, limit) =>
    (
      await store.first<CheckedRowDocument>(
        'list_rows',
        { jobId, no: store.command.gt(no) },
        [
          ['no', 'asc'],
          ['_id', 'asc'],
        ],
        limit,
      )
    ).map(toRow),
  setCure: async (jobId, no, cure) => {
    await store.update('list_rows', { _id: idOf(jobId, no) }, { cure })
  },
  keepColumns: (jobId, columns, keptUntilAt) => {
    const _id = columnsId(jobId)
    return setOrAdd(
      () => store.update('list_rows', { _id }, { columns }),
      () => store.add('list_rows', { _id, columns, keptUntilAt } as ColumnsDocument),
    )
  },
  columns: async (jobId) => (await store.get<ColumnsDocument>('list_rows', columnsId(jobId)))?.columns ?? [],
  drop: (now, limit) =>
    store.removeFirst(
      'list_rows',
      { keptUntilAt: store.command.lte(now) },
      [
        ['keptUntilAt', 'asc'],
        ['_id', 'asc'],
      ],
      limit,
    ),
})
