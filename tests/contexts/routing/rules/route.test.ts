import * as fc from 'fast-check'
import {
  type Category,
  type CategoryId,
  defaultCategories,
} from '../../../../cloudfunctions/contexts/category/rules/category'
import type { GridCell } from '../../../../cloudfunctions/contexts/grid/rules/grid-cell'
import type { RoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  type RoutingFacts,
  reachMetres,
  route,
  routingPolicyList,
} from '../../../../cloudfunctions/contexts/routing/rules/route'
import type { Place, RoutingDecision } from '../../../../cloudfunctions/contexts/routing/rules/routing'
import { routingReasonText } from '../../../../cloudfunctions/contexts/routing/words'
import { defaultRuleBook } from '../../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { isInPolygon, movePoint, type Point, type Ring } from '../../../../cloudfunctions/ground/geometry'

const saidOf = ({ reasons }: RoutingDecision): readonly string[] => reasons.map(routingReasonText)

const bannerPath = ['region', 'baotou', 'tumote-youqi']
const township: RoutedUnit = {
  id: 'salaqi',
  name: '萨拉齐镇党委',
  path: [...bannerPath, 'salaqi'],
  level: 'township',
}
const branchNamed = (id: string, name: string): RoutedUnit => ({
  id,
  name,
  path: [...township.path, id],
  level: 'village',
})
const houtan = branchNamed('houtan', '后炭市社区党支部')
const dongjie = branchNamed('dongjie', '东街社区党支部')
const police = branchNamed('police', '萨拉齐派出所党支部')
const squad = branchNamed('squad', '防汛突击队')

const categoryNamed = (id: CategoryId): Category => {
  const category = defaultCategories.find((one) => one.id === id)
  if (!category) throw new Error(`no category ${id}`)
  return category
}

const origin: Point = { lng: 110.52, lat: 40.56 }
/** A rectangle in metres east and north of the origin. */
const rectangle = (west: number, south: number, east: number, north: number): Ring =>
  [
    movePoint(origin, west, south),
    movePoint(origin, east, south),
    movePoint(origin, east, north),
    movePoint(origin, west, north),
  ].map(({ lng, lat }) => [lng, lat] as const)

const cellOf = (id: string, name: string, unit: RoutedUnit, ring: Ring): GridCell => ({
  id,
  name,
  branchId: unit.id,
  rings: [ring],
  isGenerated: true,
  unit,
})

/** Two cells of 后炭市 and one of 东街, side by side from west to east, 400 m square each. */
const third = cellOf('cell-1', '后炭市社区第三网格', houtan, rectangle(-400, 0, 0, 400))
const fourth = cellOf('cell-2', '后炭市社区第四网格', houtan, rectangle(0, 0, 400, 400))
const east = cellOf('cell-3', '东街社区第一网格', dongjie, rectangle(400, 0, 800, 400))

const placeAt = (eastMetres: number, northMetres: number, accuracyMetres?: number): Place => ({
  point: movePoint(origin, eastMetres, northMetres),
  ...(accuracyMetres === undefined ? {} : { accuracyMetres }),
  words: '供销社往东第二条巷子',
})
const inWords: Place = { words: '供销社往东第二条巷子' }

const facts = (changes: Partial<RoutingFacts> = {}): RoutingFacts => ({
  at: 1_000_000,
  rules: defaultRuleBook,
  place: placeAt(-200, 200),
  category: categoryNamed('lane-repair'),
  cells: [third, fourth, east],
  temporaryUnits: [],
  specialisedBranches: [],
  handSorter: township,
  oneUpOf: () => township,
  ...changes,
})

const specialised = { unit: police, categoryIds: ['public-security'] as const, bannerId: 'tumote-youqi' }
const floodArea = {
  unit: squad,
  categoryIds: ['danger', 'rubbish'] as const,
  rings: [rectangle(-400, 0, 0, 400)],
  activeFrom: 1_000_000,
  activeUntil: 2_000_000,
}

test('the policies are weighed in the order of the rule book', () => {
  expect(routingPolicyList.map((one) => one.policy)).toEqual([
    'about-branch',
    'temporary-unit',
    'specialised-branch',
    'border',
    'cell',
    'nearest-cell',
    'named-unit',
    'hand-sorting',
  ])
})

