import * as z from 'zod/mini'
import { dayMs } from '../../../ground/instant'
import { ok, refusal } from '../../../ground/result'
import { closeIfAllHaveRated, hasRated } from '../rules/all-have-spoken'
import { isPraiseOfOurs } from '../rules/barred-answers'
import { announce, record } from '../rules/change'
import { addCause, askForLook, denyContact, hearWord, reopenReport } from '../rules/moves'
import { satisfactionAnswers, solvedAnswers } from '../rules/rating'
import { lastResolution } from '../rules/report'
import { ownYes, personOf, says } from '../rules/resident'
import { optionalNote, seen } from './fields'
import { preparedStep, reporters } from './step'

export const rate = preparedStep({
  action: 'rate',
  grants: reporters(['resolved', 'closed']),
  input: seen({
    contacted: z.boolean('请选择是否联系过您'),
    solved: z.enum(solvedAnswers, '请选择解决了吗'),
    satisfaction: z.enum(satisfactionAnswers, '请选择是否满意'),
    remark: optionalNote,
  }),
  refuses: (report, scene) => {
    if (scene.person && hasRated(report, scene.person.key)) return refusal('already-rated')
    const untilAt = (report.closedAt ?? scene.now) + scene.law.rules.report.rateWithinDays * dayMs
    return scene.now > untilAt ? refusal('appeal-too-late') : undefined
  },
  prepare: async ({ contacted, solved, satisfaction, remark }, _report, lookUps) =>
    ok({
      rating: { contacted, solved, satisfaction, remark },
      ...(solved === 'no' ? await lookUps.home() : {}),
    }),
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const resolution = lastResolution(report)
    if (!resolution) throw new Error(`report ${report.id} is rated and was never resolved`)
    const { rating } = command
    if (isPraiseOfOurs(scene, rating)) return ownYes()
    report.ratings = [
      ...report.ratings,
      {
        ...rating,
        at: change.at,
        key: person.key,
        resolutionNo: resolution.no,
        unit: resolution.unit,
        isOwn: scene.isOneOfOurs,
      },
    ]
    const verdict = { solved: rating.solved, satisfaction: rating.satisfaction }
    record(change, { kind: 'rated', facts: verdict })
    says(change, scene, 'rated', rating.remark)
    announce(change, { template: 'rated', units: verdict })
    if (!rating.contacted) denyContact(change, person.key)

    const word = {
      key: person.key,
      part: person.part,
      hasPicture: false,
      isOwn: scene.isOneOfOurs,
      at: change.at,
      joinedAt: report.submittedAt,
    }
    if (rating.solved === 'no') {
      if (report.status === 'resolved' || report.status === 'closed') {
        reopenReport(change, 'what-was-left', { because: 'rated-unsolved' }, command.home, [person.key])
      }
      addCause(change, 'rated-unsolved', [resolution.unit], [person.key])
      hearWord(change, { ...word, isGone: false })
      const unsolved = report.ratings.filter((one) => one.solved === 'no').length
      if (unsolved >= change.law.rules.redFace.unsolvedBeforeLook) askForLook(change, 'third-unsolved')
      return undefined
    }
    if (rating.satisfaction === 'dissatisfied')
      addCause(change, 'rated-dissatisfied', [resolution.unit], [person.key])
    else if (rating.solved === 'yes') hearWord(change, { ...word, isGone: true })
    closeIfAllHaveRated(change)
    return undefined
  },
})
