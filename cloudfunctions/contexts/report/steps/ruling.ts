import { type Refusal, type RefusalCode, refuse } from '../../../ground/result'
import { activeEpisode, blamedUnitIds, changeActive, standingNos } from '../../red-face/rules/red-face'
import { actingUnit, announce, enqueue, judgeOf, record, recordNote } from '../rules/change'
import { reportStatuses } from '../rules/lifecycle'
import { clearEpisode, isDone, publishCauses, reopenReport, vouch, vouchersOf } from '../rules/moves'
import { isWorker } from '../rules/own-people'
import { householdsIn, type Report } from '../rules/report'
import { type LevelRequest, requestOf } from '../rules/request'
import { isOwnRequest, levelStaff, mayRule } from '../rules/standing'
import { cannotTake, denyRequest, grantRequest, mayHave } from './granting'
import { endForsaken } from './resident'
import { answered, open, type Scene, type StepOf, staff } from './step'

const refusal = (code: RefusalCode): Refusal => refuse(code).error

/** The level above orders the matter to be done; an order alone puts nothing on the list. */
export const supervise: StepOf<'supervise'> = {
  grants: [staff('above', levelStaff, open)],
  decide: (change, command) => {
    const { report } = change
    report.supervisedAts = [...report.supervisedAts, change.at]
    record(change, { kind: 'supervised' })
    recordNote(change, command.note)
    const unit = actingUnit(change)
    announce(change, { template: 'supervised', units: { unit, note: command.note }, residents: { unit } })
    return undefined
  },
}

/** The requests this seat may rule on: its turn or any level above it, and never its own (H1). */
const rulable = (report: Report, scene: Scene): readonly LevelRequest[] =>
  scene.unitId === undefined
    ? []
    : report.requests.filter(
        (request) =>
          request.kind !== 'look' && mayRule(report, request.kind, scene.unitId ?? '', scene.actorId),
      )

export const ruleOn: StepOf<'rule-on'> = {
  grants: [staff('above', levelStaff, [...reportStatuses]), staff('ruling', levelStaff, [...reportStatuses])],
  bars: (report, scene) => (rulable(report, scene).length > 0 ? undefined : refusal('no-request')),
  decide: (change, command, scene) => {
    const { report } = change
    const request = requestOf(report.requests, command.request)
    if (!request) return refuse('no-request')
    if (isOwnRequest(report, request, scene.unitId ?? '', scene.actorId)) return refuse('own-request')
    if (!rulable(report as Report, scene).includes(request)) return refuse('not-allowed')
    const by = { unit: actingUnit(change) }
    // K7: beyond the second extension only every reporter's word counts.
    const isBeyondLimit =
      request.kind === 'extend' && report.extensions.length >= change.law.rules.report.maxExtensions
    if (command.isGranted && isBeyondLimit) return refuse('extension-limit')
    if (command.isGranted && request.kind === 'pass-on' && command.home) {
      const refused = mayHave(report, command.home)
        ? cannotTake(command.home, change)
        : refuse('unknown-unit')
      if (refused) return refused
    }
    if (command.isGranted) return grantRequest(change, request, by, command.home, command.note)
    denyRequest(change, request, by, command.note)
    return undefined
  },
}

/** More objectors than this in one matter speak of the same thing. */
const mostSplit = 20

/**
 * 上级现场核实: one level up goes and sees, nobody of the branch or of the handler (F5). Found solved, the entry
 * ends, the no shown beside it; found unsolved, the matter is reopened and its causes are public at once.
 */
export const look: StepOf<'look'> = {
  grants: [staff('above', levelStaff, answered), staff('ruling', levelStaff, answered)],
  bars: (report, scene) => {
    if (isWorker(report, scene)) return refusal('checker-is-fixer')
    // H1: no unit clears itself, nobody looks at what they have found good themselves.
    const isOwnAct =
      (scene.unitId !== undefined && blamedUnitIds(report.redFaces).has(scene.unitId)) ||
      vouchersOf(report).some((one) => one.unitId === scene.unitId || one.actorId === scene.actorId)
    if (isOwnAct) return refusal('not-eligible')
    return requestOf(report.requests, 'look') || requestOf(report.requests, 'appeal-red-face')
      ? undefined
      : refusal('no-request')
  },
  decide: (change, command) => {
    const { report, at } = change
    const request = requestOf(report.requests, 'look')
    report.requests = report.requests.filter((one) => one.kind !== 'look')
    const { finding, note, photos } = command
    record(change, { kind: 'looked', facts: { finding, note }, photos })
    const facts = { unit: actingUnit(change), finding }
    announce(change, {
      template: 'looked',
      units: facts,
      residents: { ...facts, note },
      supporters: facts,
    })
    const episode = activeEpisode(report.redFaces)
    if (command.finding !== 'unsolved') {
      const nos = episode ? standingNos(episode.words).map((word) => word.key) : []
      // What was another matter becomes its own report, with the old clock (F5).
      if (command.finding === 'another-matter') {
        for (const key of nos.slice(0, mostSplit)) enqueue(change, { kind: 'split', key })
      }
      const lookedBy = judgeOf(change)
      if (lookedBy) vouch(change, lookedBy)
      report.redFaces = changeActive(report.redFaces, (one) => ({
        ...one,
        ...(lookedBy ? { lookedBy } : {}),
        words: one.words.map((word) => (nos.includes(word.key) ? { ...word, settledAt: at } : word)),
      }))
      const isForsaken = report.reporterLeftAt !== undefined && householdsIn(report) === 0
      if (isForsaken && !isDone(report)) endForsaken(change)
      else if (request) clearEpisode(change, 'look')
      return undefined
    }
    if (report.status === 'resolved' || report.status === 'closed') {
      reopenReport(change, 'what-was-left', { because: 'look-unsolved' }, command.home)
    }
    publishCauses(change, () => true)
    return undefined
  },
}
