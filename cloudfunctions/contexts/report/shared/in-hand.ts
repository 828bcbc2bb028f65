import { type PageSizes, pagesOf } from '../../../ground/page'
import { writeAnew } from '../../../journal/carry-out'
import type { ReportPorts } from '../ports'
import { actorIdOf, handKeyOf } from '../rules/participant-key'
import { comeBack } from '../steps/come-back'
import { takeSystemStep } from '../take-step'
import { lawOf } from '../use-cases/standing-of'

/** Far more than one unit's people have in hand at once. */
const sizes: PageSizes = { first: 50, further: 50, most: 500 }

/** What work that is in somebody's hands asks of the outside. */
export type InHandPorts = {
  readonly reports: Pick<ReportPorts['reports'], 'rows' | 'get' | 'replace'>
} & Pick<ReportPorts, 'keyed' | 'ruleBooks' | 'calendars'>

/**
 * Whoever has left a unit has nothing in hand there any more: it is the unit's again, and everybody in it is told by the
 * clock. Done again it changes nothing.
 */
export const takeBackFrom = (ports: InHandPorts) => {
  const write = writeAnew(ports.reports)
  return async (unitId: string, accountId: string, seatId: string, now: number): Promise<void> => {
    const handKey = handKeyOf(ports.keyed, accountId, unitId)
    const scope = { kind: 'in-hand', handKey, audience: { seatsIn: [] } } as const
    // Read before any is taken back: each that is leaves the list.
    const ids: string[] = []
    for await (const rows of pagesOf((page) => ports.reports.rows(scope, page), sizes))
      ids.push(...rows.map(({ id }) => id))
    for (const id of ids) {
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
