import * as fc from 'fast-check'
import { categoryIds, groupOf } from '../../../../cloudfunctions/contexts/category/rules/category'
import {
  type Comparable,
  isSameMatter,
  mayMerge,
  metresApart,
  placeNameOf,
} from '../../../../cloudfunctions/contexts/report/rules/alike'
import { reportStatuses, statusKind } from '../../../../cloudfunctions/contexts/report/rules/lifecycle'
import { movePoint } from '../../../../cloudfunctions/ground/geometry'

const origin = { lng: 110.52, lat: 40.56 }
const path = ['15', '1502', '150221', '150221104', '150221104004']

const one = (id: string, changes: Partial<Comparable> = {}): Comparable => ({
  id,
  status: 'accepted',
  categoryId: 'lane-repair',
  unitPath: path,
  place: { point: origin, words: '' },
  ...changes,
})
const at = (metres: number, words = '') => ({ point: movePoint(origin, metres, 0), words })

describe('M1: what is the same matter', () => {
  test('lies within 100 m, in one group of categories, whatever branch it lies with', () => {
    const lane = one('a')
    expect(isSameMatter(lane, one('b', { place: at(99), categoryId: 'lane-hardening' }))).toBe(true)
    expect(isSameMatter(lane, one('b', { place: at(99), unitPath: [...path.slice(0, 3), 'x', 'y'] }))).toBe(
      true,
    )
    expect(isSameMatter(lane, one('b', { place: at(101) }))).toBe(false)
    expect(isSameMatter(lane, one('b', { place: at(1), categoryId: 'street-lamp' }))).toBe(false)
    expect(isSameMatter(lane, lane)).toBe(false)
  })

  test('is no distance apart where no map shows one of them', () => {
    expect(metresApart(one('a'), one('b', { place: { words: '' } }))).toBeNull()
  })

  test('or carries the name of the same lane, yard or building in one township', () => {
    const lane = one('a', { place: at(0, '后炭市社区 第二巷') })
    expect(isSameMatter(lane, one('b', { place: at(400, '后炭市社区第2巷。') }))).toBe(true)
    expect(isSameMatter(lane, one('b', { place: at(400, '第二巷') }))).toBe(true)
    expect(isSameMatter(lane, one('b', { place: { words: '后炭市社区第二巷' } }))).toBe(true)
    expect(isSameMatter(lane, one('b', { place: at(1500, '后炭市社区第二巷') }))).toBe(false)
    expect(isSameMatter(lane, one('b', { place: at(400, '后炭市社区第三巷') }))).toBe(false)
    expect(isSameMatter(lane, one('b', { place: at(400, '东街社区第二巷') }))).toBe(false)
    const elsewhere = [...path.slice(0, 3), '150221105', '150221105001']
    expect(isSameMatter(lane, one('b', { place: at(400, '第二巷'), unitPath: elsewhere }))).toBe(false)
  })

  test('of two that no map shows and no ground is said of, one village must answer', () => {
    const words = { place: { words: '第二巷' } }
    expect(isSameMatter(one('a', words), one('b', words))).toBe(true)
    expect(isSameMatter(one('a', words), one('b', { ...words, unitPath: [...path.slice(0, 4), 'z'] }))).toBe(
      false,
    )
    expect(isSameMatter(one('a', words), one('b', { ...words, unitPath: path.slice(0, 4) }))).toBe(false)
  })

  test('a village’s name is no place', () => {
    const village = { place: at(0, '先锋乡张家伙房村') }
    expect(isSameMatter(one('a', village), one('b', { place: at(400, '先锋乡张家伙房村') }))).toBe(false)
  })

  test.each([
    ['后炭市社区第三巷', '第3巷'],
    ['供销社往东第二条巷子', '供销社往东第2条巷子'],
    ['阳光小区 3号楼', '阳光小区3号楼'],
    ['阳光小区十二号楼', '阳光小区12号楼'],
    ['二十一号院', '21号院'],
    ['萨拉齐镇 红旗小学院', '红旗小学院'],
    ['张家伙房村', null],
    ['后炭市社区', null],
    ['村里的路', null],
    ['我家门口的巷子', null],
    ['这条巷', null],
    ['', null],
    [`第二巷${'很长的故事'.repeat(10)}`, null],
  ])('the words %p name %p', (words, name) => {
    expect(placeNameOf(words)).toBe(name)
  })

  test('the order in which two are compared changes nothing', () => {
    const words = fc.constantFrom('', '第二巷', '后炭市社区第二巷', '东街社区第二巷', '后炭市社区')
    const anyOne = fc.record({
      categoryId: fc.constantFrom(...categoryIds),
      place: fc.oneof(
        words.map((said) => ({ words: said })),
        fc.tuple(fc.integer({ min: 0, max: 1200 }), words).map(([metres, said]) => at(metres, said)),
      ),
      unitPath: fc.constantFrom(path, path.slice(0, 4), [...path.slice(0, 4), 'z'], ['15']),
    })
    fc.assert(
      fc.property(anyOne, anyOne, (x, y) => {
        const [a, b] = [one('a', x), one('b', y)]
        expect(isSameMatter(a, b)).toBe(isSameMatter(b, a))
        if (isSameMatter(a, b)) expect(groupOf(x.categoryId)).toBe(groupOf(y.categoryId))
      }),
    )
  })
})

describe('M1: what may be merged', () => {
  test.each(reportStatuses)(
    'into a parent that is %s, only when that is neither done nor suspended',
    (status) => {
      const isTaking = statusKind(status) !== 'done' && status !== 'suspended'
      expect(mayMerge(one('a'), one('b', { status }))).toBe(isTaking)
    },
  )

  test.each(reportStatuses)('a child that is %s, only when that is not done', (status) => {
    expect(mayMerge(one('a', { status }), one('b'))).toBe(statusKind(status) !== 'done')
  })

  test('never a complaint, nor into one, nor into what has been merged itself', () => {
    const complaint = { categoryId: 'about-branch' } as const
    expect(mayMerge(one('a', complaint), one('b', complaint))).toBe(false)
    expect(mayMerge(one('a'), one('b', { parentReportId: 'c' }))).toBe(false)
    expect(mayMerge(one('a'), one('b'))).toBe(true)
  })
})
