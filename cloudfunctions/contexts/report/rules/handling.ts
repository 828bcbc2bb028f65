import type { ReportChange } from './change'
import { currentHandler, type Dispatch, type Report } from './report'
import type { Scene } from './scene'

/** Who has worked on it is not the one to say whether it is done (H2). */
export const addWorker = (change: ReportChange, scene: Scene): void => {
  change.report.workers = [...new Set([...change.report.workers, scene.actorId])]
}

/**
 * The handler's part in what it ends: who it was, and that they worked on it (H2). Everybody reads a unit, colleagues
 * that it was one of their own, nobody who.
 */
export const workDone = (
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

/** Does this seat act for the handler: as anybody of a partner, or as the member who was handed the work? */
export const actsForHandler = (report: Report, scene: Scene): boolean => {
  const handler = currentHandler(report)
  if (!handler || handler.unitId !== scene.unitId) return false
  return handler.memberId === undefined || handler.memberId === scene.actorId
}
