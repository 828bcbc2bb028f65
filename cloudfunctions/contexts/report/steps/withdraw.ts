import { dayMs } from '../../../ground/instant'
import { ok } from '../../../ground/result'
import { activeEpisode, isToldToStand } from '../../red-face/rules/red-face'
import { grantIfAllHaveAgreed } from '../rules/all-have-spoken'
import { forgetAppellants } from '../rules/appealing'
import { announce, record } from '../rules/change'
import { askForLook, dropRequests, endWithdrawn, heirIsToBeCalled, releaseChildren } from '../rules/moves'
import type { Supporter } from '../rules/report'
import { inheritPlace, oldestOf } from '../rules/reporters-place'
import { personOf, says } from '../rules/resident'
import { noMoreSupporter } from '../rules/supporters'
import { optionalNote, seen } from './fields'
import { open, preparedStep, resident } from './step'

interface Leaving {
  readonly reason: string
  /** Where no co-reporter is in it. */
  readonly oldestSupporter?: Supporter
}

/**
 * The reporter takes it back. Where others are in it, the oldest co-reporter, else the oldest supporter, takes
 * the place and it goes on. A matter with a cause on the list does not end with its reporter: somebody goes
 * and sees first (F5), unless it is no more than coming back within its notice, of which the reporter knows nothing (F1).
 */
export const withdraw = preparedStep({
  action: 'withdraw',
  grants: [resident('reporter', open)],
  input: seen({ reason: optionalNote }),
  // It ends what somebody else may hold against the unit: as little as a yes is it theirs to say.
  isByOwnDevice: true,
  prepare: async ({ reason }, report, lookUps) => {
    const isNeeded = report.coReporters.length === 0 && report.supporters.count > 0
    const oldestSupporter = isNeeded ? await lookUps.oldestSupporter() : undefined
    return ok({ reason, ...(oldestSupporter ? { oldestSupporter } : {}) })
  },
  decide: (change, command: Leaving, scene) => {
    const { report } = change
    const person = personOf(scene)
    const supports = report.coReporters.length === 0 ? command.oldestSupporter : undefined
    const heir = oldestOf(report.coReporters) ?? supports
    // M4: it was asked of who leaves, and of nobody else.
    dropRequests(change, ['merge'])
    forgetAppellants(change, new Set([person.key]))
    says(change, scene, 'withdrawn', command.reason)
    const keptSince = change.at - change.law.rules.report.withdrawnClockKeptDays * dayMs
    const others = (report.leavings ?? []).filter(({ key, at }) => key !== person.key && at >= keptSince)
    report.leavings = [...others, { key: person.key, at: change.at }]
    // F1: of what is untold a leaving reporter learns nothing, and what is withdrawn has not come back.
    const episode = activeEpisode(report.redFaces)
    const isListed = episode !== undefined && isToldToStand(episode)
    if (heir) {
      inheritPlace(change, heir, person.key)
      if (supports) noMoreSupporter(change, supports)
      heirIsToBeCalled(change, heir.key, !supports)
      // Whoever takes the place does not speak for who leaves.
      if (isListed) askForLook(change, 'reporter-left')
      grantIfAllHaveAgreed(change)
      return undefined
    }
    if (isListed) {
      report.reporterLeftAt = change.at
      report.hasPhone = false
      record(change, { kind: 'handed-on', line: 'left-while-listed' })
      announce(change, { template: 'left-while-listed', units: {} })
      askForLook(change, 'reporter-left')
      // M5: what lies in it is only the same person's own (another's would have taken the place), and goes on.
      releaseChildren(change)
      return undefined
    }
    endWithdrawn(change)
    return undefined
  },
})
