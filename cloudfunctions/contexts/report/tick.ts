import { byKind } from '../../ground/by-kind'
import { oneLevelUp } from '../../ground/unit-path'
import * as journal from '../../journal/rules/catch-up'
import { endOfWorkingDayAfter } from '../calendar/rules/working-calendar'
import { activeEpisode, changeCauses, publishesAt } from '../red-face/rules/red-face'
import {
  announce,
  beginChange,
  enqueue,
  finishChange,
  type Law,
  type ReportChange,
  record,
} from './rules/change'
import { dueOf } from './rules/deadline-kind'
import { grantRequest, lapseRequest } from './rules/granting'
import { isOpen } from './rules/lifecycle'
import {
  addCause,
  addMissedStep,
  clearEpisode,
  closeReport,
  endIfNothingStands,
  endPosting,
  judgeEpisode,
  publishCauses,
  resumeReport,
} from './rules/moves'
import type { Report } from './rules/report'
import { nextRulingUnitId, readersOf } from './rules/request'
import { type ClockDeed, scheduleOf } from './rules/schedule'

const workers = (change: ReportChange): readonly (string | null)[] => [
  change.report.answerableUnit.id,
  change.report.handlerUnitId,
]

const deeds: {
  readonly [K in ClockDeed['kind']]: (change: ReportChange, deed: Extract<ClockDeed, { kind: K }>) => void
} = {
  warn: (change, deed) => {
    const { report } = change
    const { dueAt } = deed
    const due = dueOf(deed.deadline, report.status)
    record(change, { kind: 'due-soon', facts: { due, leftMs: dueAt - change.at }, visibility: 'staff' })
    announce(change, {
      template: 'due-soon',
      units: { due, dueAt },
      // K4: an urgent matter that nobody has accepted at half time reaches the level above.
      onlyUnits: [...workers(change), ...(deed.tellsAbove ? [oneLevelUp(report.unitPath)] : [])],
    })
  },
  overdue: (change, deed) => {
    const { report } = change
    const due = dueOf(deed.deadline, report.status)
    record(change, {
      kind: 'overdue',
      facts: { due },
      visibility: deed.deadline === 'contact' ? 'staff' : 'public',
    })
    announce(change, {
      template: 'overdue',
      units: { due, dueAt: deed.dueAt },
      onlyUnits: [...workers(change), oneLevelUp(report.unitPath)],
    })
    if (deed.deadline === 'accept') {
      const stint = report.stints[report.stints.length - 1]
      if (stint) addCause(change, 'accept-overdue', [stint.unit])
    } else if (deed.deadline !== 'contact') {
      addMissedStep(change, deed.deadline === 'plan' ? 'plan-overdue' : 'resolve-overdue', deed.dueAt)
    }
  },
  resume: (change) => {
    resumeReport(change, 'time-over')
  },
  'close-by-silence': (change) => {
    closeReport(change, { because: 'silence', days: change.law.rules.report.silenceClosesAfterDays })
  },
  'publish-causes': (change) => {
    const episode = activeEpisode(change.report.redFaces)
    if (!episode) return
    const { at } = change
    publishCauses(change, (cause) => (publishesAt(episode, cause) ?? Number.POSITIVE_INFINITY) <= at)
  },
  'end-posting': (change) => {
    endPosting(change)
  },
  'judge-words': (change) => {
    judgeEpisode(change)
  },
  'leave-page': (change, deed) => {
    change.report.redFaces = changeCauses(
      change.report.redFaces,
      (cause) => cause.no === deed.causeNo,
      (cause) => ({ ...cause, leftAt: change.at }),
    )
    record(change, { kind: 'red-face-cleared', line: 'left-the-page' })
    endIfNothingStands(change, 'came-late')
  },
  'end-declined': (change) => {
    clearEpisode(change, 'declined')
  },
  'move-request-up': (change, deed) => {
    const { report, law, at } = change
    const moved = report.requests.find((request) => request.no === deed.requestNo)
    if (!moved) return
    report.requests = report.requests.map((request) => {
      if (request.no !== deed.requestNo) return request
      const next = nextRulingUnitId(report, request)
      announce(change, {
        template: 'request-moved-up',
        units: { request: request.kind },
        onlyUnits: [next],
      })
      return {
        ...request,
        rulingUnitId: next ?? request.rulingUnitId,
        movesUpAt: endOfWorkingDayAfter(law.calendar, at, law.rules.report.requestMovesUpAfterWorkingDays),
      }
    })
    record(change, { kind: 'request-moved-up', visibility: readersOf(report, moved) })
  },
  'end-request': (change, deed) => {
    const request = change.report.requests.find((one) => one.no === deed.requestNo)
    if (!request) return
    if (request.side === 'resident') {
      // K8: an undecided appeal of a resident is upheld.
      grantRequest(change, request, 'time', undefined)
      if (isOpen(change.report.status)) enqueue(change, { kind: 'go-home' })
      return
    }
    lapseRequest(change, request)
  },
}

/** Catches the report up to `now` (see journal/): every deed that has fallen due, dated when it fell due. */
export const catchUp = (report: Report, now: number, law: Law): Report =>
  journal.catchUp<Report, ReportChange, ClockDeed>(report, now, {
    scheduleOf: (current) => scheduleOf(current, law),
    begin: (current, at) => beginChange(current, at, { side: 'system' }, law),
    carryOut: (change, deed) =>
      byKind<ClockDeed, (change: ReportChange, deed: ClockDeed) => void>(deeds, deed)(change, deed),
    finish: finishChange,
  })