describe('the cell', () => {
  test('that contains the place names the branch, in words the resident can read', () => {
    const { decision, responsible, sorter } = route(facts())
    expect(responsible).toBe(houtan)
    expect(sorter).toBe(township)
    expect(decision).toEqual({
      policy: 'cell',
      reasons: [{ why: 'in-cell', cell: '后炭市社区第三网格', unit: houtan.name }],
      cellId: 'cell-1',
      cellName: '后炭市社区第三网格',
      isProvisional: false,
      ruleVersion: defaultRuleBook.version,
      at: 1_000_000,
    })
    expect(saidOf(decision)).toEqual(['这里属于后炭市社区第三网格，由后炭市社区党支部负责'])
  })

  test('decides at a border between two cells of one branch: nobody else has to be told', () => {
    const { decision, responsible } = route(facts({ place: placeAt(1, 200) }))
    expect(responsible).toBe(houtan)
    expect(decision).toMatchObject({ policy: 'cell', cellId: 'cell-2', isProvisional: false })
  })

  test('decides whatever community the resident named', () => {
    expect(route(facts({ namedUnit: dongjie })).responsible).toBe(houtan)
  })
})

describe('a border between two branches', () => {
  test('within the accuracy of the place gives it to the likelier one and tells the other', () => {
    const { decision, responsible } = route(facts({ place: placeAt(395, 200) }))
    expect(responsible).toBe(houtan)
    expect(decision).toMatchObject({
      policy: 'border',
      isProvisional: true,
      cellId: 'cell-2',
      alternate: { id: 'dongjie', name: '东街社区党支部', path: dongjie.path },
    })
    expect(saidOf(decision).join()).toContain('后炭市社区第四网格')
    expect(saidOf(decision).join()).toContain('东街社区第一网格')
  })

  test('is not near for a place that is known well enough', () => {
    expect(route(facts({ place: placeAt(395, 200, 3) })).decision).toMatchObject({
      policy: 'cell',
      isProvisional: false,
    })
  })

  test('always leaves the place to one of the two and the other as alternate, wherever it is moved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: 100, max: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (fromBorder, north, accuracy) => {
          const { decision, responsible } = route(
            facts({ place: placeAt(400 + fromBorder, north, accuracy) }),
          )
          const [owner, other] = fromBorder < 0 ? ['houtan', 'dongjie'] : ['dongjie', 'houtan']
          expect(['houtan', 'dongjie']).toContain(responsible?.id)
          if (Math.abs(Math.abs(fromBorder) - accuracy) <= 1) return
          if (Math.abs(fromBorder) > accuracy) {
            expect(decision.policy).toBe('cell')
            expect(responsible?.id).toBe(owner)
            expect(decision.alternate).toBeUndefined()
          } else {
            expect(decision.policy).toBe('border')
            expect([responsible?.id, decision.alternate?.id].sort()).toEqual(['dongjie', 'houtan'])
            if (fromBorder !== 0) expect(decision.alternate?.id).toBe(other)
          }
        },
      ),
    )
  })

  test('goes by the larger part of the circle of uncertainty, not by the tip the pin stands on', () => {
    const tip = cellOf('cell-4', '尖角网格', dongjie, rectangle(-5, 195, 5, 205))
    const around: GridCell = {
      ...third,
      rings: [rectangle(-400, 0, 400, 400), ...tip.rings],
    }
    const { decision, responsible } = route(facts({ cells: [tip, around], place: placeAt(0, 200, 100) }))
    expect(responsible).toBe(houtan)
    expect(decision.alternate?.id).toBe('dongjie')
  })

  test('is looked for as far as the position may be wrong, also beyond where the nearest cell is', () => {
    const beyond = cellOf('cell-6', '东街社区第六网格', dongjie, rectangle(500, 0, 9000, 9000))
    const { decision, responsible } = route(facts({ cells: [third, beyond], place: placeAt(-200, 200, 900) }))
    expect(decision).toMatchObject({ policy: 'border', isProvisional: true })
    expect([responsible?.id, decision.alternate?.id].sort()).toEqual(['dongjie', 'houtan'])
    expect(route(facts({ cells: [third, beyond], place: placeAt(-200, 200, 600) })).decision).toMatchObject({
      policy: 'cell',
      isProvisional: false,
    })
  })

  test('is found across a strip that belongs to no cell', () => {
    const beyondRoad = cellOf('cell-5', '东街社区第二网格', dongjie, rectangle(412, 0, 800, 400))
    const { decision, responsible } = route(facts({ cells: [fourth, beyondRoad], place: placeAt(405, 200) }))
    expect(decision.policy).toBe('border')
    expect(responsible).toBe(houtan)
    expect(decision.alternate?.id).toBe('dongjie')
  })
})

