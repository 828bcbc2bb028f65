import { refusal } from '../../../ground/result'
import { aboveJudges } from '../../organisation/rules/unit'
import { type CauseRecord, struckVerdicts } from '../../red-face/rules/red-face'
import { appealAbove, appealPending } from '../rules/appealing'
import { struckAppealKey, whoseVerdict } from '../rules/moves'
import type { Report } from '../rules/report'
import { personOf } from '../rules/resident'
import { strikeAppealUntil } from '../rules/struck'
import { reason, seen } from './fields'
import { answered, reporters, resident, step } from './step'

/** The verdicts of this person that have been struck, and may be appealed for by them at all (F3). */
const struckOf = (report: Report, key: string | undefined): readonly CauseRecord[] =>
  struckVerdicts(report.redFaces).filter((cause) => whoseVerdict(report, [cause]).includes(key ?? ''))

/** Whose verdict was struck may appeal once, above who struck it (F3, H1). */
export const appealStruck = step({
  action: 'appeal-struck',
  grants: [...reporters(answered), resident('supporter', answered)],
  input: seen({ reason }),
  // It is said once.
  isByOwnDevice: true,
  refuses: (report, scene) => {
    const key = scene.person?.key
    const struck = struckOf(report, key)
    if (struck.length === 0) return refusal('not-yet')
    const pending = appealPending(report, 'appeal-struck', key)
    if (pending) return pending
    const left = struck.filter((cause) => !report.appealedKeys.includes(struckAppealKey(cause.no, key ?? '')))
    if (left.length === 0) return refusal('already-appealed')
    return left.some((cause) => scene.now <= strikeAppealUntil(cause, scene.law))
      ? undefined
      : refusal('appeal-too-late')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const struck = struckOf(report, person.key).filter(
      (cause) =>
        !report.appealedKeys.includes(struckAppealKey(cause.no, person.key)) &&
        scene.now <= strikeAppealUntil(cause, scene.law),
    )
    report.appealedKeys = [
      ...report.appealedKeys,
      ...struck.map((cause) => struckAppealKey(cause.no, person.key)),
    ]
    const judges = struck.flatMap((cause) => cause.struckBy ?? [])
    appealAbove(
      change,
      { kind: 'appeal-struck', causeNos: struck.map((cause) => cause.no) },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        // The unit that answered for it then may be another one than has it now.
        rulingUnitId: aboveJudges(struck[0]?.unit.path ?? report.unitPath, judges),
        judges,
      },
    )
    return undefined
  },
})
