import { actingUnit, announce, record } from '../rules/change'
import { named } from '../rules/moves'
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
    record(change, { kind: 'supervised', text: `${actingUnit(change)}督办` })
    if (command.note)
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    announce(change, {
      title: '督办',
      units: `${actingUnit(change)}督办${named(report)}：${command.note}`,
      residents: `${actingUnit(change)}正在督办您反映的${named(report)}。`,
    })
    return undefined
  },
})
