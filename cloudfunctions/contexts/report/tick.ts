import { chinaMomentText } from '../../ground/instant'
import { oneLevelUp } from '../../ground/unit-path'
import * as journal from '../../journal/rules/catch-up'
import { endOfWorkingDayAfter } from '../calendar/rules/working-calendar'
import { activeEpisode, changeCauses, publishesAt } from '../red-face/rules/red-face'
import { announce, beginChange, finishChange, type Law, type ReportChange, record } from './rules/change'
import { deadlineName } from './rules/deadline-kind'
import { grantRequest, lapseRequest } from './rules/granting'
import {
  addCause,
  addMissedStep,
  clearEpisode,
  closeReport,
  endIfNothingStands,
  endPosting,
  judgeEpisode,
  named,
  publishCauses,
  resumeReport,
} from './rules/moves'
import type { Report } from './rules/report'
import { nextRulingUnitId, requestLabels } from './rules/request'
import { type ClockDeed, scheduleOf } from './rules/schedule'

const hoursLeft = (ms: number): string => {
  const hours = Math.round(ms / 3_600_000)
  if (hours >= 1) return `${hours}小时`
  return `${Math.max(1, Math.round(ms / 60_000))}分钟`
}

const workers = (change: ReportChange): readonly (string | null)[] => [
  change.report.answerableUnit.id,
  change.report.handlerUnitId,
]

const deeds: {
  readonly [K in ClockDeed['kind']]: (change: ReportChange, deed: Extract<ClockDeed, { kind: K }>) => void
} = {
  warn: (change, deed) => {
    const { report } = change
    const left = hoursLeft(deed.dueAt - change.at)
    const name = deadlineName(deed.deadline, report.status)
    record(change, { kind: 'due-soon', text: `离${name.deed}时限还有${left}`, visibility: 'staff' })
    announce(change, {
      title: `${name.label}快到期`,
      // Read later, “3小时” would be wrong.
      units: `${named(report)}最晚${chinaMomentText(deed.dueAt)}${name.deed}，请抓紧。`,
      // K4: an urgent matter that nobody has accepted at half time reaches the level above.
      onlyUnits: [...workers(change), ...(deed.tellsAbove ? [oneLevelUp(report.unitPath)] : [])],
    })
  },
  overdue: (change, deed) => {
    const { report } = change
    const name = deadlineName(deed.deadline, report.status)
    record(change, {
      kind: 'overdue',
      text: `已超过${name.deed}时限`,
      visibility: deed.deadline === 'contact' ? 'staff' : 'public',
    })
    announce(change, {
      title: `${name.label}已超期`,
      units: `${named(report)}应在${chinaMomentText(deed.dueAt)}前${name.deed}，已超期。`,
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
    resumeReport(change, '挂账到期，恢复办理')
  },
  'close-by-silence': (change) => {
    closeReport(change, `办结${change.law.rules.report.silenceClosesAfterDays}天没有等到全部评价，自动结案`)
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
    record(change, { kind: 'red-face-cleared', text: '迟到的一步已经补上，期满下榜，台账留存' })
    endIfNothingStands(change, 'came-late')
  },
  'end-declined': (change) => {
    clearEpisode(change, 'declined', '不予受理的申诉期已过，“红脸”销号')
  },
  'move-request-up': (change, deed) => {
    const { report, law, at } = change
    report.requests = report.requests.map((request) => {
      if (request.no !== deed.requestNo) return request
      const next = nextRulingUnitId(report, request)
      announce(change, {
        title: '审批超时上移',
        units: `${named(report)}的“${requestLabels[request.kind]}”申请没有按时审批，请审批。`,
        onlyUnits: [next],
      })
      return {
        ...request,
        rulingUnitId: next ?? request.rulingUnitId,
        movesUpAt: endOfWorkingDayAfter(law.calendar, at, law.rules.report.requestMovesUpAfterWorkingDays),
      }
    })
    record(change, {
      kind: 'request-moved-up',
      text: '申请没有按时审批，转到更上一级',
      visibility: 'parties',
    })
  },
  'end-request': (change, deed) => {
    const request = change.report.requests.find((one) => one.no === deed.requestNo)
    if (!request) return
    if (request.side === 'resident') {
      // K8: an undecided appeal of a resident is upheld.
      grantRequest(change, request, '上级逾期未裁定，申诉自动成立', undefined)
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
      (deeds[deed.kind] as (change: ReportChange, deed: ClockDeed) => void)(change, deed),
    finish: finishChange,
  })
