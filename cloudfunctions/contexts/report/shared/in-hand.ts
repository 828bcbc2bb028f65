import { type PageSizes, pagesOf } from '../../../ground/page'
import { writeAnew } from '../../../journal/carry-out'
import type { Audience, ReportPorts } from '../ports'
import type { ListedReport } from '../rules/listed-report'
import { actorIdOf } from '../rules/participant-key'
import { currentHandler } from '../rules/report'
import { comeBack } from '../steps/come-back'
import { takeSystemStep } from '../take-step'
import { lawOf } from '../use-cases/standing-of'

/** Far more than one unit's people have in hand at once. */
const sizes: PageSizes = { first: 50, further: 50, most: 500 }

type ReadPorts = { readonly reports: Pick<ReportPorts['reports'], 'rows'> } & Pick<ReportPorts, 'keyed'>
/** What work that is in somebody's hands asks of the outside. */
export type InHandPorts = {
  readonly reports: Pick<ReportPorts['reports'], 'rows' | 'get' | 'replace'>
} & Pick<ReportPorts, 'keyed' | 'ruleBooks' | 'calendars'>

/** What one of a unit's own people has in hand, as far as the audience may know of it. */
export const inHandOf = async (
  { reports, keyed }: ReadPorts,
  unitId: string,
  accountId: string,
  audience: Audience,
): Promise<readonly Pick<ListedReport, 'id'>[]> => {
  const found: ListedReport[] = []
  const scope = { kind: 'handler-queue', unitId, tab: 'working', audience } as const
  for await (const rows of pagesOf((page) => reports.rows(scope, page), sizes))
    found.push(...rows.filter((row) => currentHandler(row)?.memberId === actorIdOf(keyed, accountId, row.id)))
  return found
}

/**
 * Whoever has left a unit has nothing in hand there any more: it is the unit's again, and everybody in it is told by the
 * clock. Done again it changes nothing.
 */
export const takeBackFrom = (ports: InHandPorts) => {
  const write = writeAnew(ports.reports)
  return async (unitId: string, accountId: string, seatId: string, now: number): Promise<void> => {
    for (const { id } of await inHandOf(ports, unitId, accountId, { seatsIn: [] })) {
      const memberId = actorIdOf(ports.keyed, accountId, id)
      const written = await write(id, async (report) =>
        takeSystemStep(
          report,
          comeBack,
          { memberId },
          { id: `left:${seatId}`, now, law: await lawOf(ports, report) },
        ),
      )
      if (written && !written.ok) throw new Error(written.error.code)
    }
  }
}
