import { actingUnit, announce, record, recordNote } from '../rules/change'
import { levelStaff } from '../rules/standing'
import { note, seen } from './fields'
import { open, staff, step } from './step'

/** The level above orders the matter to be done; an order alone puts nothing on the list. */
export const supervise = step({
  action: 'supervise',
  grants: [staff('above', levelStaff, open)],
  input: seen({ note }),
  decide: (change, command) => {
    const { report } = change
    report.supervisedAts = [...report.supervisedAts, change.at]
    record(change, { kind: 'supervised' })
    recordNote(change, command.note)
    const unit = actingUnit(change)
    announce(change, { template: 'supervised', units: { unit, note: command.note }, residents: { unit } })
    return undefined
  },
})
