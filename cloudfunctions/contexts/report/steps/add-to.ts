import * as z from 'zod/mini'
import { typedText } from '../../../terms/primitives'
import { announce, record } from '../rules/change'
import { says } from '../rules/resident'
import { photos, seen } from './fields'
import { open, reporters, step } from './step'

export const addTo = step({
  action: 'add-to',
  grants: reporters([...open, 'resolved']),
  input: seen({ words: typedText(0, 300), photos }).check(
    z.refine(({ words, photos }) => words !== '' || photos.length > 0, '请写几句话或拍张照片'),
  ),
  decide: (change, command, scene) => {
    record(change, { kind: 'added', visibility: 'staff' })
    says(change, scene, 'added', command.words, command.photos)
    announce(change, { template: 'added', units: {} })
    return undefined
  },
})
