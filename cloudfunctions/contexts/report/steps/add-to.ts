import { announce, record } from '../rules/change'
import { named } from '../rules/moves'
import { says } from '../rules/resident'
import { open, reporters, type StepOf } from './step'

export const addTo: StepOf<'add-to'> = {
  grants: reporters([...open, 'resolved']),
  decide: (change, command, scene) => {
    record(change, { kind: 'added', text: '居民作了补充', visibility: 'staff' })
    says(change, scene, 'added', command.words, command.photos)
    announce(change, { title: '居民补充', units: `居民给${named(change.report)}作了补充，请看。` })
    return undefined
  },
}
