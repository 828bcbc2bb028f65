import type { StaffRole } from '../../organisation/rules/unit'

/** Which tab of the queue each role most likely sees first, until its counts are known. */
export const firstTab = (role: StaffRole): 'working' | 'sorting' | 'waiting' => {
  if (role === 'partner-lead' || role === 'partner-staff') return 'working'
  return role === 'clerk' || role === 'chair' || role === 'leader' ? 'sorting' : 'waiting'
}
