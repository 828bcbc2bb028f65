import { type StaffRole, staffRoleLabels } from '../../cloudfunctions/contexts/organisation/rules/unit'

/** What each seat is called (L3). */
export const roleLabels = staffRoleLabels

/** One of a unit's own people as colleagues call them. */
export const memberName = ({
  name,
  role,
}: {
  readonly name: string | null
  readonly role: StaffRole | null
}): string => name ?? (role === null ? '已离开的同志' : roleLabels[role])

/** Seats of a level above the branches: they see many units' work in one list. */
export const isLevelRole = (role: StaffRole): boolean =>
  role === 'clerk' || role === 'chair' || role === 'leader'

export const isPartnerRole = (role: StaffRole): boolean => role === 'partner-lead' || role === 'partner-staff'

/** Who sets up units or files for others has no queue (L3). */
export const hasQueue = (role: StaffRole): boolean =>
  role !== 'admin' && role !== 'counter' && role !== 'cooperative-staff'

/** Its own secretary lists what nobody has reported to a branch yet. */
export const mayDeclare = (
  memberships: readonly { readonly unitId: string; readonly role: StaffRole }[],
  unitId: string,
): boolean => memberships.some((seat) => seat.unitId === unitId && seat.role === 'secretary')

/** Units, people and who helps whom are kept by admins (L3). */
export const keepsUnits = (role: StaffRole): boolean => role === 'admin'

/** Who sits at the counter of a service centre reports for whoever comes there (L3). */
export const isAtCounter = (role: StaffRole): boolean => role === 'counter'
