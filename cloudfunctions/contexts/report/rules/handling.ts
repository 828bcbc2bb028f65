import type { ReportChange } from './change'
import { currentHandler, type Dispatch, type Report } from './report'
import type { Scene } from './scene'

/** Who has worked on it is not the one to say whether it is done (H2). */
export const addWorker = (change: ReportChange, scene: Scene): void => {
  change.report.workers = [...new Set([...change.report.workers, scene.actorId])]
}

/** How a handler's step is said: everybody reads a unit, colleagues that it was one of their own, nobody who. */
interface Sayings {
  readonly who: string
  readonly sentBack: string
  readonly goesOn: string
  readonly isChecked: string
}

const sayingsOf = (report: Report, handler: Dispatch): Sayings =>
  handler.memberId === undefined
    ? {
        who: handler.unitName,
        sentBack: `${handler.unitName}退回派单`,
        goesOn: `${handler.unitName}办不了，由${report.answerableUnit.name}接着办`,
        isChecked: `等${report.answerableUnit.name}核查`,
      }
    : {
        who: '本单位的承办人',
        sentBack: `${handler.unitName}另行安排`,
        goesOn: `由${report.answerableUnit.name}另行安排`,
        isChecked: '由别的同志核查',
      }

/** The handler's part in what it ends: who it was, and that they worked on it (H2). */
export const workDone = (
  change: ReportChange,
  scene: Scene,
): { readonly handler: Dispatch; readonly say: Sayings } => {
  const { report, before } = change
  const handler = currentHandler(before)
  if (!handler) throw new Error(`report ${report.id} is dispatched and has no handler`)
  addWorker(change, scene)
  return { handler, say: sayingsOf(before, handler) }
}

/** Does this seat act for the handler: as anybody of a partner, or as the member who was handed the work? */
export const actsForHandler = (report: Report, scene: Scene): boolean => {
  const handler = currentHandler(report)
  if (!handler || handler.unitId !== scene.unitId) return false
  return handler.memberId === undefined || handler.memberId === scene.actorId
}
