import type { Session } from '../organisation/rules/session'
import type { StaffRole } from '../organisation/rules/unit'
import type { Job } from './rules/job'

/** Who has long work done for their unit, and sees what colleagues have had done. */
const workingRoles: readonly StaffRole[] = ['admin']

/** Whether the caller may see a unit's jobs: default deny. */
export const seesJobsOf = ({ memberships }: Pick<Session, 'memberships'>, unitId: string): boolean =>
  memberships.some((seat) => seat.unitId === unitId && workingRoles.includes(seat.role))

/** Whether the caller may see, cancel and push on a job: whoever sees the unit's; their own they lose with the seat. */
export const mayKnow = (session: Pick<Session, 'memberships'>, job: Pick<Job, 'unitId'>): boolean =>
  seesJobsOf(session, job.unitId)
