import * as z from 'zod/mini'
import { ok, type Result, refusal, refuse } from '../../../ground/result'
import { haveAllAgreed } from '../rules/all-have-spoken'
import { record } from '../rules/change'
import { endComplaint } from '../rules/end-complaint'
import { barsToHandingOver, grantRequest } from '../rules/granting'
import { mergeByWord } from '../rules/merging'
import { dropRequests } from '../rules/moves'
import { awaitsWordOf, isForReporterAlone, type RequestKind, requestOf } from '../rules/request'
import { personOf } from '../rules/resident'
import type { MergeParent, Rerouting, UnitFacts } from '../rules/step-facts'
import { seen } from './fields'
import { whereTo } from './look-ups'
import { open, preparedStep, reporters } from './step'

interface Agreement {
  readonly request: RequestKind
  /** For what is no complaint any more: where its place and its new kind lead. */
  readonly rerouting?: Rerouting
  /** What the matter is now into which it is to be merged again (M4). */
  readonly parent?: MergeParent
  /** Where it goes by a change of its place, as that unit is now (L2). */
  readonly home?: UnitFacts
}

/** A change that needs every reporter's word (K7, K9), the last one carries it out; or the one reporter's (M4). */
export const agree = preparedStep({
  action: 'agree',
  grants: reporters([...open]),
  input: seen({ request: z.enum(['reclassify', 'relocate', 'extend', 'merge'], '没有这种申请') }),
  refuses: (report, scene) => {
    if (scene.isOneOfOurs) return refusal('not-eligible')
    const isAsked = report.requests.some((request) =>
      awaitsWordOf(report, request, scene.person, scene.law.rules),
    )
    return isAsked ? undefined : refusal('no-request')
  },
  prepare: async ({ request: kind }, report, lookUps): Promise<Result<Agreement>> => {
    const request = requestOf(report.requests, kind)
    if (!request || !isForReporterAlone(request))
      return ok({
        request: kind,
        ...(kind === 'relocate' ? await whereTo(report, kind, lookUps) : {}),
      })
    if (request.kind === 'merge') {
      const parent = await lookUps.mergeParent(request.parentReportId)
      return ok({ request: kind, ...(parent ? { parent } : {}) })
    }
    const rerouting = await lookUps.rerouting(request.categoryId)
    return rerouting.ok ? ok({ request: kind, rerouting: rerouting.value }) : rerouting
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const request = requestOf(report.requests, command.request)
    if (!request || !awaitsWordOf(report, request, person, scene.law.rules)) return refuse('no-request')
    if (request.kind === 'merge') {
      mergeByWord(change, request, command.parent)
      return undefined
    }
    const agreedKeys = [...request.agreedKeys, person.key]
    report.requests = report.requests.map((one) => (one.no === request.no ? { ...one, agreedKeys } : one))
    record(change, { kind: 'request-agreed', visibility: 'parties' })
    if (!haveAllAgreed(report, { agreedKeys })) return undefined
    if (!isForReporterAlone(request)) {
      // Who was asked for cannot have it any more: the word leads nowhere, and who asked is told (K8).
      if (barsToHandingOver(change, request, command.home)) dropRequests(change, [request.kind])
      else return grantRequest(change, request, 'every-reporter', command.home)
      return undefined
    }
    if (!command.rerouting) throw new Error(`report ${report.id}: nobody has looked up where it goes now`)
    return endComplaint(change, request, command.rerouting)
  },
})
