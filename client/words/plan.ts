import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'

/** How a plan stands: it holds, its day has gone by, or the matter is over as it is told. */
type PlanStanding = 'runs' | 'late' | 'past'

const standings: Readonly<Record<ReportStatus, 'runs' | 'past' | undefined>> = {
  unrouted: 'runs',
  routed: 'runs',
  accepted: 'runs',
  dispatched: 'runs',
  'awaiting-check': 'runs',
  suspended: 'runs',
  resolved: 'past',
  closed: 'past',
  // What is not done, or done elsewhere, is planned here no more.
  declined: undefined,
  merged: undefined,
  withdrawn: undefined,
}

/** Undefined where nothing is planned any more. */
export const planStanding = (
  { doneBy }: { readonly doneBy: number },
  status: ReportStatus,
  now: number,
): PlanStanding | undefined => {
  const standing = standings[status]
  return standing === 'runs' && now > doneBy ? 'late' : standing
}

const texts: Readonly<Record<PlanStanding, (day: string) => string>> = {
  runs: (day) => `有计划了，最晚${day}办完`,
  late: (day) => `原计划最晚${day}办完，已过`,
  past: (day) => `原计划最晚${day}办完`,
}

export const planText = (standing: PlanStanding, day: string): string => texts[standing](day)
