import * as z from 'zod/mini'
import { typedText } from '../../../terms/primitives'
import { announce, record } from '../rules/change'
import { named } from '../rules/moves'
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
    record(change, { kind: 'added', text: '居民作了补充', visibility: 'staff' })
    says(change, scene, 'added', command.words, command.photos)
    announce(change, { title: '居民补充', units: `居民给${named(change.report)}作了补充，请看。` })
    return undefined
  },
})
