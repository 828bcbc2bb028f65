import * as z from 'zod/mini'
import { refusal } from '../../../ground/result'
import { lastOf } from '../../../ground/unit-path'
import { recordNote } from '../rules/change'
import { askAbove, markAccepted } from '../rules/moves'
import { declineReasons } from '../rules/reasons'
import type { Report } from '../rules/report'
import { pending } from '../rules/request'
import { branchLead } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step } from './step'

/** What another unit proposed, and fell undecided when the matter was handed on, takes nobody's turn (K8). */
const hasBeenProposed = ({ decline, stints, answerableUnit }: Report): boolean => {
  if (!decline) return false
  if (decline.grantedAt !== undefined || decline.deniedAt !== undefined) return true
  const proposedIn = lastOf(stints.filter((stint) => stint.from <= decline.proposedAt))
  return proposedIn?.unit.id === answerableUnit.id
}

/** Proposed once by whoever has it, granted one level up; proposed in time is in time (A1). */
export const decline = step({
  action: 'decline',
  grants: [staff('branch', branchLead, ['routed']), staff('sorter', ['clerk'], ['unrouted'])],
  input: seen({ reason: z.enum(declineReasons, '请选择不予受理的原因'), note }),
  refuses: (report) =>
    pending(report, 'decline') ?? (hasBeenProposed(report) ? refusal('declined-once') : undefined),
  decide: (change, command, scene) => {
    const { report } = change
    markAccepted(change)
    report.decline = { proposedAt: change.at }
    recordNote(change, command.note)
    askAbove(change, { kind: 'decline', because: command.reason }, { side: 'branch', actorId: scene.actorId })
    return undefined
  },
})