describe('a place in no cell', () => {
  test('within 500 m of one goes to its branch provisionally', () => {
    const { decision, responsible } = route(facts({ place: placeAt(-800, 200) }))
    expect(responsible).toBe(houtan)
    expect(decision).toMatchObject({ policy: 'nearest-cell', isProvisional: true, cellId: 'cell-1' })
    expect(saidOf(decision)[0]).toContain('约400米')
  })

  test('between two goes to the nearer', () => {
    const west = cellOf('cell-9', '后炭市社区第九网格', houtan, rectangle(-400, 0, 0, 400))
    const across = cellOf('cell-0', '东街社区第零网格', dongjie, rectangle(500, 0, 800, 400))
    for (const cells of [
      [west, across],
      [across, west],
    ]) {
      expect(route(facts({ cells, place: placeAt(200, 200) })).responsible).toBe(houtan)
      expect(route(facts({ cells, place: placeAt(300, 200) })).responsible).toBe(dongjie)
    }
  })

  test('farther away goes to the branch of the community the resident named', () => {
    const { decision, responsible } = route(facts({ place: placeAt(-1000, 200), namedUnit: dongjie }))
    expect(responsible).toBe(dongjie)
    expect(decision).toMatchObject({ policy: 'named-unit', isProvisional: true })
    expect(decision.cellId).toBeUndefined()
  })

  test('and no community named is sorted by hand', () => {
    const { decision, responsible, sorter } = route(facts({ place: placeAt(-1000, 200) }))
    expect(decision.policy).toBe('hand-sorting')
    expect(responsible).toBeNull()
    expect(sorter).toBe(township)
    expect(saidOf(decision)[0]).toContain('萨拉齐镇党委')
    expect(decision.isCoverageGap).toBe(true)
  })
})

describe('policy 4: an accuracy of kilometres is never certainty', () => {
  const vague = placeAt(-200, 200, 20_000)

  test('in the middle of a cell it is sorted by hand, and says why', () => {
    const { decision, responsible } = route(facts({ place: vague }))
    expect(responsible).toBeNull()
    expect(decision).toMatchObject({ policy: 'hand-sorting', isProvisional: true })
    expect(saidOf(decision)).toEqual(['定位约有20公里误差，看不出在哪个网格，由萨拉齐镇党委指定责任单位'])
    expect(decision.cellId).toBeUndefined()
    expect(decision.isCoverageGap).toBeUndefined()
  })

  test('the community the resident named decides before that, provisionally', () => {
    const { decision, responsible } = route(facts({ place: vague, namedUnit: dongjie }))
    expect(responsible).toBe(dongjie)
    expect(decision).toMatchObject({ policy: 'named-unit', isProvisional: true })
    expect(saidOf(decision)[0]).toContain('20公里')
  })

  test('a temporary unit gets nothing by it, a specialised branch only provisionally', () => {
    const { decision, responsible } = route(
      facts({
        place: vague,
        category: categoryNamed('public-security'),
        temporaryUnits: [{ ...floodArea, categoryIds: ['public-security'] }],
        specialisedBranches: [specialised],
      }),
    )
    expect(responsible).toBe(police)
    expect(decision).toMatchObject({ policy: 'specialised-branch', isProvisional: true })
  })

  test('a complaint goes above the community that was named, never above the one of the cell', () => {
    const about = facts({ category: categoryNamed('about-branch'), place: vague })
    expect(route(about)).toMatchObject({ responsible: null, accused: null })
    expect(route({ ...about, namedUnit: dongjie })).toMatchObject({
      responsible: { id: 'salaqi' },
      accused: { id: 'dongjie' },
    })
  })

  test('wherever the limit of the rule book lies', () => {
    const rules = {
      ...defaultRuleBook,
      routing: { ...defaultRuleBook.routing, vagueBeyondMetres: 100 },
    }
    expect(route(facts({ rules, place: placeAt(-200, 200, 100) })).decision.policy).toBe('cell')
    expect(route(facts({ rules, place: placeAt(-200, 200, 101) })).decision.policy).toBe('hand-sorting')
    expect(reachMetres(rules, placeAt(0, 0, 101))).toBe(0)
    expect(reachMetres(defaultRuleBook, placeAt(0, 0, 900))).toBe(900)
    expect(reachMetres(defaultRuleBook, placeAt(0, 0, 3))).toBe(500)
  })
})

