import { type Refusal, refusal } from '../../../ground/result'
import { pathTo } from '../../../ground/unit-path'
import { announce, type ReportChange, record } from './change'
import { type Asking, askAbove, dropRequests, recordReason, whoRules } from './moves'
import type { Report } from './report'
import { type AppealKind, appellantsOf, type LevelRequest, type RequestSubject, requestOf } from './request'

type Appeal = Extract<RequestSubject, { readonly kind: AppealKind }>

/** Why this resident cannot appeal now: theirs waits already. Somebody else's keeps nobody out (K8). */
export const appealPending = (
  report: Report,
  kind: AppealKind,
  key: string | undefined,
): Refusal | undefined => {
  const waiting = requestOf(report.requests, kind)
  return waiting && key !== undefined && appellantsOf(waiting).includes(key)
    ? refusal('request-pending')
    : undefined
}

/**
 * A resident appeals, above whose act it is about (H1). Where another resident's appeal waits already this one goes with
 * it, in its time: heard together, nobody loses a word or a day by another's (K8).
 */
export const appealAbove = (
  change: ReportChange,
  appeal: Appeal,
  asking: Asking & { readonly byKey: string },
): void => {
  const waiting = requestOf(change.report.requests, appeal.kind)
  if (waiting) join(change, waiting, appeal, asking)
  else askAbove(change, appeal, asking)
}

const join = (
  change: ReportChange,
  waiting: LevelRequest & Appeal,
  appeal: Appeal,
  asking: Asking & { readonly byKey: string },
): void => {
  const { report } = change
  const { byKey, actorId, judges = [] } = asking
  const barred = [
    ...(waiting.judgedActorIds ?? []),
    ...judges.map((judge) => judge.actorId),
    // H1: neither does this one rule on what they ask for.
    actorId,
  ]
  // Of two that would rule the higher one does: it stands above everybody's act that is in question.
  const rules = whoRules(change, asking)
  const isHigher = pathTo(report.unitPath, waiting.rulingUnitId ?? '')?.includes(rules) ?? false
  const rulingUnitId = isHigher ? rules : waiting.rulingUnitId
  const causeNos =
    waiting.kind === 'appeal-struck' && appeal.kind === 'appeal-struck'
      ? { causeNos: [...new Set([...waiting.causeNos, ...appeal.causeNos])] }
      : {}
  const joined: LevelRequest = {
    ...waiting,
    ...causeNos,
    rulingUnitId,
    joinedKeys: [...(waiting.joinedKeys ?? []), byKey],
    judgedActorIds: [...new Set(barred)],
  }
  report.requests = report.requests.map((one) => (one.no === waiting.no ? joined : one))
  const asked = { by: 'resident', request: appeal.kind } as const
  record(change, { kind: 'requested', facts: asked, visibility: 'parties' })
  recordReason(change, appeal, asking)
  announce(change, { template: 'requested', units: asked, onlyUnits: [rulingUnitId] })
}

/**
 * Who is in the matter no more asks for nothing there (M4): with nobody left whose it is a request falls (K8), or it would
 * be upheld for nobody.
 */
export const forgetAppellants = (change: ReportChange, gone: ReadonlySet<string>): void => {
  const { report } = change
  const theirs = report.requests.filter((one) => appellantsOf(one).some((key) => gone.has(key)))
  const stayingIn = (one: LevelRequest): readonly string[] =>
    appellantsOf(one).filter((key) => !gone.has(key))
  dropRequests(
    change,
    theirs.flatMap((one) => (stayingIn(one).length === 0 ? one.kind : [])),
  )
  report.requests = report.requests.map((one): LevelRequest => {
    if (!theirs.includes(one)) return one
    const { byKey: _whose, joinedKeys: _others, ...request } = one
    const [byKey, ...joinedKeys] = stayingIn(one)
    return {
      ...request,
      ...(byKey === undefined ? {} : { byKey }),
      ...(joinedKeys.length > 0 ? { joinedKeys } : {}),
    }
  })
}
