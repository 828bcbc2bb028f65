import fc from 'fast-check'
import type { Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { cellsOf, columnsOf, type ListCells } from '../../../cloudfunctions/contexts/unit-list/rules/columns'
import {
  type Cure,
  type JudgedRow,
  judgeList,
  type KnownTree,
  keyOf,
  type ListRow,
} from '../../../cloudfunctions/contexts/unit-list/rules/judge-list'
import { banner, branch, mondayAt, otherBranch, township } from '../../support/builders'

const known: KnownTree = {
  root: banner,
  units: [banner, township, branch, otherBranch],
  elsewhere: new Set(['150222']),
  now: mondayAt,
}
const listOf = (...cells: readonly ListCells[]): readonly ListRow[] =>
  cells.map((one, at) => ({ no: at + 2, cells: one }))
const judge = (...cells: readonly ListCells[]): readonly JudgedRow[] => judgeList(listOf(...cells), known)
const village = (more: ListCells = {}): ListCells => ({
  name: '新村党支部',
  kind: '党支部',
  code: '150221100201',
  parentCode: township.id,
  ...more,
})

describe('the columns of a list', () => {
  test('are known by their headers, whatever spaces and signs are in them', () => {
    const columns = columnsOf([
      '单位 名称*',
      '类别',
      '编码',
      '上级编码：',
      '备注',
      '流动人口占比（%）',
      'name',
    ])
    expect(columns.map(({ field }) => field)).toEqual([
      'name',
      'kind',
      'code',
      'parentCode',
      null,
      'floatingShare',
      null,
    ])
    expect(cellsOf(columns, ['一村', '', '1', '2', '别的', '3%'])).toEqual({
      name: '一村',
      code: '1',
      parentCode: '2',
      floatingShare: '3%',
    })
  })

  test('are what somebody says of them, where their headers do not', () => {
    expect(columnsOf(['全称', '名称'], { 全称: 'name', 名称: null }).map(({ field }) => field)).toEqual([
      'name',
      null,
    ])
  })
})

/** What is wrong, and the cure that is suggested. */
const rows: readonly (readonly [string, ListCells, string, Cure])[] = [
  ['no name', { name: ' ' }, 'name-missing', { do: 'skip' }],
  ['a formula', { name: "=cmd|'/c calc'!A0" }, 'name-formula', { do: 'skip' }],
  ['a sign that a table takes for a formula', { name: '@村' }, 'name-formula', { do: 'skip' }],
  ['a long name', { name: '村'.repeat(41) }, 'name-long', { field: 'name', value: '村'.repeat(40) }],
  ['an unknown kind', { kind: '公司' }, 'kind-unknown', { field: 'kind', value: '' }],
  ['an unknown level', { level: '省' }, 'level-unknown', { field: 'level', value: '' }],
  ['a code with signs', { code: '15,02' }, 'code-bad', { field: 'code', value: '' }],
  ['a code that is used elsewhere', { code: '150222' }, 'code-elsewhere', { field: 'code', value: '' }],
  ['a parent that there is not', { parentCode: '999' }, 'parent-unknown', { do: 'skip' }],
  ['itself as parent', { parentCode: '150221100201' }, 'cyclic', { field: 'parentCode', value: township.id }],
  [
    'a branch below a branch',
    { parentCode: branch.id },
    'level-jump',
    { field: 'parentCode', value: township.id },
  ],
  ['another level than it has there', { level: '苏木乡镇' }, 'level-jump', { do: 'skip' }],
  ['a name that is there already', { name: branch.name }, 'same-name', { field: 'code', value: branch.id }],
  ['a telephone that is none', { phone: '0472-88' }, 'phone-bad', { field: 'phone', value: '' }],
  ['people in words', { population: '很多' }, 'number-bad', { field: 'population', value: '' }],
  ['more than all of them', { floatingShare: '120%' }, 'number-bad', { field: 'floatingShare', value: '' }],
  [
    'an end for what is not there',
    { closedInto: branch.id },
    'heir-unknown',
    { field: 'closedInto', value: '' },
  ],
]
/** Rows of what is there. */
const asItIs = (unit: Unit, more: ListCells = {}): ListCells => ({
  name: unit.name,
  code: unit.id,
  ...(unit.id === banner.id ? {} : { parentCode: unit.parentId ?? '' }),
  ...more,
})

describe('what a page would refuse of a unit is bad in a list', () => {
  test('two units do not go into one another, nor one into what goes elsewhere itself', () => {
    const judged = judge(
      asItIs(branch, { closedInto: otherBranch.id }),
      asItIs(otherBranch, { closedInto: branch.id }),
    )
    expect(judged.map(({ verdict }) => verdict)).toEqual(['bad', 'bad'])
    expect(judge(asItIs(branch, { closedInto: otherBranch.id }))[0]).toMatchObject({
      verdict: 'closed',
      closeInto: otherBranch.id,
    })
  })

  test('nothing goes into what is to end, and what is to end does not end anew', () => {
    const ending = (one: Unit): KnownTree => ({
      ...known,
      units: known.units.map((unit) => (unit.id === one.id ? { ...unit, endsAt: mondayAt + 1 } : unit)),
    })
    for (const one of [branch, otherBranch])
      expect(
        judgeList(listOf(asItIs(branch, { closedInto: otherBranch.id })), ending(one))[0]?.problem?.kind,
      ).toBe('heir-unknown')
  })

  test('a unit goes into nothing under which what lies below it could not lie', () => {
    const bureau: Unit = { ...township, id: '150221104-water', name: '水务站', kind: 'partner' }
    const beside: KnownTree = { ...known, units: [...known.units, bureau] }
    expect(judgeList(listOf(asItIs(township, { closedInto: bureau.id })), beside)[0]?.problem?.kind).toBe(
      'heir-unknown',
    )
  })

  test('what the top of the list is called is said by who is above it', () => {
    const [row] = judge(asItIs(banner, { name: '别的旗委' }))
    expect(row?.problem).toEqual({
      kind: 'own-name',
      about: banner.name,
      cures: [{ field: 'name', value: banner.name }, { do: 'skip' }],
    })
    for (const name of [banner.name, banner.areaName])
      expect(judge(asItIs(banner, { name }))[0]?.verdict).toBe('unchanged')
  })
})

test.each(rows)('%s is said of its row, with what mends it', (_what, cells, kind, cure) => {
  const [row] = judge(village(cells))
  expect(row).toMatchObject({ verdict: 'bad', problem: { kind } })
  expect(row?.problem?.cures[0]).toEqual(cure)
})

test('a parent that is missing is that of the code, where codes are national ones, else that of most rows', () => {
  const { parentCode: _gone, ...orphan } = village()
  const deep: KnownTree = { ...known, units: [...known.units, { ...township, id: '150221100' }] }
  expect(judgeList(listOf(orphan), deep)[0]?.problem?.cures[0]).toEqual({
    field: 'parentCode',
    value: '150221100',
  })
  const { code: _code, ...unnumbered } = orphan
  const [, , row] = judge(village(), village({ code: '150221100202', name: '二村党支部' }), {
    ...unnumbered,
    name: '三村党支部',
  })
  expect(row?.problem).toEqual({
    kind: 'parent-missing',
    cures: [{ field: 'parentCode', value: township.id }, { do: 'skip' }],
  })
})

test('of two rows of one code, or of one name below one unit, the first counts; the other is one with it, or left out', () => {
  const doubled = judge(village(), village({ name: '别的党支部' }))
  expect(doubled.map(({ verdict }) => verdict)).toEqual(['added', 'bad'])
  expect(doubled[1]?.problem).toMatchObject({ kind: 'code-doubled', about: '第2行' })
  const { code: _code, ...unnumbered } = village()
  const same = listOf(unnumbered, { ...unnumbered, phone: '13900000000' })
  expect(judgeList(same, known)[1]?.problem?.cures[0]).toEqual({ do: 'merge' })
  const merged = judgeList([same[0] as ListRow, { ...(same[1] as ListRow), cure: { do: 'merge' } }], known)
  expect(merged.map(({ verdict }) => verdict)).toEqual(['added', 'skipped'])
  expect(merged[0]?.wanted?.facts).toEqual({ phone: '13900000000' })
})

test('a unit above that is not there is entered with the row, where that is chosen', () => {
  const cells = { name: '花苑社区第二党支部', parentCode: '150221100301', code: '150221100301-2' }
  const [row] = judge(cells)
  const cure: Cure = { do: 'add-parent', name: '花苑社区党委', parentCode: township.id }
  expect(row?.problem?.cures[0]).toEqual(cure)
  const added = judgeList([{ no: 2, cells, cure }], known)
  expect(added.map(({ verdict, wanted }) => [verdict, wanted?.name, wanted?.kind, wanted?.level])).toEqual([
    ['added', '花苑社区党委', 'community-committee', 'village'],
    ['added', '花苑社区第二党支部', 'branch', 'village'],
  ])
})

describe('whatever a list holds', () => {
  const codes = [
    '150221',
    township.id,
    branch.id,
    '150221100201',
    '150221100202',
    '150221201',
    '150221201001',
    '999',
    'x y',
  ]
  const names = ['一村党支部', '二村党支部', branch.name, '新镇党委', '=1+1', '', '社区']
  const cells = fc.record(
    {
      name: fc.constantFrom(...names),
      kind: fc.constantFrom('党支部', '党委', '共建单位', '合作社', '公司'),
      code: fc.constantFrom(...codes),
      parentCode: fc.constantFrom(...codes),
      phone: fc.constantFrom('13900000000', '0472-88'),
      population: fc.constantFrom('100', '很多'),
    },
    { requiredKeys: ['name'] },
  )
  const cures: fc.Arbitrary<Cure | undefined> = fc.constantFrom(
    undefined,
    { do: 'skip' } as const,
    { do: 'merge' } as const,
    { do: 'add-parent', name: '新社区党委', parentCode: township.id } as const,
    { field: 'parentCode', value: township.id } as const,
    { field: 'phone', value: '' } as const,
  )
  const lists = fc
    .array(fc.record({ cells, cure: cures }), { maxLength: 12 })
    .map((list): readonly ListRow[] =>
      list.map((row, at) => ({ no: at + 2, cells: row.cells as ListCells, cure: row.cure })),
    )

  /** The tree after a list has been entered. */
  const entered = (judged: readonly JudgedRow[], before: KnownTree): KnownTree => {
    const byKey = new Map(before.units.map((unit) => [keyOf(unit), unit]))
    for (const { wanted } of [...judged].sort((a, b) => a.depth - b.depth)) {
      if (!wanted) continue
      const above = byKey.get(wanted.parentKey)
      if (!above) throw new Error(`${wanted.key} lies nowhere`)
      const { key, parentKey: _parentKey, facts, ...unit } = wanted
      byKey.set(key, { ...unit, ...facts, id: key, parentId: above.id, path: [...above.path, key] } as Unit)
    }
    return { ...before, units: [...byKey.values()] }
  }

  test('each row is said something of, bad ones why and what mends them', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const judged = judgeList(list, known)
        const nos = new Set(judged.map(({ no }) => no))
        expect(list.every(({ no }) => nos.has(no))).toBe(true)
        for (const { verdict, problem } of judged) {
          expect(verdict === 'bad').toBe(problem !== undefined)
          if (problem) expect(problem.cures.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('what is entered lies below what is there, each unit once, each name once below one unit', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const after = entered(judgeList(list, known), known)
        const ids = after.units.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const unit of after.units) expect(unit.path.includes(banner.id)).toBe(true)
        const added = after.units.slice(known.units.length)
        const below = after.units.map((unit) => `${unit.parentId}/${unit.name}`)
        for (const unit of added)
          expect(below.filter((one) => one === `${unit.parentId}/${unit.name}`)).toHaveLength(1)
      }),
    )
  })

  test('entered again it adds nothing', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const after = entered(judgeList(list, known), known)
        expect(judgeList(list, after).filter(({ verdict }) => verdict === 'added')).toEqual([])
      }),
    )
  })

  test('half of it entered and then all of it comes to the same', () => {
    fc.assert(
      fc.property(lists, fc.nat(12), (list, count) => {
        const judged = judgeList(list, known)
        const inOrder = judged.filter(({ wanted }) => wanted).sort((a, b) => a.depth - b.depth || a.no - b.no)
        const half = entered(inOrder.slice(0, count), known)
        const then = entered(judgeList(list, half), half)
        const once = entered(judged, known)
        const told = (tree: KnownTree) => tree.units.map(({ id, path }) => `${id} ${path.join('/')}`).sort()
        expect(told(then)).toEqual(told(once))
      }),
    )
  })
})

test('a chain of fifty thousand rows, each below the next, and a circle of them are judged without end being lost', () => {
  const chain = Array.from({ length: 50_000 }, (_, at): ListRow => {
    const cells = { name: `第${at}村`, code: `c${at}`, parentCode: `c${at + 1}` }
    return { no: at + 2, cells }
  })
  expect(judgeList(chain, known).every(({ verdict }) => verdict === 'bad')).toBe(true)
  const circle = chain.map((row) =>
    row.no === 50_001 ? { ...row, cells: { ...row.cells, parentCode: 'c0' } } : row,
  )
  expect(judgeList(circle, known).every(({ problem }) => problem?.kind === 'cyclic')).toBe(true)
})
