import * as z from 'zod/mini'
import { refusal } from '../../../ground/result'
import { recordNote } from '../rules/change'
import { declineReasons } from '../rules/commands'
import { askAbove, markAccepted } from '../rules/moves'
import { pending } from '../rules/request'
import { branchLead } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step } from './step'

/** Proposed once by whoever has it, granted one level up; proposed in time is in time (A1). */
export const decline = step({
  action: 'decline',
  grants: [staff('branch', branchLead, ['routed']), staff('sorter', ['clerk'], ['unrouted'])],
  input: seen({ reason: z.enum(declineReasons, '请选择不予受理的原因'), note }),
  refuses: (report) => pending(report, 'decline') ?? (report.decline ? refusal('declined-once') : undefined),
  decide: (change, command, scene) => {
    const { report } = change
    markAccepted(change)
    report.decline = { proposedAt: change.at }
    recordNote(change, command.note)
    askAbove(change, { kind: 'decline', because: command.reason }, { side: 'branch', actorId: scene.actorId })
    return undefined
  },
})