describe('a place so near the region’s border that the outline cannot tell', () => {
  test('lies in the region when a cell contains it', () => {
    expect(route(facts({ isNearRegionBorder: true })).decision).toMatchObject({
      policy: 'cell',
      isProvisional: false,
    })
  })

  test('is else sorted by hand with that reason, and is no gap of the grid', () => {
    const { decision, responsible } = route(facts({ isNearRegionBorder: true, place: placeAt(-5000, 200) }))
    expect(responsible).toBeNull()
    expect(decision).toMatchObject({ policy: 'hand-sorting', isProvisional: true })
    expect(saidOf(decision)[0]).toBe('这里在区界附近，由萨拉齐镇党委核实属不属于内蒙古，再指定责任单位')
    expect(decision.isCoverageGap).toBeUndefined()
  })

  test('goes to no specialised branch unasked', () => {
    const security = facts({
      category: categoryNamed('public-security'),
      specialisedBranches: [specialised],
      place: placeAt(-5000, 200),
    })
    expect(route(security).responsible).toBe(police)
    expect(route({ ...security, isNearRegionBorder: true }).responsible).toBeNull()
  })
})

describe('a place in words only', () => {
  test('goes to the branch of the community the resident named', () => {
    expect(route(facts({ place: inWords, namedUnit: houtan })).decision.policy).toBe('named-unit')
  })

  test('without a community is sorted by hand', () => {
    const { decision, responsible } = route(facts({ place: inWords }))
    expect(decision.policy).toBe('hand-sorting')
    expect(responsible).toBeNull()
  })
})

describe('a temporary unit', () => {
  const danger = categoryNamed('danger')

  test('takes what lies in its area, its categories and its time', () => {
    const { decision, responsible } = route(facts({ category: danger, temporaryUnits: [floodArea] }))
    expect(decision.policy).toBe('temporary-unit')
    expect(responsible).toBe(squad)
  })

  test('takes every category when it names none', () => {
    const { categoryIds: _all, ...everything } = floodArea
    expect(route(facts({ temporaryUnits: [everything] })).responsible).toBe(squad)
  })

  test('policy 2: of several the narrowest category wins, then the latest', () => {
    const broad = { ...floodArea, unit: branchNamed('a-broad', '综合队'), categoryIds: undefined }
    const narrow = { ...floodArea, unit: branchNamed('z-narrow', '排险队'), categoryIds: ['danger'] as const }
    const later = { ...narrow, unit: branchNamed('zz-later', '后来的排险队'), activeFrom: 1_000_001 }
    const areas = [broad, floodArea, narrow, later]
    fc.assert(
      fc.property(fc.shuffledSubarray(areas, { minLength: 2 }), (temporaryUnits) => {
        const expected = [later, narrow, floodArea, broad].find((one) => temporaryUnits.includes(one))
        const given = facts({ at: 1_500_000, category: danger, temporaryUnits: temporaryUnits as never })
        expect(route(given).responsible?.id).toBe(expected?.unit.id)
      }),
    )
  })

  test('of two that overlap is the same one, in whatever order they were read', () => {
    const second = { ...floodArea, unit: branchNamed('squad-2', '第二突击队') }
    for (const temporaryUnits of [
      [floodArea, second],
      [second, floodArea],
    ]) {
      expect(route(facts({ category: danger, temporaryUnits })).responsible).toBe(squad)
    }
  })

  test.each([
    ['another category', { category: categoryNamed('street-lamp') }],
    ['another place', { place: placeAt(200, 200) }],
    ['a place in words', { place: inWords, namedUnit: houtan }],
    ['the time before it', { at: 999_999 }],
    ['the time after it', { at: 2_000_000 }],
  ])('leaves alone %s', (_what, changes) => {
    expect(route(facts({ category: danger, temporaryUnits: [floodArea], ...changes })).responsible).toBe(
      houtan,
    )
  })
})

describe('a specialised branch', () => {
  const security = categoryNamed('public-security')

  test('takes its category throughout its banner, with a point or in words', () => {
    for (const place of [placeAt(-200, 200), inWords]) {
      const { decision, responsible } = route(
        facts({ category: security, specialisedBranches: [specialised], place }),
      )
      expect(decision.policy).toBe('specialised-branch')
      expect(responsible).toBe(police)
    }
  })

  test('leaves alone other categories and other banners', () => {
    expect(route(facts({ specialisedBranches: [specialised] })).responsible).toBe(houtan)
    const elsewhere = { ...specialised, bannerId: 'aluke-erqinqi' }
    expect(route(facts({ category: security, specialisedBranches: [elsewhere] })).responsible).toBe(houtan)
  })
})

