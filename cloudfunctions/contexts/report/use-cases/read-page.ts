import type { Page, PageRequest } from '../../../ground/page'
import { reasonOf } from '../../../journal/clock'
import { readEach } from '../../../journal/read-each'
import type { ReadingPorts, ReportScope, Reports } from '../ports'
import type { Report } from '../rules/report'

/**
 * A page of whole reports; where it cannot be read, because of one of them or because the store was away for a moment,
 * each that can, found by its row. Why is said to the log: one that cannot be read is named alone, the page is not.
 */
export const readPage = async (
  {
    reports,
    log,
  }: { readonly reports: Pick<Reports, 'list' | 'rows' | 'getMany'> } & Pick<ReadingPorts, 'log'>,
  scope: ReportScope,
  request: PageRequest,
  failed: (reportId: string, error: unknown) => void,
): Promise<Page<Report>> => {
  const whole = await reports.list(scope, request).catch((error: unknown) => {
    log.error(JSON.stringify({ pageReadOneByOne: scope, error: reasonOf(error) }))
    return null
  })
  if (whole) return whole
  const { rows, nextCursor } = await reports.rows(scope, request)
  const ids = rows.map(({ id }) => id)
  return { rows: await readEach(reports.getMany, ids, failed), nextCursor }
}
