import * as z from 'zod/mini'
import type { Point } from '../../../ground/geometry'
import { refusal, refuse } from '../../../ground/result'
import { joining } from '../../../terms/limits'
import { commandId, id, point } from '../../../terms/primitives'
import { nowSpeaksAs } from '../../red-face/rules/red-face'
import { isNearEnoughToTakeUp } from '../../routing/rules/public-place'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, enqueue, record } from '../rules/change'
import { setDeadlines } from '../rules/deadlines'
import { pseudonymOf } from '../rules/participant-key'
import { noMoreSupporter } from '../rules/supporters'
import { joiningStep, open, resident } from './step'

/**
 * 这就是我要说的事: what the branch declared becomes the report of whoever lives with it, like any other. It is taken
 * up once; who comes later has it too (我也遇到).
 */
export const takeUp = joiningStep({
  action: 'take-up',
  grants: [resident('resident', open)],
  /** From where the caller stands. */
  input: z.strictObject({ commandId, reportId: id, point }),
  limits: joining,
  refuses: (report) => (report.reporterKey === null ? undefined : refusal('taken-up')),
  decide: (change, command: { readonly key: string; readonly from: Point }, scene) => {
    const { report, law, at } = change
    const { key, from } = command
    if (report.publicPoint && !isNearEnoughToTakeUp(from, report.publicPoint)) return refuse('too-far')
    report.reporterKey = key
    report.pseudonym = pseudonymOf(key)
    report.isByMember = scene.isOneOfOurs
    report.takenUpAt = at
    if (scene.person?.supports) noMoreSupporter(change, scene.person.supports)
    report.redFaces = nowSpeaksAs(report.redFaces, key, 'reporter')
    const category = categoryOf(law.rules, report.categoryId)
    if (category) {
      const { contactDueAt } = setDeadlines(category, at, law.calendar, law.rules.version)
      report.deadlines = { ...report.deadlines, contactDueAt }
    }
    record(change, { kind: 'taken-up' })
    enqueue(change, { kind: 'succeed', key })
    announce(change, { template: 'taken-up', units: {}, reporter: { unit: report.answerableUnit.name } })
    return undefined
  },
})
