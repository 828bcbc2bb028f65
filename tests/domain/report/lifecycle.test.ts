import * as fc from 'fast-check'
import { activeEpisode } from '../../../cloudfunctions/domain/red-face/red-face'
import {
  lifecycle,
  mayFollow,
  type ReportStatus,
  reportStatuses,
  statusKind,
  statusLabel,
} from '../../../cloudfunctions/domain/report/lifecycle'
import type { Report, ReportEventKind } from '../../../cloudfunctions/domain/report/report'
import { refusalMessages } from '../../../cloudfunctions/domain/result'
import { reportIn, rules } from '../../support/builders'
import { anyOpening, anySteps, scenesOf, takeStep } from '../../support/walk'

describe('the lifecycle', () => {
  test('leads from status to status as the party office has drawn it', () => {
    const arrows = reportStatuses.map(
      (status) =>
        `${statusLabel(status)}（${statusKind(status)}）→ ${lifecycle[status].leavesTo.map(statusLabel).join('、') || '终'}`,
    )
    expect(arrows).toEqual([
      '待分派（waiting）→ 待受理、已撤回',
      '待受理（waiting）→ 已受理、待分派、待受理、不予受理、已并案、已撤回',
      '已受理（working）→ 处置中、待评价、挂账、已并案、已撤回、待受理',
      '处置中（working）→ 处置中、已受理、待核查、挂账、已撤回',
      '待核查（working）→ 待评价、处置中',
      '挂账（working）→ 已受理',
      '待评价（done）→ 已结案、已受理',
      '已结案（done）→ 已受理',
      '不予受理（done）→ 待受理',
      '已并案（done）→ 终',
      '已撤回（done）→ 终',
    ])
  })

  test.each(reportStatuses)('a report can be brought to %s by the steps that lead there', (status) => {
    expect(reportIn(status).status).toBe(status)
  })
})

const newEvents = (before: Report, after: Report) => after.timeline.slice(before.timeline.length)
const happened = (before: Report, after: Report, kind: ReportEventKind): boolean =>
  newEvents(before, after).some((event) => event.kind === kind)

/** Checks a rule after every step of every history that people and the clock can make. */
const always = (rule: (before: Report, after: Report) => void): void => {
  fc.assert(
    fc.property(anyOpening, anySteps, (opening, steps) => {
      let before = opening.report
      for (const { report } of scenesOf(opening, steps)) {
        rule(before, report)
        before = report
      }
    }),
  )
}

