import * as fc from 'fast-check'
import {
  type EarlierReport,
  isRecurring,
  type RecurrenceFacts,
} from '../../../../cloudfunctions/contexts/red-face/rules/recurrence'
import { movePoint } from '../../../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import { rules } from '../../../support/builders'

const point = { lng: 110.52, lat: 40.56 }
const now = 1000 * dayMs
const earlier = (daysAgo: number, overrides: Partial<EarlierReport> = {}): EarlierReport => ({
  groupIds: ['sanitation'],
  point,
  submittedAt: now - daysAgo * dayMs,
  resolvedAt: now - daysAgo * dayMs + hourMs,
  counts: true,
  ...overrides,
})
const recurs = (
  earlierReports: readonly EarlierReport[],
  overrides: Partial<RecurrenceFacts> = {},
): boolean =>
  isRecurring(
    { groupId: 'sanitation', point, submittedAt: now, cureHoldsDays: 0, earlierReports, ...overrides },
    rules.redFace,
  )

describe('F1: recurring', () => {
  test('is the third occurrence on one spot, in one group, within ninety days', () => {
    expect(recurs([earlier(60), earlier(30)])).toBe(true)
    expect(recurs([earlier(60)])).toBe(false)
    expect(recurs([earlier(90), earlier(30)])).toBe(true)
    expect(recurs([earlier(91), earlier(30)])).toBe(false)
  })

  test('counts occurrences, not rows: three neighbours who report one dark lamp are one', () => {
    const sameHour = (minutes: number): EarlierReport => ({
      ...earlier(30),
      submittedAt: now - 30 * dayMs + minutes * 60_000,
      resolvedAt: now - 29 * dayMs,
    })
    expect(recurs([sameHour(0), sameHour(10), sameHour(20)])).toBe(false)
    expect(recurs([sameHour(0), sameHour(10), earlier(10)])).toBe(true)
  })

  test('begins only after the one before was resolved: while one is open, nothing new has occurred', () => {
    expect(recurs([earlier(60), earlier(30, { resolvedAt: undefined })])).toBe(false)
    expect(recurs([earlier(60), earlier(30), earlier(1, { resolvedAt: undefined })])).toBe(false)
  })

  test('counts nothing that was withdrawn, declined or merged', () => {
    expect(recurs([earlier(60), earlier(30, { counts: false })])).toBe(false)
  })

  test('counts nothing of another group, farther than fifty metres, or without a place', () => {
    expect(recurs([earlier(60), earlier(30, { groupIds: ['road'] })])).toBe(false)
    expect(recurs([earlier(60), earlier(30, { point: movePoint(point, 49, 0) })])).toBe(true)
    expect(recurs([earlier(60), earlier(30, { point: movePoint(point, 51, 0) })])).toBe(false)
    expect(recurs([earlier(60), earlier(30, { point: undefined })])).toBe(false)
    expect(recurs([earlier(60), earlier(30)], { point: undefined })).toBe(false)
  })

  test('is one alone within the time a cure of the category must hold, whatever the remedy was called', () => {
    const lamp = { cureHoldsDays: 90 }
    const fixedDaysAgo = (days: number) => earlier(300, { resolvedAt: now - days * dayMs })
    expect(recurs([fixedDaysAgo(90)], lamp)).toBe(true)
    expect(recurs([fixedDaysAgo(91)], lamp)).toBe(false)
    expect(recurs([fixedDaysAgo(300)], { cureHoldsDays: 365 })).toBe(true)
    expect(recurs([fixedDaysAgo(1)], { cureHoldsDays: 0 })).toBe(false)
  })
})

test('F1: what was done before any rule looks back changes nothing, so that nobody need read it', () => {
  const days = fc.integer({ min: 0, max: 900 })
  const history = fc.array(
    fc.record({
      daysAgo: days,
      tookDays: fc.option(days),
      counts: fc.boolean(),
      east: fc.integer({ min: 0, max: 80 }),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(history, fc.constantFrom(0, 90, 365), (told, cureHoldsDays) => {
      const all = told.map(({ daysAgo, tookDays, counts, east }) =>
        earlier(daysAgo, {
          counts,
          point: movePoint(point, east, 0),
          resolvedAt: tookDays === null ? undefined : now - Math.max(0, daysAgo - tookDays) * dayMs,
        }),
      )
      const sinceAt = now - Math.max(cureHoldsDays, rules.redFace.recurrence.withinDays) * dayMs
      const alive = all.filter(({ resolvedAt }) => resolvedAt === undefined || resolvedAt >= sinceAt)
      expect(recurs(alive, { cureHoldsDays })).toBe(recurs(all, { cureHoldsDays }))
    }),
  )
})
