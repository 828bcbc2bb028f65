import { refusal } from '../../../ground/result'
import { announce, record } from '../rules/change'
import { requestOf } from '../rules/request'
import { personOf, says } from '../rules/resident'
import { note, photos, seen } from './fields'
import { answered, reporters, resident, step } from './step'

/** 说明: whose verdict the branch disputes says what they think of that, once; nobody has to (F3). */
export const sayToAppeal = step({
  action: 'say-to-appeal',
  grants: [...reporters(answered), resident('supporter', answered)],
  input: seen({ words: note, photos }),
  refuses: (report, scene) => {
    const hearing = requestOf(report.requests, 'appeal-red-face')?.hearing
    const key = scene.person?.key ?? ''
    if (!hearing?.askedKeys.includes(key)) return refusal('nothing-asked')
    return hearing.saidKeys.includes(key) ? refusal('already-said') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const request = requestOf(report.requests, 'appeal-red-face')
    if (!request?.hearing)
      throw new Error(`report ${report.id}: somebody speaks to an appeal that is not there`)
    const hearing = { ...request.hearing, saidKeys: [...request.hearing.saidKeys, person.key] }
    report.requests = report.requests.map((one) => (one.no === request.no ? { ...request, hearing } : one))
    record(change, { kind: 'said-to-appeal', visibility: 'staff' })
    says(change, scene, 'said-to-appeal', command.words, command.photos)
    announce(change, {
      template: 'said-to-appeal',
      units: {},
      onlyUnits: [request.rulingUnitId, request.byUnitId],
    })
    return undefined
  },
})
