import * as z from 'zod/mini'
import { actingUnit, announce, record } from '../rules/change'
import { actsForHandler, addWorker } from '../rules/handling'
import { named } from '../rules/moves'
import { branchStaff, handlerStaff } from '../rules/standing'
import { note, photos, seen } from './fields'
import { staff, step, working } from './step'

/** What happened on the way: for everyone, or for the parties alone; a word for colleagues is a note. */
export const progress = step({
  action: 'progress',
  grants: [
    staff('branch', branchStaff, working),
    staff('handler', handlerStaff, ['dispatched', 'awaiting-check']),
  ],
  input: seen({ note, photos, isPublic: z._default(z.boolean(), true) }),
  decide: (change, command, scene) => {
    const { report } = change
    if (actsForHandler(change.before, scene)) addWorker(change, scene)
    record(change, {
      kind: 'progressed',
      text: `${actingUnit(change)}：${command.note}`,
      visibility: command.isPublic ? 'public' : 'parties',
      photos: command.photos,
    })
    announce(change, {
      title: '办理进展',
      units: `${named(report)}有新进展。`,
      residents: `您反映的${named(report)}：${command.note}`,
      ...(command.isPublic ? { supporters: `您关心的${named(report)}：${command.note}` } : {}),
    })
    return undefined
  },
})
