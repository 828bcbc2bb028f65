import { typedText } from '../../../terms/primitives'
import { recordNote } from '../rules/change'
import { actsForHandler, addWorker } from '../rules/handling'
import { branchStaff, handlerStaff, levelStaff } from '../rules/standing'
import { seen } from './fields'
import { answered, staff, step } from './step'

/** A word that only colleagues read (内部备注). */
export const note = step({
  action: 'note',
  grants: [
    staff('branch', branchStaff, answered),
    staff('handler', handlerStaff, ['dispatched', 'awaiting-check']),
    staff('above', levelStaff, answered),
    staff('sorter', ['clerk'], ['unrouted']),
  ],
  input: seen({ note: typedText(1, 300) }),
  decide: (change, command, scene) => {
    if (actsForHandler(change.before, scene)) addWorker(change, scene)
    recordNote(change, command.note)
    return undefined
  },
})
