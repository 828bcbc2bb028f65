import { everyStep } from '../../../cloudfunctions/contexts/report/steps/registry'
import type { Action } from '../../../cloudfunctions/contract/contract'

/**
 * What an admin does when a unit or its people change, or a list is brought: what that reads grows with no
 * reports. At a counter a report is entered, read and stepped on as by anybody: once in a place is enough.
 */
export const rareActions = [
  'unit.search',
  'unit.below',
  'unit.history',
  'unit.add',
  'unit.correct',
  'unit.rename',
  'unit.close',
  'unit.move',
  'unit.split',
  'unit.undo',
  'unitList.check',
  'unitList.rows',
  'unitList.cure',
  'unitList.import',
  'job.get',
  'job.list',
  'job.cancel',
  'job.nudge',
  'bond.begin',
  'bond.change',
  'bond.end',
  'bond.undo',
  'bond.list',
  'bond.candidates',
  'bond.gaps',
  'bond.history',
  'bond.ofUnit',
  'people.invite',
  'people.seeInvitation',
  'people.acceptInvitation',
  'people.declineInvitation',
  'people.confirmInvitation',
  'people.refuseInvitation',
  'people.withdrawInvitation',
  'people.list',
  'people.history',
  'people.leaving',
  'people.end',
  'people.changeDates',
  'people.undo',
  'people.handOver',
  'report.submitOnBehalf',
  'report.filedHere',
  'report.ofReceipt',
  'report.reprint',
] as const satisfies readonly Action[]

const isRare = (action: Action): boolean => (rareActions as readonly Action[]).includes(action)

/** Steps for each of which every place has a matter that they are taken on. */
export const askedSteps = everyStep.filter(({ call }) => !isRare(call))
