import { announce, move, type ReportChange, record, recordNote } from '../rules/change'
import { currentHandler, type Dispatch } from '../rules/report'
import { handlerStaff } from '../rules/standing'
import { addWorker } from './answering'
import { type Scene, type StepOf, staff } from './step'

/**
 * The handler's part in what it ends: who it was, and that they worked on it (H2). Everybody reads a unit, colleagues
 * that it was one of their own, nobody who.
 */
const workDone = (
  change: ReportChange,
  scene: Scene,
): {
  readonly handler: Dispatch
  readonly isOwn: boolean
  readonly partner: { readonly handler?: string }
} => {
  const { report, before } = change
  const handler = currentHandler(before)
  if (!handler) throw new Error(`report ${report.id} is dispatched and has no handler`)
  addWorker(change, scene)
  const isOwn = handler.memberId !== undefined
  return { handler, isOwn, partner: isOwn ? {} : { handler: handler.unitName } }
}

export const sendBack: StepOf<'send-back'> = {
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  decide: (change, command, scene) => {
    const { report } = change
    const { handler, isOwn, partner } = workDone(change, scene)
    move(change, 'accepted')
    const facts = { unit: handler.unitName }
    record(
      change,
      isOwn ? { kind: 'sent-back', line: 'sent-back-by-own-people', facts } : { kind: 'sent-back', facts },
    )
    recordNote(change, command.note)
    const unit = report.branchName
    announce(change, {
      template: 'sent-back',
      units: { ...partner, note: command.note },
      residents: { ...partner, unit },
      supporters: { unit },
    })
    return undefined
  },
}

/** The handler says it is done; somebody else looks (报完成 → 核查). */
export const claimFixed: StepOf<'claim-fixed'> = {
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  decide: (change, command, scene) => {
    const { report } = change
    const { handler, isOwn, partner } = workDone(change, scene)
    move(change, 'awaiting-check')
    report.fixClaim = {
      unitId: handler.unitId,
      unitName: handler.unitName,
      at: change.at,
      note: command.note,
      before: command.before,
      after: command.after,
      remedy: command.remedy,
    }
    const { unitName: unit } = handler
    const checkedBy = report.branchName
    record(
      change,
      isOwn
        ? { kind: 'fix-claimed', line: 'fix-claimed-by-own-people', facts: { unit } }
        : { kind: 'fix-claimed', facts: { unit, checkedBy } },
    )
    record(change, {
      kind: 'fix-claimed',
      line: 'handler-said',
      facts: { unit, note: command.note },
      visibility: 'staff',
      photos: command.after,
    })
    const facts = isOwn ? { unit } : { unit, checkedBy }
    announce(change, { template: 'fix-claimed', units: partner, residents: facts, supporters: facts })
    return undefined
  },
}