describe('whatever people and the clock do', () => {
  test('no step that is allowed ends in an error, and a refusal says why in Chinese', () => {
    fc.assert(
      fc.property(anyOpening, anySteps, (opening, steps) => {
        let scene = opening
        for (const step of steps) {
          const taken = takeStep(scene, step)
          if (taken.result && !taken.result.ok) {
            expect(Object.keys(refusalMessages)).toContain(taken.result.error.code)
            expect(taken.result.error.message).toMatch(/[\u4e00-\u9fff]/)
            expect(taken.scene.report).toBe(scene.report)
          }
          scene = taken.scene
        }
      }),
    )
  })

  test('random histories reach every status', () => {
    const reached = new Set<ReportStatus>()
    const histories = fc.sample(fc.tuple(anyOpening, anySteps), { numRuns: 300, seed: 7 })
    for (const [opening, steps] of histories) {
      for (const { report } of scenesOf(opening, steps)) reached.add(report.status)
    }
    expect([...reached].sort()).toEqual([...reportStatuses].sort())
  })

  test('every change raises the revision and adds to the trace', () => {
    always((before, after) => {
      if (after === before) return
      expect(after.rev).toBeGreaterThan(before.rev)
      expect(after.timeline.length).toBeGreaterThan(before.timeline.length)
      expect(after.timeline.slice(0, before.timeline.length)).toEqual(before.timeline)
      for (const event of newEvents(before, after)) {
        expect(event.rev).toBeGreaterThan(before.rev)
        expect(event.rev).toBeLessThanOrEqual(after.rev)
      }
    })
  })

  test('the trace is numbered without gaps and never goes back in time', () => {
    always((_before, after) => {
      const { timeline } = after
      expect(timeline.map((event) => event.seq)).toEqual(timeline.map((_event, index) => index + 1))
      const instants = timeline.map((event) => event.at)
      expect(instants).toEqual([...instants].sort((a, b) => a - b))
      expect(instants[instants.length - 1]).toBeLessThanOrEqual(after.changedAt)
    })
  })

  test('the status only follows the arrows of the lifecycle', () => {
    always((_before, after) => {
      let last: ReportStatus | undefined
      for (const { status } of after.timeline) {
        if (last !== undefined && last !== status) expect(mayFollow(last, status)).toBe(true)
        last = status
      }
      expect(last).toBe(after.status)
    })
  })

  test('exactly one unit is responsible: a branch, or while unrouted the unit that sorts by hand', () => {
    always((_before, after) => {
      expect(after.branchId === null).toBe(after.status === 'unrouted' || isWithdrawnUnrouted(after))
      expect(after.unitPath.length).toBeGreaterThan(0)
      if (after.branchId !== null) expect(after.unitPath[after.unitPath.length - 1]).toBe(after.branchId)
      expect(after.branchName).not.toBe('')
    })
  })

  test('a handler has the work exactly while it is dispatched or awaits its check', () => {
    always((_before, after) => {
      const isInHand = after.status === 'dispatched' || after.status === 'awaiting-check'
      expect(after.handlerUnitId !== null).toBe(isInHand)
    })
  })

  test('the times to accept and to contact never move', () => {
    always((before, after) => {
      const { acceptDueAt, contactDueAt, startedAt } = before.deadlines
      expect(after.deadlines).toMatchObject({ acceptDueAt, contactDueAt, startedAt })
    })
  })

  test('the time to resolve moves by an approved extension or by the length of an approved suspension, by nothing else', () => {
    always((before, after) => {
      const movedMs = after.deadlines.resolveDueAt - before.deadlines.resolveDueAt
      const stoppedMs = after.suspendedMs - before.suspendedMs
      if (stoppedMs > 0) expect(happened(before, after, 'resumed')).toBe(true)
      if (happened(before, after, 'extended')) return
      expect(movedMs).toBe(stoppedMs)
    })
  })

  test('the time for a plan moves only by the length of an approved suspension', () => {
    always((before, after) => {
      if (before.deadlines.planDueAt === undefined) {
        expect(after.deadlines.planDueAt).toBeUndefined()
        return
      }
      expect((after.deadlines.planDueAt ?? 0) - before.deadlines.planDueAt).toBe(
        after.suspendedMs - before.suspendedMs,
      )
    })
  })

  test('a transfer, a return, a take-over and a reopening leave every time as it was', () => {
    always((before, after) => {
      const isMoved = (['transferred', 'returned', 'taken-over', 'reopened'] as const).some((kind) =>
        happened(before, after, kind),
      )
      if (!isMoved || happened(before, after, 'resumed')) return
      expect(after.deadlines).toEqual(before.deadlines)
    })
  })

  test('a suspension lies on the report exactly while it is suspended', () => {
    always((_before, after) => {
      expect(after.suspension !== undefined).toBe(after.status === 'suspended')
    })
  })

  test('what the branch asked for does not outlive the work it was about', () => {
    always((_before, after) => {
      const kind = after.pendingRequest?.kind
      if (kind === 'suspend' || kind === 'extend' || kind === 'transfer') {
        expect(statusKind(after.status)).not.toBe('done')
      }
      if (kind === 'appeal-decline') expect(after.status).toBe('declined')
      expect(kind === 'appeal-red-face').toBe(activeEpisode(after.redFaces)?.state === 'frozen')
    })
  })

  test('a report is returned three times at most', () => {
    always((_before, after) => {
      expect(after.returnCount).toBeLessThanOrEqual(rules.report.maxReturns)
    })
  })

  test('every piece of derived work has a name of its own', () => {
    always((_before, after) => {
      const ids = after.outbox.map((entry) => entry.id)
      expect(new Set(ids).size).toBe(ids.length)
    })
  })
})

const isWithdrawnUnrouted = (report: Report): boolean =>
  report.status === 'withdrawn' && report.branchId === null
