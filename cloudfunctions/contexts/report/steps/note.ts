import { recordNote } from '../rules/change'
import { actsForHandler, addWorker } from '../rules/handling'
import { branchStaff, handlerStaff, levelStaff } from '../rules/standing'
import { answered, type StepOf, staff } from './step'

/** A word that only colleagues read (内部备注). */
export const note: StepOf<'note'> = {
  grants: [
    staff('branch', branchStaff, answered),
    staff('handler', handlerStaff, ['dispatched', 'awaiting-check']),
    staff('above', levelStaff, answered),
    staff('sorter', ['clerk'], ['unrouted']),
  ],
  decide: (change, command, scene) => {
    if (actsForHandler(change.before, scene)) addWorker(change, scene)
    recordNote(change, command.note)
    return undefined
  },
}
