import * as z from 'zod/mini'
import { announce, record } from '../rules/change'
import { actsForHandler, addWorker } from '../rules/handling'
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
    if (actsForHandler(change.before, scene)) addWorker(change, scene)
    const facts = { note: command.note }
    record(change, {
      kind: 'progressed',
      facts,
      visibility: command.isPublic ? 'public' : 'parties',
      photos: command.photos,
    })
    announce(change, {
      template: 'progressed',
      units: {},
      residents: facts,
      ...(command.isPublic ? { supporters: facts } : {}),
    })
    return undefined
  },
})
