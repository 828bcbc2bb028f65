import { activeEpisode, publishRedFace, supportersVerdict } from '../red-face/red-face'
import type { RuleBook } from '../rules'
import { addRedFaceCause, beginChange, finishChange, type ReportChange, record, tellUnit } from './change'
import { announcePublication, clearEpisode, closeReport, resumeReport } from './moves'
import { answerableUnitId, type Report } from './report'
import { type ClockDeed, scheduleOf } from './schedule'

const deadlineNames = { accept: '受理', contact: '联系居民', resolve: '办结' } as const

const hoursLeft = (ms: number): string => {
  const hours = Math.round(ms / 3_600_000)
  if (hours >= 1) return `${hours}小时`
  return `${Math.max(1, Math.round(ms / 60_000))}分钟`
}

const deeds: {
  readonly [K in ClockDeed['kind']]: (change: ReportChange, deed: Extract<ClockDeed, { kind: K }>) => void
} = {
  warn: (change, deed) => {
    const left = hoursLeft(deed.dueAt - change.at)
    const name = deadlineNames[deed.deadline]
    record(change, { kind: 'due-soon', text: `离${name}时限还有${left}`, visibility: 'staff' })
    const text = `“${change.report.publicSummary}”离${name}时限还有${left}，请抓紧。`
    tellUnit(change, answerableUnitId(change.report), '临期提醒', text)
    if (change.report.handlerUnitId) tellUnit(change, change.report.handlerUnitId, '临期提醒', text)
  },
  overdue: (change, deed) => {
    const name = deadlineNames[deed.deadline]
    record(change, {
      kind: 'overdue',
      text: `已超过${name}时限`,
      visibility: deed.deadline === 'contact' ? 'staff' : 'public',
    })
    if (deed.deadline === 'contact') {
      tellUnit(
        change,
        answerableUnitId(change.report),
        '联系超时',
        `“${change.report.publicSummary}”还没有联系居民。`,
      )
    } else {
      addRedFaceCause(change, deed.deadline === 'accept' ? 'accept-overdue' : 'resolve-overdue')
    }
  },
  resume: (change) => {
    resumeReport(change, '挂账到期，恢复办理')
  },
  'close-by-silence': (change) => {
    closeReport(change, `办结${change.rules.report.silenceClosesAfterDays}天没有收到评价，自动结案`)
  },
  'publish-red-face': (change) => {
    const { report } = change
    const published = publishRedFace(report.redFaces, change.at)
    if (!published.change) return
    report.redFaces = published.episodes
    announcePublication(change, activeEpisode(report.redFaces)?.no ?? report.redFaces.length)
  },
  'judge-supporters': (change) => {
    judgeSupporters(change)
  },
}

/**
 * Clears the running episode when more than half of the supporters who answered within the window agree
 * and nobody objected with a photo.
 */
export const judgeSupporters = (change: ReportChange): void => {
  const { report, rules } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode) return
  const verdict = supportersVerdict(
    episode,
    report.supporters.map((supporter) => supporter.key),
    change.at,
    rules.redFace.consentWithinDays,
  )
  if (verdict !== 'agreed') return
  clearEpisode(change, 'supporters', '过半数遇到同样问题的居民确认已解决，“红脸”销号')
}

/**
 * Catches the report up to `now`: every deed that has fallen due, in order, each dated when it fell due.
 * Running it late, twice or after a gap ends in the same report. Returns the same object when nothing is due.
 */
export const catchUp = (report: Report, now: number, rules: RuleBook): Report => {
  let current = report
  for (;;) {
    const next = scheduleOf(current, rules)[0]
    if (!next || next.at > now) return current
    const change = beginChange(current, Math.max(next.at, current.changedAt), { side: 'system' }, rules)
    if (next.mark) change.report.clockMarks = [...change.report.clockMarks, next.mark]
    const carryOut = deeds[next.deed.kind] as (change: ReportChange, deed: ClockDeed) => void
    carryOut(change, next.deed)
    current = finishChange(change)
  }
}
