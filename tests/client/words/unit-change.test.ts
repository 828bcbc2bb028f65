import {
  changedBy,
  changeLines,
  changeTitle,
  endOf,
  type UnitChangeView,
  unitClash,
} from '../../../client/words/unit-change'

const instantOf = (local: string): number => Date.parse(`${local}+08:00`)

const now = instantOf('2026-12-01T10:00:00')
const named = [
  { id: '150221104', name: '萨拉齐镇党委' },
  { id: 'u1', name: '东街第一党支部' },
]
const change: UnitChangeView = {
  id: 'c1',
  unitId: '150221104004',
  kind: 'corrected',
  status: 'done',
  madeAt: instantOf('2026-12-01T09:40:00'),
  effectiveAt: instantOf('2026-12-01T09:40:00'),
  byUnitName: '土默特右旗委',
  byName: null,
  changes: [
    { field: 'phone', before: null, after: '04728881234' },
    { field: 'population', before: 812, after: 820 },
    { field: 'address', before: '西街', after: null },
    { field: 'floatingShare', before: null, after: 12.5 },
  ],
  newUnitIds: [],
  mayUndo: true,
}

test('a change says of each field what it was and what it is, and of an empty one nothing', () => {
  expect(changeLines(change, named, now)).toEqual([
    '办公电话：04728881234',
    '人口：812 → 820',
    '办公地点：西街 → 没有',
    '流动人口占比：12.5%',
  ])
})

test('units are called by their names, days as one says them, and what is empty before and after is not said', () => {
  const endsAt = instantOf('2026-12-02T00:00:00')
  const moved = {
    ...change,
    kind: 'moved' as const,
    changes: [
      { field: 'parentId' as const, before: '150221', after: '150221104' },
      { field: 'endsAt' as const, before: null, after: endsAt },
      { field: 'successorId' as const, before: null, after: null },
    ],
  }
  expect(changeLines(moved, named, now)).toEqual(['上级单位：150221 → 萨拉齐镇党委', '撤销的日子：明天'])
  const split = { ...change, kind: 'split' as const, changes: [], newUnitIds: ['u1', 'gone'] }
  expect(changeLines(split, named, now)).toEqual(['分出：东街第一党支部'])
})

test.each([
  ['done', '撤销了'],
  ['planned', '要撤销'],
  ['undone', '撤销了（已撤回）'],
  ['dropped', '撤销了（没有生效就撤回了）'],
] as const)('a closing that is %s is called %s', (status, title) => {
  expect(changeTitle({ kind: 'closed', status })).toBe(title)
})

test('whoever made it is called by unit and name', () => {
  expect(changedBy(change)).toBe('土默特右旗委')
  expect(changedBy({ ...change, byName: '某同志' })).toBe('土默特右旗委 某同志')
})

test('whoever was second is told who was first, when and what, and that the words are still there', () => {
  const renamed = {
    ...change,
    kind: 'renamed' as const,
    changes: [{ field: 'name' as const, before: '甲支部', after: '乙支部' }],
  }
  expect(unitClash(renamed, named, now)).toEqual({
    title: '刚被别人改过',
    text: '今天 9:40，土默特右旗委改了名称，名称：甲支部 → 乙支部。您写的还在，看过再按一次。',
  })
  expect(unitClash(undefined, named, now).text).toContain('您写的还在')
})

test('an end is said where there is one: past, or the day', () => {
  expect(endOf({ endsAt: null }, now)).toBeUndefined()
  expect(endOf({ endsAt: now }, now)?.text).toBe('已撤')
  expect(endOf({ endsAt: instantOf('2026-12-02T00:00:00') }, now)?.text).toBe('明天撤')
})
