import { type Duty, daily } from '../../../journal/duties'
import type { Calendars } from '../../calendar/ports'
import { horizonEndsAt } from '../../calendar/rules/working-calendar'
import { regionUnitId } from '../../organisation/rules/unit'
import type { Audience, Reports } from '../ports'

interface HorizonPorts {
  readonly reports: Pick<Reports, 'countRunning'>
  readonly calendars: Pick<Calendars, 'current'>
}

/** How many open reports of a unit's area are to be resolved after the last date whose days off are known. */
export const countBeyondHorizon = async (
  ports: HorizonPorts,
  unitId: string = regionUnitId,
  audience: Audience = { seatsIn: [] },
): Promise<{ readonly count: number; readonly horizonOn: string }> => {
  const calendar = await ports.calendars.current()
  const count = await ports.reports.countRunning(unitId, horizonEndsAt(calendar) - 1, audience)
  return { count, horizonOn: calendar.horizonOn }
}

interface BeyondHorizon {
  /** Open reports that are to be resolved after the last date whose days off are known: their deadlines may move. */
  readonly beyondHorizon: number
  readonly calendarHorizonOn: string
}

/** Counted once a day, and anew when the calendar's days have changed. */
export const watchHorizon = (ports: HorizonPorts): Duty<BeyondHorizon> => ({
  oncePer: async (now) => `${daily(now)} ${(await ports.calendars.current()).version}`,
  mostMs: 5_000,
  work: async () => {
    const { count, horizonOn } = await countBeyondHorizon(ports)
    return { beyondHorizon: count, calendarHorizonOn: horizonOn }
  },
})

/**
 * The last date whose days off are known, if an open report of the area that the audience may know of is to be
 * resolved after it; else null.
 */
export const passedHorizonOn = async (
  ports: HorizonPorts,
  unitId: string,
  audience: Audience,
): Promise<string | null> => {
  const { count, horizonOn } = await countBeyondHorizon(ports, unitId, audience)
  return count > 0 ? horizonOn : null
}
