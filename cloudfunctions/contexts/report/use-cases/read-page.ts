import type { Page, PageRequest } from '../../../ground/page'
import { readEach } from '../../../journal/read-each'
import type { ReportScope, Reports } from '../ports'
import type { Report } from '../rules/report'

/** A page of whole reports; where one of them cannot be read, the others, found by their rows. */
export const readPage = async (
  reports: Pick<Reports, 'list' | 'rows' | 'getMany'>,
  scope: ReportScope,
  request: PageRequest,
  failed: (reportId: string, error: unknown) => void,
): Promise<Page<Report>> => {
  const whole = await reports.list(scope, request).catch(() => null)
  if (whole) return whole
  const { rows, nextCursor } = await reports.rows(scope, request)
  const ids = rows.map(({ id }) => id)
  return { rows: await readEach(reports.getMany, ids, failed), nextCursor }
}
