import { refusal } from '../../../ground/result'
import { announce, record } from '../rules/change'
import type { LevelRequest, RequestFor } from '../rules/request'
import { personOf, says } from '../rules/resident'
import { note, photos, seen } from './fields'
import { answered, reporters, resident, step } from './step'

/** The appeal to which this person is asked to speak, and has not spoken yet. */
const appealHeard = (
  requests: readonly LevelRequest[],
  key = '',
): RequestFor<'appeal-red-face'> | undefined =>
  requests.find(
    (request): request is RequestFor<'appeal-red-face'> =>
      request.kind === 'appeal-red-face' &&
      (request.hearing?.askedKeys.includes(key) ?? false) &&
      !request.hearing?.saidKeys.includes(key),
  )

/** 说明: whose verdict the branch disputes says what they think of that, once; nobody has to (F3). */
export const sayToAppeal = step({
  action: 'say-to-appeal',
  grants: [...reporters(answered), resident('supporter', answered)],
  input: seen({ words: note, photos }),
  // It is said once.
  isByOwnDevice: true,
  refuses: (report, scene) => {
    const key = scene.person?.key
    if (appealHeard(report.requests, key)) return undefined
    const hasSaid = report.requests.some(
      (one) => one.kind === 'appeal-red-face' && one.hearing?.saidKeys.includes(key ?? ''),
    )
    return refusal(hasSaid ? 'already-said' : 'nothing-asked')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const request = appealHeard(report.requests, person.key)
    if (!request?.hearing)
      throw new Error(`report ${report.id}: somebody speaks to an appeal that is not there`)
    const { words, photos } = command
    const said = { key: person.key, at: change.at, note: words, photos }
    const hearing = {
      ...request.hearing,
      saidKeys: [...request.hearing.saidKeys, person.key],
      words: [...request.hearing.words, said],
    }
    report.requests = report.requests.map((one) => (one.no === request.no ? { ...request, hearing } : one))
    record(change, { kind: 'said-to-appeal', visibility: 'staff' })
    says(change, scene, 'said-to-appeal', words, photos)
    announce(change, {
      template: 'said-to-appeal',
      units: {},
      onlyUnits: [request.rulingUnitId, request.byUnitId],
    })
    return undefined
  },
})
