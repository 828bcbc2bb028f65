import { dayMs } from '../../../ground/instant'
import { ok, refusal } from '../../../ground/result'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { hearWord, reopenReport } from '../rules/moves'
import { lastResolution, type Report } from '../rules/report'
import { personOf, says } from '../rules/resident'
import type { Scene } from '../rules/scene'
import { photos, reason, seen } from './fields'
import { preparedStep, reporters } from './step'

/**
 * How long a fix may be called broken again: `reopenWithinDays`, or as long as a stop-gap should have been cured (F1), of
 * whatever kind it was called before (K9).
 */
const reopenUntil = (report: Report, scene: Scene): number => {
  const { rules } = scene.law
  const resolution = lastResolution(report)
  const kinds = [report.categoryId, ...(report.formerCategoryIds ?? [])]
  const holdsDays =
    resolution?.remedy === 'temporary'
      ? Math.max(...kinds.map((kind) => categoryOf(rules, kind)?.cureHoldsDays ?? 0))
      : 0
  return (report.closedAt ?? 0) + Math.max(rules.report.reopenWithinDays, holdsDays) * dayMs
}

export const reopen = preparedStep({
  action: 'reopen',
  grants: reporters(['closed']),
  input: seen({ reason, photos }),
  refuses: (report, scene) =>
    scene.now > reopenUntil(report, scene) ? refusal('appeal-too-late') : undefined,
  prepare: async ({ reason, photos }, _report, lookUps) => ok({ reason, photos, ...(await lookUps.home()) }),
  decide: (change, command, scene) => {
    const person = personOf(scene)
    reopenReport(change, 'a-third', { because: 'broken-again' }, command.home, [person.key])
    says(change, scene, 'reopened', command.reason, command.photos)
    // 又坏了 is a no like any other: it takes the place of the yes said before.
    hearWord(change, {
      key: person.key,
      part: person.part,
      isGone: false,
      hasPicture: command.photos.length > 0,
      isOwn: scene.isOneOfOurs,
      at: change.at,
      joinedAt: change.report.submittedAt,
    })
    return undefined
  },
})
