import * as fc from 'fast-check'
import { entriesOf } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import {
  activeEpisode,
  isStanding,
  isUntold,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { noDueAt } from '../../../../cloudfunctions/contexts/report/rules/change'
import { countedContact } from '../../../../cloudfunctions/contexts/report/rules/contact'
import { isOverdue, runningDueAt } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import {
  lifecycle,
  mayFollow,
  type ReportStatus,
  reportStatuses,
  statusKind,
  statusLabel,
} from '../../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Report, ReportEventKind } from '../../../../cloudfunctions/contexts/report/rules/report'
import { nextClockAt } from '../../../../cloudfunctions/contexts/report/rules/schedule'
import { unitsThatMissed } from '../../../../cloudfunctions/contexts/report/rules/stint'
import { lineText, messageText } from '../../../../cloudfunctions/contexts/report/words'
import { refusalMessages } from '../../../../cloudfunctions/ground/result'
import { law, newWork, reportIn, rules } from '../../../support/builders'
import { supportersOf } from '../../../support/rolls'
import { anyOpening, anyTurns, historyOf, type Taken } from '../../../support/walk'

describe('the lifecycle', () => {
  test('leads from status to status as the party office has drawn it', () => {
    const arrows = reportStatuses.map(
      (status) =>
        `${statusLabel(status)}（${statusKind(status)}）→ ${lifecycle[status].leavesTo.map(statusLabel).join('、') || '终'}`,
    )
    expect(arrows).toEqual([
      '待分派（waiting）→ 待分派、待受理、不予受理、已并案、已撤回',
      '待受理（waiting）→ 已受理、待分派、待受理、不予受理、已并案、已撤回',
      '已受理（working）→ 处置中、待评价、挂账、已并案、已撤回、待受理、待分派',
      '处置中（working）→ 处置中、已受理、待核查、挂账、已撤回、待受理',
      '待核查（working）→ 待评价、处置中、已受理、待受理、已撤回',
      '挂账（working）→ 已受理、待受理、已撤回',
      '待评价（done）→ 已结案、已受理、待受理',
      '已结案（done）→ 已受理、待受理',
      '不予受理（done）→ 待受理',
      '已并案（done）→ 待分派、待受理、已受理',
      '已撤回（done）→ 终',
    ])
  })

  test.each(reportStatuses)('a report can be brought to %s by the steps that lead there', (status) => {
    expect(reportIn(status).status).toBe(status)
  })
})

const manyHistories = 150
let played: readonly (readonly [Report, readonly Taken[]])[] | undefined
/** Each is played once and asked every rule: properties of one seed would each draw the same ones. */
const histories = () => {
  played ??= fc
    .sample(fc.tuple(anyOpening, anyTurns()), manyHistories)
    .map(([opening, turns]) => [opening.report, historyOf(opening, turns)] as const)
  return played
}

/** Checks a rule after every turn of random histories, those of the clock between two turns included. */
const always = (rule: (before: Report, after: Report, taken: Taken) => void): void => {
  const holdsIn = (opening: Report, history: readonly Taken[]): void => {
    let before = opening
    for (const taken of history) {
      rule(before, taken.before, taken)
      rule(taken.before, taken.moment.report, taken)
      before = taken.moment.report
    }
  }
  try {
    for (const [opening, history] of histories()) holdsIn(opening, history)
  } catch (broken) {
    // The same histories as a property, which names the shortest one that breaks the rule.
    fc.assert(
      fc.property(anyOpening, anyTurns(), (opening, turns) =>
        holdsIn(opening.report, historyOf(opening, turns)),
      ),
      { numRuns: manyHistories },
    )
    throw broken
  }
}

const newEvents = (before: Report, after: Report) => after.timeline.slice(before.timeline.length)
const happened = (before: Report, after: Report, ...kinds: readonly ReportEventKind[]): boolean =>
  newEvents(before, after).some((event) => kinds.includes(event.kind))
/** Was the last resolution somebody's look at a claim, not the word of whoever did it? */
const wasByCheck = ({ timeline, resolutions }: Report): boolean => {
  const at = resolutions[resolutions.length - 1]?.at
  return timeline.some((event) => event.at === at && event.action === 'report.check')
}

describe('whatever people and the clock do', () => {
  test('random histories reach every status', () => {
    const reached = new Set<ReportStatus>()
    const goThrough = (history: readonly Taken[]): void => {
      for (const { moment } of history) reached.add(moment.report.status)
    }
    for (const [, history] of histories()) goThrough(history)
    // Of other examples (FC_SEED) the shared ones may miss a status.
    const others = fc.sample(fc.tuple(anyOpening, anyTurns()), { numRuns: 400, seed: 11 })
    for (const [opening, turns] of others) {
      if (reached.size === reportStatuses.length) break
      goThrough(historyOf(opening, turns))
    }
    expect([...reached].sort()).toEqual([...reportStatuses].sort())
  })

  test('no step that is allowed ends in an error; a refusal says why in Chinese and changes nothing', () => {
    always((_before, _after, { before, moment, result }) => {
      if (!result || result.ok) return
      expect(Object.keys(refusalMessages)).toContain(result.error.code)
      expect(result.error.message).toMatch(/[\u4e00-\u9fff]/)
      expect(moment.report).toBe(before)
    })
  })

  test('every change raises the revision, and the trace only grows, numbered without gaps and forward in time', () => {
    always((before, after) => {
      if (after === before) return
      expect(after.rev).toBeGreaterThan(before.rev)
      const { timeline } = after
      expect(timeline.slice(0, before.timeline.length)).toEqual(before.timeline)
      expect(timeline.map((event) => event.seq)).toEqual(timeline.map((_event, index) => index + 1))
      const instants = timeline.map((event) => event.at)
      expect(instants).toEqual([...instants].sort((a, b) => a - b))
      for (const event of newEvents(before, after)) {
        expect(event.rev).toBeGreaterThan(before.rev)
        expect(event.rev).toBeLessThanOrEqual(after.rev)
        expect(event.at).toBeLessThanOrEqual(after.changedAt)
        expect(event.personKey !== undefined).toBe(event.visibility === 'person')
      }
    })
  })

  test('the status only follows the arrows of the lifecycle', () => {
    always((before, after) => {
      let last = before.status
      for (const { status } of newEvents(before, after)) {
        if (last !== status)
          expect(`${last} → ${status} ${mayFollow(last, status)}`).toBe(`${last} → ${status} true`)
        last = status
      }
      expect(last).toBe(after.status)
    })
  })

  test('A6: every matter that is not done has a unit that answers for it: a branch, or whoever must sort it', () => {
    always((_before, after) => {
      const { answerableUnit, isSorting, unitPath, stints } = after
      expect(answerableUnit.name).not.toBe('')
      expect(stints.at(-1)).toMatchObject({ unit: { ...answerableUnit, path: unitPath }, isSorting })
      expect(answerableUnit.id).toBe(unitPath.at(-1))
      if (after.status === 'unrouted') expect(isSorting).toBe(true)
      if (statusKind(after.status) === 'working' || after.status === 'routed') {
        expect(isSorting).toBe(false)
      }
    })
  })

  test('A2: the stints are never empty, follow one another, and the last is of whoever has it now', () => {
    always((_before, after) => {
      const { stints } = after
      const last = stints[stints.length - 1]
      expect(last?.unit.id).toBe(after.unitPath[after.unitPath.length - 1])
      expect(last?.unit.path).toEqual(after.unitPath)
      const starts = stints.map((stint) => stint.from)
      expect(starts).toEqual([...starts].sort((a, b) => a - b))
      for (const stint of stints) {
        if (stint.acceptedAt !== undefined) expect(stint.acceptedAt).toBeGreaterThanOrEqual(stint.from)
      }
      const { startedAt, resolveDueAt } = after.deadlines
      const guilty = unitsThatMissed(stints, after.holds, startedAt, resolveDueAt)
      expect(guilty.length).toBeGreaterThan(0)
      for (const unit of guilty) expect(stints.map((stint) => stint.unit.id)).toContain(unit.id)
    })
  })

  test('A1: the time to accept of the report is that of the unit that has it now, and counted from when it got it', () => {
    always((_before, after) => {
      const last = after.stints[after.stints.length - 1]
      expect(last?.acceptDueAt).toBe(after.deadlines.acceptDueAt)
      if (last && after.holds.every((hold) => (hold.to ?? last.from) <= last.from)) {
        expect(last.acceptDueAt).toBeGreaterThanOrEqual(last.from)
      }
    })
  })

  test('a handler has the work exactly while it is dispatched or awaits its check', () => {
    always((_before, after) => {
      const isInHand = after.status === 'dispatched' || after.status === 'awaiting-check'
      expect(after.handlerUnitId !== null).toBe(isInHand)
      if (isInHand) expect(after.dispatches[after.dispatches.length - 1]?.unitId).toBe(after.handlerUnitId)
    })
  })

  test('a claim lies on the report exactly while it awaits its check or was resolved by it', () => {
    always((_before, after) => {
      const resolution = after.resolutions[after.resolutions.length - 1]
      const isOver = after.status === 'resolved' || after.status === 'closed'
      const wasChecked = isOver && wasByCheck(after)
      expect(after.fixClaim !== undefined).toBe(after.status === 'awaiting-check' || wasChecked)
      if (wasChecked) {
        expect(resolution?.after).toEqual(after.fixClaim?.after)
        expect(resolution?.remedy).toBe(after.fixClaim?.remedy)
        expect(resolution?.byUnitName).toBe(after.fixClaim?.unitName)
      }
    })
  })

  test('closedAt exists exactly while closed or declined, resolvedAt while resolved or closed', () => {
    always((_before, after) => {
      expect(after.closedAt !== undefined).toBe(['closed', 'declined'].includes(after.status))
      expect(after.resolvedAt !== undefined).toBe(['resolved', 'closed'].includes(after.status))
    })
  })

  test('a suspension lies on the report exactly while it is suspended, and then it is in no overdue list', () => {
    always((_before, after, { moment }) => {
      expect(after.suspension !== undefined).toBe(after.status === 'suspended')
      if (after.status === 'suspended') {
        expect(isOverdue(after, moment.now + 10_000_000_000)).toBe(false)
        expect(after.dueAt).toBe(noDueAt)
      }
    })
  })

  test('K5, K6: the clock is held exactly while the matter is done or suspended, and holds never overlap', () => {
    always((_before, after) => {
      const isHeld = statusKind(after.status) === 'done' || after.status === 'suspended'
      expect(after.holds.filter((hold) => hold.to === undefined)).toHaveLength(isHeld ? 1 : 0)
      after.holds.forEach((hold, place) => {
        const next = after.holds[place + 1]
        if (next) expect(next.from).toBeGreaterThanOrEqual(hold.to ?? Number.POSITIVE_INFINITY)
        expect(hold.to ?? hold.from).toBeGreaterThanOrEqual(hold.from)
      })
    })
  })

  test('K6: approved days are counted by Chinese dates, never fewer than none nor more than in all', () => {
    always((_before, after) => {
      expect(after.suspendedDays).toBeGreaterThanOrEqual(0)
      expect(after.suspendedDays).toBeLessThanOrEqual(rules.report.maxSuspensionDaysInAll)
    })
  })

  test('C1: contactedAt is the first contact that counts, and stays the first', () => {
    always((before, after) => {
      expect(after.contactedAt).toBe(countedContact(after.contacts)?.at)
      const isDenied = happened(before, after, 'contact-denied', 'rated')
      if (before.contactedAt !== undefined && !isDenied && !happened(before, after, 'unmerged')) {
        expect(after.contactedAt).toBe(before.contactedAt)
      }
    })
  })

  test('C1: the time for a first word is never said to be over after one that counts', () => {
    always((before, after) => {
      for (const event of newEvents(before, after)) {
        if (event.kind !== 'overdue' || !lineText(event).includes('联系居民')) continue
        expect(before.contactedAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(event.at)
      }
    })
  })

  test('the next look of the clock that is stored is the first of the schedule', () => {
    always((_before, after) => {
      expect(after.nextClockAt).toBe(nextClockAt(after, law))
    })
  })

  test('the queue is sorted by the deadline that runs, and what has none comes last', () => {
    always((_before, after) => {
      expect(after.dueAt).toBe(runningDueAt(after) ?? noDueAt)
    })
  })

  test('K8: at most one request of each kind waits, of appeals against the list one of each unit, and none about work on what is done', () => {
    always((_before, after) => {
      const kinds = after.requests.map((request) => request.kind)
      const slots = after.requests.map((request) =>
        request.kind === 'appeal-red-face' ? `${request.kind} ${request.byUnitId}` : request.kind,
      )
      expect(new Set(slots).size).toBe(slots.length)
      const ofWork = ['suspend', 'extend', 'resume', 'decline', 'pass-on', 'reclassify', 'relocate']
      if (statusKind(after.status) === 'done') {
        expect(kinds.filter((kind) => ofWork.includes(kind))).toEqual([])
      } else {
        expect(
          kinds.filter((kind) => ['appeal-decline', 'appeal-closing', 'appeal-look'].includes(kind)),
        ).toEqual([])
      }
      if (after.status === 'merged' || after.status === 'withdrawn') expect(kinds).toEqual([])
      if (after.status !== 'suspended') expect(kinds).not.toContain('resume')
      if (statusKind(after.status) !== 'waiting') expect(kinds).not.toContain('decline')
    })
  })

  test('A7: nobody is told twice in one change, and every piece of work has a name of its own', () => {
    always((before, after) => {
      const ids = after.outbox.map((entry) => entry.id)
      expect(new Set(ids).size).toBe(ids.length)
      const told = newWork(before, after).flatMap((entry) =>
        entry.kind === 'message'
          ? [
              `${entry.id.split('.')[0]} ${typeof entry.to === 'object' ? JSON.stringify(entry.to) : entry.to}`,
            ]
          : [],
      )
      expect(new Set(told).size).toBe(told.length)
    })
  })

  test('A7: nobody is written to who is not there', () => {
    always((before, after) => {
      for (const entry of newWork(before, after)) {
        if (entry.kind !== 'message') continue
        expect(messageText(entry).text).not.toBe('')
        const isReporterThere = (one: Report) => one.reporterKey !== null && one.reporterLeftAt === undefined
        if (entry.to === 'reporter') expect(isReporterThere(before) || isReporterThere(after)).toBe(true)
        if (entry.to === 'co-reporters') {
          expect(after.coReporters.length + before.coReporters.length).toBeGreaterThan(0)
        }
        if (entry.to === 'supporters') {
          expect(after.supporters.count + before.supporters.count).toBeGreaterThan(0)
        }
      }
    })
  })

  test('M3: nobody has two parts in one matter', () => {
    always((_before, after) => {
      const keys = [
        after.reporterKey,
        ...after.coReporters.map((one) => one.key),
        ...supportersOf(after).map((one) => one.key),
      ].filter((key) => key !== null)
      expect(new Set(keys).size).toBe(keys.length)
    })
  })

  test('H4: a complaint is on no list, is handed to no partner unit and never to whom it is about', () => {
    always((_before, after) => {
      if (after.categoryId !== 'about-branch') return
      expect(after.redFaces).toEqual([])
      expect(after.dispatches).toEqual([])
      expect(after.supporters.count).toBe(0)
      if (!after.isSorting) expect(after.answerableUnit.id).not.toBe(after.accusedUnitId)
      expect(after.unitPath).not.toContain(after.accusedUnitId)
    })
  })

  test('K2, K7: the time to resolve only moves to where something moved it', () => {
    always((before, after) => {
      if (before.deadlines.resolveDueAt === after.deadlines.resolveDueAt) return
      expect(
        happened(
          before,
          after,
          'extended',
          'resumed',
          'reopened',
          'unmerged',
          'reclassified',
          'absorbed',
          'released',
          // Where nobody has accepted it the entry ends and the matter stays: what had passed is due anew (ADR 64).
          'red-face-cleared',
        ),
      ).toBe(true)
      if (happened(before, after, 'extended', 'resumed', 'reopened', 'unmerged', 'red-face-cleared')) {
        expect(after.deadlines.resolveDueAt).toBeGreaterThan(before.deadlines.resolveDueAt)
      }
    })
  })
})

describe('the red-face list follows from the report', () => {
  test('F2: the entries are one for each unit of a stay, and what they say is what its causes say', () => {
    always((_before, after) => {
      const entries = entriesOf(after.redFaces)
      for (const episode of after.redFaces) {
        const ofEpisode = entries.filter((entry) => entry.episodeNo === episode.no)
        const unitIds = new Set(episode.causes.map((cause) => cause.unit.id))
        expect(new Set(ofEpisode.map((entry) => entry.unit.id))).toEqual(unitIds)
        expect(ofEpisode).toHaveLength(unitIds.size)
        for (const entry of ofEpisode) {
          const own = episode.causes.filter((cause) => cause.unit.id === entry.unit.id)
          const isShown = own.some((cause) => cause.publishedAt !== undefined && cause.struckAt === undefined)
          const isOver = episode.endedAt !== undefined || !own.some(isStanding)
          expect(entry.list).toBe(
            isOver ? (isShown ? 'cleared' : 'never-public') : isShown ? 'public' : 'notice',
          )
          expect(entry.endedAt !== null).toBe(isOver)
        }
      }
    })
  })

  test('F6: whenever the entries change, they are sent to be shown, and the ledger hears of every change of a cause', () => {
    always((before, after) => {
      // Of a stay that is over, only what it says of itself.
      const shown = ({ redFaces, publicSummary, supporters }: Report) =>
        JSON.stringify([entriesOf(redFaces), publicSummary, activeEpisode(redFaces) && supporters.count])
      if (after.redFaces.length === 0) return
      const work = newWork(before, after)
      if (shown(before) !== shown(after)) expect(work.map((entry) => entry.kind)).toContain('red-face')
      // What is untold has no row (S1).
      const count = (report: Report, what: 'publishedAt' | 'struckAt') =>
        report.redFaces
          .flatMap((episode) => episode.causes)
          .filter((cause) => cause[what] !== undefined && !isUntold(cause)).length
      const rows = (entry: string) =>
        work.filter((one) => one.kind === 'ledger' && one.entry === entry).length
      expect(rows('struck')).toBe(count(after, 'struckAt') - count(before, 'struckAt'))
      expect(rows('published')).toBe(count(after, 'publishedAt') - count(before, 'publishedAt'))
    })
  })

  test('F2: a stay that runs has a cause that stands, and at most one runs', () => {
    always((_before, after) => {
      expect(after.redFaces.filter((episode) => episode.endedAt === undefined).length).toBeLessThanOrEqual(1)
      const active = activeEpisode(after.redFaces)
      if (active) expect(active.causes.some(isStanding)).toBe(true)
      const numbers = after.redFaces.flatMap((episode) => episode.causes.map((cause) => cause.no))
      expect(numbers).toEqual(numbers.map((_no, place) => place + 1))
    })
  })

  test('F3: a cause is under appeal exactly while a request disputes it, and is disputed once', () => {
    always((before, after) => {
      const active = activeEpisode(after.redFaces)
      const requests = after.requests.filter((one) => one.kind === 'appeal-red-face').map((one) => one.no)
      for (const cause of active?.causes ?? []) {
        if (!cause.appeal) continue
        expect(requests).toContain(cause.appeal.requestNo)
        expect(cause.wasAppealed).toBe(true)
      }
      const disputed = (report: Report) =>
        report.redFaces.flatMap((episode) => episode.causes.filter((cause) => cause.wasAppealed)).length
      expect(disputed(after)).toBeGreaterThanOrEqual(disputed(before))
    })
  })
})
