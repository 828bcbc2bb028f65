import type { StaffRole } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { InputOf } from '../../cloudfunctions/contract/contract'
import { isPartnerRole } from './roles'
import { statusWord } from './status'

export type QueueTab = InputOf<'queue.list'>['tab']

const labels: Readonly<Record<QueueTab, string>> = {
  mine: '派给您',
  waiting: statusWord('routed').text,
  working: '办理中',
  check: statusWord('awaiting-check').text,
  suspended: statusWord('suspended').text,
  done: '已办',
  sorting: statusWord('unrouted').text,
  requests: '待审批',
  overdue: '超期',
  open: '全部在办',
}

/** A partner's work lies in the same tab as a branch's, and is called otherwise: it waits for somebody else. */
const partnerLabels: Partial<typeof labels> = { working: '待处置', check: '等核查' }

export const tabLabel = (tab: QueueTab, role: StaffRole): string =>
  (isPartnerRole(role) ? partnerLabels[tab] : undefined) ?? labels[tab]
