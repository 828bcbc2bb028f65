import * as z from 'zod/mini'
import { ok, refusal } from '../../../ground/result'
import { activeEpisode, blamedUnitIds, changeActive, standingNos } from '../../red-face/rules/red-face'
import { actingUnit, announce, enqueue, judgeOf, type ReportChange, record } from '../rules/change'
import {
  clearEpisode,
  finish,
  foundGone,
  isDone,
  publishCauses,
  reopenReport,
  vouch,
  whoseWordItIs,
  withdrawFix,
} from '../rules/moves'
import { isWorker } from '../rules/own-people'
import { type LookFinding, lookFindings } from '../rules/reasons'
import { householdsIn } from '../rules/report'
import { requestOf } from '../rules/request'
import { isTop, levelStaff } from '../rules/standing'
import { note, photos, seen } from './fields'
import { answered, preparedStep, staff } from './step'

/** For the look that finds a matter solved whose reporter has left: it is over (F5). */
export const endForsaken = (change: ReportChange): void => {
  clearEpisode(change, 'look')
  finish(change, 'withdrawn')
  record(change, { kind: 'withdrawn', line: 'ended-without-reporter' })
}

/** More objectors than this in one matter speak of the same thing. */
const mostSplit = 20

/** The nos that stood are settled as the entry ends, and shown beside it; who said them may appeal (F5). */
const settleNos = (change: ReportChange, finding: LookFinding): void => {
  const { report, at } = change
  const episode = activeEpisode(report.redFaces)
  const nos = episode ? standingNos(episode.words).map((word) => word.key) : []
  // What was another matter becomes its own report, with the old clock (F5).
  if (finding === 'another-matter') {
    for (const key of nos.slice(0, mostSplit)) enqueue(change, { kind: 'split', key })
  }
  const lookedBy = judgeOf(change)
  report.redFaces = changeActive(report.redFaces, (one) => ({
    ...one,
    ...(lookedBy ? { lookedBy } : {}),
    words: one.words.map((word) => (nos.includes(word.key) ? { ...word, settledAt: at } : word)),
  }))
}

/**
 * 上级现场核实: one level up goes and sees, nobody of the branch or of the handler (F5). Found solved, the entry
 * ends, the no shown beside it; found unsolved, the matter is reopened and its causes are public at once.
 */
export const look = preparedStep({
  action: 'look',
  grants: [staff('above', levelStaff, answered), staff('ruling', levelStaff, answered)],
  input: seen({ finding: z.enum(lookFindings, '请选择解决了没有'), note, photos }),
  refuses: (report, scene) => {
    if (isWorker(report, scene)) return refusal('checker-is-fixer')
    // H1: no unit below the top clears itself, nobody looks at what they have done or found good themselves.
    const judges = whoseWordItIs(report)
    const isOwnUnits =
      scene.unitId !== undefined &&
      !isTop(report, scene.unitId) &&
      (blamedUnitIds(report.redFaces).has(scene.unitId) ||
        judges.some(({ unitId }) => unitId === scene.unitId))
    if (isOwnUnits || judges.some(({ actorId }) => actorId === scene.actorId)) return refusal('not-eligible')
    return requestOf(report.requests, 'look') || requestOf(report.requests, 'appeal-red-face')
      ? undefined
      : refusal('no-request')
  },
  prepare: async ({ finding, note, photos }, _report, lookUps) =>
    ok({ finding, note, photos, ...(await lookUps.home()) }),
  decide: (change, command) => {
    const { report, at } = change
    const request = requestOf(report.requests, 'look')
    report.requests = report.requests.filter((one) => one.kind !== 'look')
    const { finding, note, photos } = command
    report.lookedAt = at
    record(change, { kind: 'looked', facts: { finding, note }, photos })
    const facts = { unit: actingUnit(change), finding }
    announce(change, {
      template: 'looked',
      units: facts,
      residents: { ...facts, note },
      supporters: facts,
    })
    if (finding !== 'unsolved') {
      const isForsaken = report.reporterLeftAt !== undefined && householdsIn(report) === 0 && !isDone(report)
      // Made for an appeal of the branch alone, it answers that one: no entry ends, and no no is settled.
      if (isForsaken || request) settleNos(change, finding)
      if (isForsaken) endForsaken(change)
      else if (request) foundGone(change, 'look')
      const lookedBy = judgeOf(change)
      if (lookedBy) vouch(change, lookedBy)
      return undefined
    }
    // Of what still runs, too, nobody is asked any more whether it is gone.
    if (isDone(report)) reopenReport(change, 'what-was-left', { because: 'look-unsolved' }, command.home)
    else withdrawFix(change)
    publishCauses(change, () => true)
    return undefined
  },
})
