import { refusal, refuse } from '../../../ground/result'
import { record } from '../rules/change'
import { endComplaint } from '../rules/end-complaint'
import { grantRequest } from '../rules/granting'
import { mergeByWord } from '../rules/merging'
import { reporterKeys } from '../rules/report'
import { awaitsWordOf, isForReporterAlone, requestOf } from '../rules/request'
import { personOf } from '../rules/resident'
import { open, reporters, type StepOf } from './step'

/** A change that needs every reporter's word (K7, K9), the last one carries it out; or the one reporter's (M4). */
export const agree: StepOf<'agree'> = {
  grants: reporters([...open]),
  bars: (report, scene) => {
    if (scene.isOneOfOurs) return refusal('not-eligible')
    const isAsked = report.requests.some((request) =>
      awaitsWordOf(report, request, scene.person, scene.law.rules),
    )
    return isAsked ? undefined : refusal('no-request')
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
    if (!reporterKeys(report).every((key) => agreedKeys.includes(key))) return undefined
    if (!isForReporterAlone(request)) return grantRequest(change, request, 'every-reporter', undefined)
    if (!command.rerouting) throw new Error(`report ${report.id}: nobody has looked up where it goes now`)
    return endComplaint(change, request, command.rerouting)
  },
}
