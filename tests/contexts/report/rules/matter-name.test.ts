import {
  matterFacts,
  nameFor,
  reportedAtOf,
} from '../../../../cloudfunctions/contexts/report/rules/matter-name'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { matterLine } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  aDecision,
  aReport,
  mondayAt,
  reporter,
  supportedBy,
  supporter,
  take,
} from '../../../support/builders'

const categoryName = '路面坑洼积泥要修补'
const toEverybody = { categoryName, mayReadWords: false, isReporter: false }
const toStaff = { categoryName, mayReadWords: true, isReporter: false }

test('who may read the reporter’s words reads where it is, the day and the number', () => {
  expect(matterFacts(nameFor(aReport(), toStaff), () => '今天9:20')).toEqual([
    '供销社往东第二条巷子',
    '今天9:20上报',
    '编号 260-411-7838',
  ])
  expect(matterLine(nameFor(aReport(), toStaff))).toBe(
    '供销社往东第二条巷子 · 3月2日 10:00上报 · 编号 260-411-7838',
  )
})

test('everybody else reads no more of the place than the area of the unit, the minute instead of the number', () => {
  const name = nameFor(aReport(), toEverybody)
  expect(name).toMatchObject({ placeWords: '后炭市社区', number: null })
  expect(matterLine({ ...name, title: '第二条巷子铺砂' })).toBe(
    '路面坑洼积泥要修补 · 后炭市社区 · 3月2日 10:00上报',
  )
})

test('what the title says already is not said twice', () => {
  const name = nameFor(aReport(), toEverybody)
  expect(name.title).toBe('后炭市社区 · 路面坑洼积泥要修补')
  expect(matterLine(name)).toBe('3月2日 10:00上报')
})

test('of a place without words the grid cell is named, to whoever may know it', () => {
  const onTheMap = aReport({ place: { point: { lng: 110.52, lat: 40.56 }, words: '' } })
  expect(nameFor(onTheMap, toStaff).placeWords).toBe('后炭市社区第三网格')
  expect(nameFor(onTheMap, toEverybody).placeWords).toBe('后炭市社区')
})

test('where there is neither, the area of the unit', () => {
  const { cellName: _cellName, ...decision } = aDecision()
  const nowhere = aReport({ place: { words: '' }, decision })
  expect(nameFor(nowhere, toStaff).placeWords).toBe('后炭市社区')
})

test('a report stored before there were numbers is named without', () => {
  const { number: _number, ...old } = aReport()
  expect(nameFor(old, toStaff).number).toBeNull()
})

describe('what the branch declared is said to be reported by nobody until somebody has', () => {
  const takenUpAt = mondayAt + 3 * dayMs
  const declared = aReport({ reporterKey: null })
  const named = (report: Report) => nameFor({ ...report, reportedAt: reportedAtOf(report) }, toEverybody)
  const taken = take(declared, 'take-up', { by: reporter, now: takenUpAt })

  test('before: whose it is, and that nobody has', () => {
    expect(matterLine(named(declared))).toContain('3月2日 10:00支部自己列出，还没人上报')
  })

  test('after: when somebody did, not when it was listed', () => {
    expect(matterLine(named(taken))).toContain('3月5日 10:00上报')
  })

  test('what a resident reported is theirs from the beginning, whoever has their place later', () => {
    const crowded = supportedBy(aReport(), supporter)
    const left = take(crowded, 'withdraw', { now: takenUpAt })
    for (const report of [crowded, left]) {
      expect(reportedAtOf(report)).toBeUndefined()
      expect(matterLine(named(report))).toContain('3月2日 10:00上报')
    }
  })
})
