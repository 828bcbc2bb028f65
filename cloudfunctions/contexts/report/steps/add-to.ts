import { announce, record } from '../rules/change'
import { says } from '../rules/resident'
import { open, reporters, type StepOf } from './step'

export const addTo: StepOf<'add-to'> = {
  grants: reporters([...open, 'resolved']),
  decide: (change, command, scene) => {
    record(change, { kind: 'added', visibility: 'staff' })
    says(change, scene, 'added', command.words, command.photos)
    announce(change, { template: 'added', units: {} })
    return undefined
  },
}