describe('a complaint about a branch', () => {
  const about = categoryNamed('about-branch')

  test.each([
    ['by its cell', {}],
    ['by its name', { place: inWords, namedUnit: houtan }],
    ['by nearness', { place: placeAt(-700, 200) }],
  ])('goes one level up, the branch found %s', (_how, changes) => {
    const { decision, responsible } = route(facts({ category: about, ...changes }))
    expect(decision.policy).toBe('about-branch')
    expect(responsible).toBe(township)
  })

  test('names neither the branch nor its cell, and nobody else is told', () => {
    const { decision } = route(facts({ category: about, place: placeAt(399, 200) }))
    expect(JSON.stringify(decision)).not.toMatch(/后炭市|东街|houtan|dongjie|cell-/)
    expect(decision.alternate).toBeUndefined()
  })

  test('reaches no temporary unit and no specialised branch, even when the branch cannot be told', () => {
    const { categoryIds: _all, ...everything } = floodArea
    const everywhere = { ...everything, rings: [rectangle(-9000, -9000, 9000, 9000)] }
    for (const place of [placeAt(-200, 200), placeAt(-5000, 200), inWords]) {
      const { responsible, sorter } = route(
        facts({
          category: about,
          place,
          temporaryUnits: [everywhere],
          specialisedBranches: [{ ...specialised, categoryIds: ['about-branch'] }],
        }),
      )
      expect(responsible ?? sorter).toBe(township)
    }
  })
})

describe('whatever the facts', () => {
  const anyFacts: fc.Arbitrary<RoutingFacts> = fc
    .record({
      east: fc.integer({ min: -1500, max: 1900 }),
      north: fc.integer({ min: -800, max: 1200 }),
      accuracy: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      hasPoint: fc.boolean(),
      isNamed: fc.boolean(),
      category: fc.constantFrom(...defaultCategories),
      cells: fc.subarray([third, fourth, east]),
      hasSquad: fc.boolean(),
      hasPolice: fc.boolean(),
    })
    .map((one) =>
      facts({
        place: one.hasPoint ? placeAt(one.east, one.north, one.accuracy) : inWords,
        category: one.category,
        cells: one.cells,
        temporaryUnits: one.hasSquad ? [floodArea] : [],
        specialisedBranches: one.hasPolice ? [specialised] : [],
        ...(one.isNamed ? { namedUnit: dongjie } : {}),
      }),
    )

  test('one unit answers or the sorter decides, and a reason is always given', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { decision, responsible, sorter } = route(given)
        expect(sorter).toBe(given.handSorter)
        expect(decision.reasons.length).toBeGreaterThan(0)
        expect(saidOf(decision).every((reason) => reason.length > 0)).toBe(true)
        if (responsible === null) expect(['hand-sorting', 'about-branch']).toContain(decision.policy)
        else if (decision.policy !== 'about-branch')
          expect(saidOf(decision).join()).toContain(responsible.name)
        expect(decision.alternate?.id).not.toBe(responsible?.id ?? '')
      }),
    )
  })

  test('the same facts give the same decision, in whatever order they were read', () => {
    const { categoryIds: _all, ...otherSquad } = { ...floodArea, unit: branchNamed('squad-2', '二队') }
    fc.assert(
      fc.property(
        anyFacts,
        fc.shuffledSubarray([third, fourth, east], { minLength: 3 }),
        fc.shuffledSubarray([floodArea, otherSquad], { minLength: 2 }),
        (given, cells, temporaryUnits) => {
          const expected = route({
            ...given,
            cells: [third, fourth, east],
            temporaryUnits: [floodArea, otherSquad],
          })
          expect(route({ ...given, cells, temporaryUnits })).toEqual(expected)
        },
      ),
    )
  })

  test('cells too far away to matter change nothing', () => {
    const faraway = cellOf('cell-0', '远处网格', dongjie, rectangle(5000, 5000, 6000, 6000))
    fc.assert(
      fc.property(anyFacts, (given) => {
        expect(route({ ...given, cells: [faraway, ...given.cells] })).toEqual(route(given))
      }),
    )
  })

  test('a certain decision by cell is one whose cell contains the place', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { decision } = route(given)
        if (decision.policy !== 'cell') return
        const found = given.cells.find((one) => one.id === decision.cellId)
        const { point } = given.place
        expect(found && point && isInPolygon(point, found.rings)).toBe(true)
      }),
    )
  })

  test('a place on the edge between two cells is owned by one of them alone', () => {
    // The edge at 0 m east, in whole microdegrees, where half-open ownership must not waver.
    const edge = Math.round(origin.lng * 1e6) / 1e6
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 390 }), (north) => {
        const point = { lng: edge, lat: movePoint(origin, 0, north).lat }
        const owners = [third, fourth, east].filter((one) => isInPolygon(point, one.rings))
        expect(owners).toHaveLength(1)
        expect(route(facts({ place: { point, words: '' } })).decision.cellId).toBe(owners[0]?.id)
      }),
    )
  })
})
