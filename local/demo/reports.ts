import {
  type CategoryGroupId,
  type CategoryId,
  groupOf,
} from '../../cloudfunctions/contexts/category/rules/category'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { recurrenceOf } from '../../cloudfunctions/contexts/report/use-cases/submit-report'
import { alikeMetres } from '../../cloudfunctions/contexts/routing/rules/public-place'
import type { Place } from '../../cloudfunctions/contexts/routing/rules/routing'
import {
  distanceMetres,
  isInPolygon,
  metresToBorder,
  movePoint,
  type Point,
} from '../../cloudfunctions/ground/geometry'
import { chinaDateOn, dayMs, hourMs, startOfChinaDate } from '../../cloudfunctions/ground/instant'
import { alleys, storyPlace } from './alleys'
import { demoUnit, demoUnits, storyCommunityId } from './divisions'
import { demoCells, demoCellsOf, townCentre } from './grid'
import { accountOf, workerIn } from './personas'
import {
  type Arrival,
  byDay,
  type PlannedReport,
  type PlayedReport,
  playReport,
  routePlanned,
  type Stage,
} from './play'
import { type Random, randomFrom } from './random'
import type { Script } from './scripts'
import * as scripts from './scripts'
import { mattersOf, townPlaces, villagePlaces } from './words'

/** One line of the plan: which problem, where, how long ago, and how it went. */
interface Line {
  readonly unitId: string
  readonly categoryId: CategoryId
  /** Days before now; 0 for today. */
  readonly ageDays: number
  readonly script: Script
  readonly point?: Point
  readonly spot?: string
  readonly text?: string
  readonly accountId?: string
  readonly isByMember?: boolean
  /** Listed by the branch itself; nobody has reported it. */
  readonly isDeclared?: boolean
  readonly hasPhone?: boolean
  /** Only words and the named community, no place on the map. */
  readonly isOnlyNamed?: boolean
  readonly supporters?: readonly string[]
  /** A neighbour's report of the same thing, some days later, merged into this one. */
  readonly merged?: { readonly accountId: string; readonly daysLater: number }
  readonly publicSummary?: string
}

const residentOne = accountOf('resident-1')
const residentTwo = accountOf('resident-2')
const neighbour = (unitId: string, no: number): string => accountOf(`resident-${unitId}-${no}`)
const neighbours = (unitId: string, from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => neighbour(unitId, from + at))

const story = storyCommunityId
const storyVillageId = '150421201207'

type AlleyLine = readonly [
  ageDays: number,
  script: Script,
  more?: Partial<Pick<Line, 'accountId' | 'supporters' | 'merged'>>,
]

/** 一号巷 to 二十六号巷: nearly half hardened, the rest on their way, one on the red-face list. */
const alleyLines: readonly AlleyLine[] = [
  [88, scripts.closed],
  [87, scripts.closed, { supporters: neighbours(story, 30, 4) }],
  [86, scripts.closedBasically],
  [85, scripts.closed, { supporters: neighbours(story, 34, 2) }],
  [84, scripts.closed],
  [84, scripts.closed, { accountId: neighbour(story, 3) }],
  [82, scripts.closedPartly],
  [81, scripts.closed, { supporters: neighbours(story, 36, 3) }],
  [80, scripts.resolved],
  [79, scripts.clearedByReporter, { supporters: neighbours(story, 39, 2) }],
  [48, scripts.resolvedLately, { accountId: residentTwo }],
  [46, scripts.resolvedLately],
  [44, scripts.awaitingCheck],
  [42, scripts.dispatched, { accountId: residentOne, supporters: neighbours(story, 41, 5) }],
  [40, scripts.dispatched],
  [
    37,
    scripts.dispatched,
    { supporters: neighbours(story, 46, 2), merged: { accountId: residentTwo, daysLater: 6 } },
  ],
  [33, scripts.inProgress],
  [30, scripts.extended],
  [27, scripts.inProgress, { merged: { accountId: neighbour(story, 9), daysLater: 4 } }],
  [24, scripts.accepted],
  [35, scripts.suspended, { supporters: neighbours(story, 48, 1) }],
  [
    76,
    scripts.ratedUnsolvedAndDispatchedAgain,
    { accountId: residentOne, supporters: [residentTwo, ...neighbours(story, 49, 7)] },
  ],
  [18, scripts.accepted],
  [0, scripts.leftAlone],
  [78, scripts.clearedByReporter],
  [12, scripts.acceptedNotContacted],
]

const alleyReports: readonly Line[] = alleyLines.map(([ageDays, script, more], at) => {
  const alley = alleys[at]
  if (!alley) throw new Error('more reports than alleys')
  return {
    unitId: story,
    categoryId: 'lane-hardening',
    ageDays,
    script,
    point: alley.point,
    spot: alley.name,
    publicSummary: `后炭市社区${alley.name}硬化`,
    ...more,
  }
})

/** Work that the branch of the story has given to its own grid worker. */
const ownHands: readonly Line[] = [
  { unitId: story, categoryId: 'ordinary', ageDays: 1, script: scripts.handedToGridWorker },
  { unitId: story, categoryId: 'ordinary', ageDays: 2, script: scripts.claimedByGridWorker },
]

/** What the branch of the story has on its table besides the alleys, at least one of each kind. */
const storyReports: readonly Line[] = [
  { unitId: story, categoryId: 'suggestion', ageDays: 0, script: scripts.leftAlone },
  { unitId: story, categoryId: 'livelihood', ageDays: 0, script: scripts.leftAlone },
  { unitId: story, categoryId: 'rubbish', ageDays: 2.2, script: scripts.resolved, accountId: residentOne },
  { unitId: story, categoryId: 'street-lamp', ageDays: 30, script: scripts.closed, accountId: residentOne },
  { unitId: story, categoryId: 'ordinary', ageDays: 20, script: scripts.withdrawn, accountId: residentOne },
  {
    unitId: story,
    categoryId: 'complex',
    ageDays: 14,
    script: scripts.declined('already-decided'),
    accountId: residentOne,
  },
  { unitId: story, categoryId: 'ordinary', ageDays: 1.5, script: scripts.inProgress, accountId: residentTwo },
  { unitId: story, categoryId: 'street-lamp', ageDays: 4.4, script: scripts.resolved },
  { unitId: story, categoryId: 'lane-repair', ageDays: 6, script: scripts.resolved },
  { unitId: story, categoryId: 'lane-repair', ageDays: 3, script: scripts.awaitingCheck },
  { unitId: story, categoryId: 'rubbish', ageDays: 0.8, script: scripts.dispatched },
  { unitId: story, categoryId: 'street-lamp', ageDays: 1.2, script: scripts.reworked },
  { unitId: story, categoryId: 'ordinary', ageDays: 2.5, script: scripts.sentBack },
  { unitId: story, categoryId: 'complex', ageDays: 5, script: scripts.suspensionAsked },
  { unitId: story, categoryId: 'lane-repair', ageDays: 5, script: scripts.extensionAsked },
  {
    unitId: '150221104005',
    categoryId: 'ordinary',
    ageDays: 3,
    script: scripts.passedAround(['150221104009', story, '150221104005']),
  },
  { unitId: story, categoryId: 'street-lamp', ageDays: 2, script: scripts.asked },
  { unitId: story, categoryId: 'street-lamp', ageDays: 2.6, script: scripts.askedAndAnswered },
  { unitId: story, categoryId: 'ordinary', ageDays: 4, script: scripts.urged, accountId: residentTwo },
  { unitId: story, categoryId: 'ordinary', ageDays: 3.2, script: scripts.contactDenied },
  { unitId: story, categoryId: 'lane-repair', ageDays: 3.6, script: scripts.recalled },
  { unitId: story, categoryId: 'complex', ageDays: 5, script: scripts.corrected },
  { unitId: story, categoryId: 'ordinary', ageDays: 2.2, script: scripts.reclassifyAsked },
  { unitId: story, categoryId: 'ordinary', ageDays: 6, script: scripts.reclassifyAgreed },
  { unitId: story, categoryId: 'complex', ageDays: 40, script: scripts.reasonGone },
  {
    unitId: story,
    categoryId: 'complex',
    ageDays: 12,
    script: scripts.declaredByBranch,
    isDeclared: true,
    text: '早市散场以后占道，接送孩子的车进不去，居民意见最大。',
    spot: '早市路口',
    supporters: neighbours(story, 8, 3),
  },
  {
    unitId: story,
    categoryId: 'lane-repair',
    ageDays: 24,
    script: scripts.posted,
    supporters: neighbours(story, 15, 2),
  },
  {
    unitId: story,
    categoryId: 'lane-repair',
    ageDays: 29,
    script: scripts.closingAppealed(neighbour(story, 17)),
    supporters: neighbours(story, 17, 1),
  },
  { unitId: story, categoryId: 'lane-repair', ageDays: 22, script: scripts.lookAsked },
  { unitId: story, categoryId: 'ordinary', ageDays: 34, script: scripts.suspended },
  {
    unitId: story,
    categoryId: 'ordinary',
    ageDays: 12,
    script: scripts.inProgress,
    supporters: neighbours(story, 1, 3),
  },
  { unitId: story, categoryId: 'street-lamp', ageDays: 3.5, script: scripts.ratedUnsolvedToday },
  { unitId: story, categoryId: 'utilities', ageDays: 4, script: scripts.appealPending },
  {
    unitId: story,
    categoryId: 'rubbish',
    ageDays: 40,
    script: scripts.declared,
    supporters: neighbours(story, 4, 6),
  },
  {
    unitId: story,
    categoryId: 'lane-repair',
    ageDays: 45,
    script: scripts.clearedByNeighbours(neighbours(story, 12, 3)),
    supporters: neighbours(story, 12, 3),
  },
  { unitId: story, categoryId: 'utilities', ageDays: 50, script: scripts.clearedOnTheSpot },
  { unitId: story, categoryId: 'public-security', ageDays: 16, script: scripts.closed },
  { unitId: story, categoryId: 'about-branch', ageDays: 25, script: scripts.closed },
  {
    unitId: story,
    categoryId: 'ordinary',
    ageDays: 31,
    script: scripts.resolved,
    accountId: accountOf(`grid-worker-${story}`),
    isByMember: true,
  },
]

/** Every other way a report can go, somewhere in the two banners. */
const otherReports: readonly Line[] = [
  { unitId: '150221104005', categoryId: 'rubbish', ageDays: 6, script: scripts.leftAlone },
  { unitId: '150221104006', categoryId: 'utilities', ageDays: 0.4, script: scripts.leftAlone },
  { unitId: '150221104008', categoryId: 'street-lamp', ageDays: 15, script: scripts.acceptedLate },
  {
    unitId: '150221104007',
    categoryId: 'ordinary',
    ageDays: 25,
    script: scripts.transferred('150221104009'),
  },
  {
    unitId: '150221104009',
    categoryId: 'lane-repair',
    ageDays: 30,
    script: scripts.returnedAndRouted('150221104', '150221104015'),
  },
  {
    unitId: '150221104205',
    categoryId: 'complex',
    ageDays: 1.5,
    script: scripts.returned('150221104'),
  },
  {
    unitId: '150221104016',
    categoryId: 'ordinary',
    ageDays: 10,
    script: scripts.declined('private-dispute'),
  },
  { unitId: '150221104015', categoryId: 'rubbish', ageDays: 4, script: scripts.declineAppealed },
  { unitId: '150221104015', categoryId: 'ordinary', ageDays: 7, script: scripts.declineDenied },
  {
    unitId: '150221104007',
    categoryId: 'ordinary',
    ageDays: 1,
    script: scripts.declineAsked('private-dispute'),
  },
  {
    unitId: '150221104006',
    categoryId: 'ordinary',
    ageDays: 21,
    script: scripts.handedOn,
    supporters: neighbours('150221104006', 40, 2),
  },
  { unitId: '150221104203', categoryId: 'lane-hardening', ageDays: 32, script: scripts.cameLate },
  { unitId: '150221104009', categoryId: 'complex', ageDays: 10, script: scripts.reassigned('150221104008') },
  { unitId: '150221104201', categoryId: 'lane-hardening', ageDays: 30, script: scripts.planLate },
  { unitId: '150221104001', categoryId: 'rubbish', ageDays: 8, script: scripts.evidenceLaid },
  {
    unitId: '150221104002',
    categoryId: 'lane-repair',
    ageDays: 28,
    script: scripts.lookedUnsolved(neighbour('150221104002', 31)),
    supporters: neighbours('150221104002', 31, 1),
  },
  { unitId: '150221104003', categoryId: 'rubbish', ageDays: 9, script: scripts.declineOverturned },
  { unitId: '150221104001', categoryId: 'street-lamp', ageDays: 22, script: scripts.ratedUnsolved },
  { unitId: '150221104002', categoryId: 'lane-repair', ageDays: 33, script: scripts.appealUpheld },
  { unitId: '150221104003', categoryId: 'ordinary', ageDays: 28, script: scripts.appealDenied },
  { unitId: '150221104006', categoryId: 'utilities', ageDays: 30, script: scripts.reopenedTwice },
  { unitId: '150221104007', categoryId: 'rubbish', ageDays: 26, script: scripts.closedDissatisfied },
  { unitId: '150221104008', categoryId: 'danger', ageDays: 1.1, script: scripts.resolved },
  { unitId: '150221104200', categoryId: 'lane-hardening', ageDays: 20, script: scripts.suspended },
  { unitId: '150221104203', categoryId: 'livelihood', ageDays: 14, script: scripts.extensionRefused },
  { unitId: '150221104013', categoryId: 'public-security', ageDays: 0.2, script: scripts.accepted },
  { unitId: '150221104008', categoryId: 'about-branch', ageDays: 2, script: scripts.accepted },
  { unitId: storyVillageId, categoryId: 'livelihood', ageDays: 0, script: scripts.leftAlone },
  { unitId: storyVillageId, categoryId: 'lane-hardening', ageDays: 26, script: scripts.dispatched },
  { unitId: storyVillageId, categoryId: 'utilities', ageDays: 0.7, script: scripts.awaitingCheck },
  { unitId: storyVillageId, categoryId: 'lane-hardening', ageDays: 38, script: scripts.suspended },
  { unitId: storyVillageId, categoryId: 'livelihood', ageDays: 3, script: scripts.dispatched },
  { unitId: storyVillageId, categoryId: 'ordinary', ageDays: 5, script: scripts.resolved },
  { unitId: storyVillageId, categoryId: 'lane-repair', ageDays: 19, script: scripts.ratedUnsolved },
  { unitId: '150421201203', categoryId: 'lane-repair', ageDays: 21, script: scripts.leftAlone },
  { unitId: '150421201200', categoryId: 'lane-hardening', ageDays: 15, script: scripts.extensionAsked },
  { unitId: '150421201205', categoryId: 'complex', ageDays: 7, script: scripts.suspensionAsked },
  {
    unitId: '150421201209',
    categoryId: 'complex',
    ageDays: 0.9,
    script: scripts.returned('150421201'),
  },
  { unitId: '150421201210', categoryId: 'about-branch', ageDays: 3, script: scripts.accepted },
  { unitId: '150421201204', categoryId: 'public-security', ageDays: 12, script: scripts.closed },
]

/** How many days ago something of this category was sent that has long been settled. */
const settledAfterDays: Readonly<Record<CategoryId, number>> = {
  danger: 9,
  utilities: 10,
  rubbish: 12,
  'street-lamp': 14,
  'lane-repair': 20,
  'lane-hardening': 66,
  'public-security': 16,
  ordinary: 20,
  complex: 32,
  livelihood: 16,
  suggestion: 16,
  'about-branch': 30,
}

type Weighted<T> = readonly (readonly [weight: number, choice: T])[]

const weighted = <T>(random: Random, choices: Weighted<T>): T => {
  let left = random.between(
    0,
    choices.reduce((sum, [weight]) => sum + weight, 0),
  )
  for (const [weight, choice] of choices) {
    left -= weight
    if (left < 0) return choice
  }
  throw new Error('nothing to choose from')
}

const townCategories: Weighted<CategoryId> = [
  [14, 'lane-repair'],
  [20, 'rubbish'],
  [14, 'street-lamp'],
  [10, 'utilities'],
  [6, 'danger'],
  [3, 'public-security'],
  [8, 'livelihood'],
  [16, 'ordinary'],
  [3, 'complex'],
  [5, 'suggestion'],
  [1, 'about-branch'],
]
const villageCategories: Weighted<CategoryId> = [
  [7, 'lane-hardening'],
  [14, 'lane-repair'],
  [12, 'rubbish'],
  [10, 'street-lamp'],
  [12, 'utilities'],
  [5, 'danger'],
  [2, 'public-security'],
  [17, 'livelihood'],
  [12, 'ordinary'],
  [2, 'complex'],
  [4, 'suggestion'],
]

/** A report that is resolved and not rated closes by itself after seven days of silence. */
const settledScripts: Weighted<Script> = [
  [48, scripts.closed],
  [15, scripts.closedBasically],
  [7, scripts.closedPartly],
  [12, scripts.resolved],
  [3, scripts.withdrawn],
  [2, scripts.declined('not-real')],
  [1, scripts.closedDissatisfied],
  [3, scripts.clearedByReporter],
  [1, scripts.suspendedAndClosed],
  [2, scripts.acceptedLate],
  [1, scripts.ratedUnsolved],
]
/** With categories that leave days for it: on the way, and in time. */
const unsettled: Weighted<readonly [CategoryId, fromDays: number, toDays: number, Script]> = [
  [3, ['lane-repair', 2, 5, scripts.inProgress]],
  [3, ['lane-repair', 2, 5, scripts.dispatched]],
  [3, ['ordinary', 2, 5, scripts.inProgress]],
  [2, ['ordinary', 3, 6, scripts.resolved]],
  [2, ['complex', 4, 12, scripts.dispatched]],
  [2, ['complex', 4, 12, scripts.inProgress]],
  [1, ['lane-repair', 3, 6, scripts.resolved]],
]

/** The common run of reports: most of them long settled. */
const commonRun = (unitIds: readonly string[], count: number, more: Partial<Line> = {}): readonly Line[] =>
  Array.from({ length: count }, (_, at): Line => {
    const unitId = unitIds[at % unitIds.length] ?? story
    const random = randomFrom(`common run ${unitId} ${at} ${count}`)
    const isTown = unitId.startsWith('150221104') && unitId < '150221104200'
    if (random.chance(0.14)) {
      const [categoryId, fromDays, toDays, script] = weighted(random, unsettled)
      return { unitId, categoryId, script, ageDays: random.between(fromDays, toDays), ...more }
    }
    const categoryId = weighted(random, isTown ? townCategories : villageCategories)
    return {
      unitId,
      categoryId,
      script: weighted(random, settledScripts),
      ageDays: random.between(settledAfterDays[categoryId], 89),
      ...(random.chance(0.18) ? { supporters: neighbours(unitId, 60, random.whole(1, 3)) } : {}),
      ...more,
    }
  })

const branchIds = (prefix: string): readonly string[] =>
  demoUnits
    .filter((unit) => unit.kind === 'branch' && unit.areaCode === unit.id && unit.id.startsWith(prefix))
    .map((unit) => unit.id)

const communities = ['150221104001', '150221104002', ...branchIds('1502211040').filter((id) => id !== story)]
/** Villages where no cell has been drawn yet: their people name the village instead. */
const villagesWithoutCells = [
  ...branchIds('150221').filter((id) => !id.startsWith('150221104')),
  ...branchIds('150421').filter((id) => !id.startsWith('150421201')),
].filter((_, at) => at % 16 === 3)

const corners = (cell: (typeof demoCells)[number]) => cell.rings[0] ?? []

/** A place on the line between two branches of the town. */
const borderPoint = (): { readonly point: Point; readonly unitId: string } => {
  for (const cell of demoCellsOf('150221104006')) {
    const ring = corners(cell)
    for (const [at, from] of ring.entries()) {
      const to = ring[(at + 1) % ring.length] ?? from
      const isShared = demoCells.some(
        (other) =>
          other.branchId !== cell.branchId &&
          other.branchId !== story &&
          [from, to].every((corner) =>
            corners(other).some((own) => own[0] === corner[0] && own[1] === corner[1]),
          ),
      )
      const middle = { lng: (from[0] + to[0]) / 2, lat: (from[1] + to[1]) / 2 }
      if (isShared) return { point: middle, unitId: '150221104006' }
    }
  }
  throw new Error('no border in the town')
}

/** A place about 200 m outside the outermost cells. */
const justOutside = (): Point => {
  const farthest = demoCellsOf('150221104')
    .flatMap(corners)
    .map(([lng, lat]) => ({ lng, lat }))
    .sort((a, b) => distanceMetres(townCentre, b) - distanceMetres(townCentre, a))[0]
  if (!farthest) throw new Error('no cells in the town')
  const share = 1 + 200 / distanceMetres(townCentre, farthest)
  return {
    lng: townCentre.lng + (farthest.lng - townCentre.lng) * share,
    lat: townCentre.lat + (farthest.lat - townCentre.lat) * share,
  }
}

/** Reports that show how routing decides where it is not simply the cell. */
const routingReports = (stage: Stage): readonly Line[] => {
  const border = borderPoint()
  const categoryId = 'ordinary'
  const outcome = routePlanned(stage, {
    categoryId,
    submittedAt: stage.now - 23 * dayMs,
    place: { point: border.point, accuracyMetres: 20, words: '' },
  })
  const { alternate } = outcome.decision
  if (!alternate) throw new Error('a place on a border without a second branch')
  const recurring = demoCellsOf('150221104005')[0]
  const spot = recurring && middleOf(corners(recurring))
  const outlying = { lng: townCentre.lng - 0.16, lat: townCentre.lat + 0.02 }
  const squadCell = demoCellsOf('150221104013')[0]
  return [
    {
      unitId: border.unitId,
      categoryId,
      ageDays: 23,
      script: scripts.takenOver(alternate.id),
      point: border.point,
      spot: '两个社区交界的马路边',
    },
    {
      unitId: border.unitId,
      categoryId: 'street-lamp',
      ageDays: 18,
      script: scripts.closed,
      point: border.point,
      spot: '两个社区交界的马路边',
    },
    {
      unitId: '150221104220',
      categoryId: 'rubbish',
      ageDays: 17,
      script: scripts.closed,
      point: justOutside(),
      spot: '村外的河沟边',
    },
    {
      unitId: '150221104',
      categoryId: 'lane-repair',
      ageDays: 13,
      script: scripts.routedByHand('150221104218'),
      point: outlying,
      spot: '去羊场的岔路口',
    },
    {
      unitId: '150221104',
      categoryId: 'ordinary',
      ageDays: 0.3,
      script: scripts.leftAlone,
      point: movePoint(outlying, -300, 500),
      spot: '砖厂旧址旁',
    },
    ...[40, 22, 4].map(
      (ageDays, at): Line => ({
        unitId: '150221104005',
        categoryId: 'rubbish',
        ageDays,
        script: at === 2 ? scripts.inProgress : scripts.closed,
        ...(spot ? { point: movePoint(spot, at * 9, at * 7) } : {}),
        spot: '市场后门的污水井',
        text: '下水道又堵了，脏水冒到路上来，走不成人。',
      }),
    ),
    ...[20, 9, 1.6].map(
      (ageDays): Line => ({
        unitId: '150221104013',
        categoryId: 'rubbish',
        ageDays,
        script: ageDays > 5 ? scripts.closed : scripts.inProgress,
        ...(squadCell ? { point: pointIn([squadCell], randomFrom(`squad ${ageDays}`), []) } : {}),
      }),
    ),
  ]
}

const middleOf = (ring: readonly (readonly [number, number])[]): Point => ({
  lng: ring.reduce((sum, [lng]) => sum + lng, 0) / ring.length,
  lat: ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length,
})

const toMicrodegrees = ({ lng, lat }: Point): Point => ({
  lng: Math.round(lng * 1e6) / 1e6,
  lat: Math.round(lat * 1e6) / 1e6,
})

/** A place well inside one of the cells and far enough from the taken ones to be a problem of its own. */
const pointIn = (
  cells: readonly (typeof demoCells)[number][],
  random: Random,
  taken: readonly Point[],
  metresFromStory = 120,
): Point => {
  for (let tries = 0; tries < 400; tries += 1) {
    const cell = random.pick(cells)
    const ring = corners(cell)
    const lngs = ring.map(([lng]) => lng)
    const lats = ring.map(([, lat]) => lat)
    const point = toMicrodegrees({
      lng: random.between(Math.min(...lngs), Math.max(...lngs)),
      lat: random.between(Math.min(...lats), Math.max(...lats)),
    })
    if (
      isInPolygon(point, cell.rings) &&
      metresToBorder(point, cell.rings) > 25 &&
      distanceMetres(point, storyPlace.point) > metresFromStory &&
      taken.every((other) => distanceMetres(point, other) > 60)
    ) {
      return point
    }
  }
  throw new Error('no room for another report')
}

const spotNames: Readonly<Record<CategoryId, string>> = {
  'lane-hardening': '巷道硬化',
  'lane-repair': '路面破损',
  rubbish: '垃圾积水',
  'street-lamp': '路灯不亮',
  utilities: '水电暖故障',
  danger: '安全隐患',
  'public-security': '治安',
  livelihood: '就业和生活帮扶',
  ordinary: '身边事',
  complex: '多家管护的难事',
  suggestion: '居民建议',
  'about-branch': '反映支部工作',
}

/** What people need, think or complain of is nobody else's business, not even where they live. */
const summaryOf = (areaName: string, spot: string, categoryId: CategoryId): string =>
  ['livelihood', 'suggestion', 'public-security', 'about-branch'].includes(categoryId)
    ? `${areaName} · ${spotNames[categoryId]}`
    : `${areaName}${spot} · ${spotNames[categoryId]}`

/** Residents write by day, and never after now. */
const sentAt = (ageDays: number, now: number, random: Random): number => {
  if (ageDays === 0) {
    // Today, so that a report of the present minute has the same limit to be accepted.
    const today = startOfChinaDate(chinaDateOn(now))
    return Math.floor((now - (now - today) * random.between(0.05, 0.4)) / 1000) * 1000
  }
  const at = now - ageDays * dayMs
  if (ageDays < 1.2) return Math.floor(at / 1000) * 1000
  const minuteOfDay = random.between(7 * 60, 21 * 60)
  const day = startOfChinaDate(chinaDateOn(at))
  const inDaylight = day + minuteOfDay * 60_000
  return Math.floor((inDaylight < now - hourMs ? inDaylight : at) / 1000) * 1000
}

interface Prepared {
  readonly line: Line
  readonly planned: PlannedReport
}

/** Farther than anything near the story's place is offered as the same matter, by rounded places. */
const storyClearanceMetres = alikeMetres + 150

const prepare = (line: Line, no: number, now: number, taken: Map<CategoryGroupId, Point[]>): Prepared => {
  // Sorts behind every id the product makes: of equal deadlines a new report stands first.
  const id = `rdemo-${String(no).padStart(3, '0')}`
  const random = randomFrom(`${id} ${line.unitId} ${line.categoryId}`)
  const unit = demoUnit(line.unitId)
  const isTown = line.unitId.startsWith('150221104') && line.unitId < '150221104200'
  const matter = random.pick(
    mattersOf[line.categoryId].filter(({ where }) => where === undefined || (where === 'town') === isTown),
  )
  const groupId = groupOf(line.categoryId)
  const ofGroup = taken.get(groupId) ?? []
  const cells = demoCellsOf(line.unitId)
  const point =
    line.point ??
    (line.isOnlyNamed || cells.length === 0
      ? undefined
      : pointIn(cells, random, ofGroup, groupId === 'road' ? storyClearanceMetres : 120))
  if (point) taken.set(groupId, [...ofGroup, point])
  const spot = line.spot ?? random.pick(isTown ? townPlaces : villagePlaces)
  const submittedAt = sentAt(line.ageDays, now, random)
  const accountId = line.isDeclared
    ? workerIn(line.unitId, 'secretary')
    : (line.accountId ?? neighbour(line.unitId, random.whole(1, 24)))
  const place: Place = point
    ? { point, accuracyMetres: random.pick([5, 8, 10, 15]), words: spot }
    : { words: `${unit.areaName}${spot}`, namedUnitId: line.unitId }
  return {
    line,
    planned: {
      id,
      accountId,
      categoryId: line.categoryId,
      matter,
      text: line.text ?? random.pick(matter.said),
      photos: matter.before.length > 0 ? [random.pick(matter.before)] : [],
      place,
      phone:
        line.hasPhone || random.chance(0.6)
          ? `1900000${String(random.whole(0, 9999)).padStart(4, '0')}`
          : null,
      isByMember: line.isByMember ?? false,
      ...(line.isDeclared ? { isDeclared: true } : {}),
      submittedAt,
      recurrence: { isRecurring: false },
      publicSummary: line.publicSummary ?? summaryOf(unit.areaName, spot, line.categoryId),
      arrivals: [
        ...(line.supporters ?? [])
          .filter((supporter) => supporter !== accountId)
          .map((supporter, at): Arrival => {
            const spread = Math.min(3 * dayMs, (now - submittedAt) * 0.2)
            return {
              accountId: supporter,
              at: Math.floor(byDay(submittedAt + (spread * (at + 1)) / 12, random)),
            }
          }),
      ],
    },
  }
}

/** A neighbour's own report of the same thing, merged some hours after it came. */
const mergedInto = (
  planned: PlannedReport,
  { accountId, daysLater }: NonNullable<Line['merged']>,
): Arrival => {
  const id = `${planned.id}-again`
  const random = randomFrom(id)
  const submittedAt = planned.submittedAt + daysLater * dayMs
  return {
    accountId,
    at: byDay(submittedAt + random.between(1, 5) * hourMs, random),
    child: {
      ...planned,
      id,
      accountId,
      phone: null,
      text: random.pick(planned.matter.said),
      submittedAt,
      arrivals: [],
    },
  }
}

/** A report as it stood at an instant, as far as recurrence asks. */
const asOf = (report: Report, at: number): Report => {
  const { resolvedAt: _late, ...rest } = report
  const resolutions = report.resolutions.filter((resolution) => resolution.at <= at)
  const last = resolutions[resolutions.length - 1]
  return { ...rest, resolutions, ...(last ? { resolvedAt: last.at } : {}) }
}

export interface PlayedReports {
  readonly reports: readonly Report[]
  readonly participants: readonly Participant[]
}

/**
 * Ninety days of reports up to now, each played through the real rules: what the queues, the lists and the
 * rates show is what the rules made of it.
 */
export const playReports = (stage: Stage): PlayedReports => {
  const { now } = stage
  const lines = [
    ...alleyReports,
    ...storyReports,
    ...otherReports,
    ...routingReports(stage),
    ...commonRun([story], 30),
    ...commonRun(communities, 44),
    ...commonRun(branchIds('1502211042'), 26),
    ...commonRun(branchIds('150421201'), 32),
    ...commonRun(villagesWithoutCells, 24, { isOnlyNamed: true }),
    ...ownHands,
  ]
  const taken = new Map<CategoryGroupId, Point[]>()
  const prepared = lines
    .map((line, at) => prepare(line, at + 1, now, taken))
    .sort((a, b) => a.planned.submittedAt - b.planned.submittedAt || (a.planned.id < b.planned.id ? -1 : 1))

  const reports: Report[] = []
  const participants: Participant[] = []
  const keep = (played: PlayedReport): void => {
    reports.push(played.report)
    participants.push(...played.participants)
    played.children.forEach(keep)
  }
  for (const { line, planned } of prepared) {
    const { submittedAt, place, categoryId } = planned
    const { rules } = routePlanned(stage, planned).law
    const earlier = reports
      .filter(
        (report) => report.submittedAt < submittedAt && groupOf(report.categoryId) === groupOf(categoryId),
      )
      .map((report) => asOf(report, submittedAt))
    const recurrence = recurrenceOf(earlier, place, categoryId, rules, submittedAt)
    const arrivals = line.merged ? [...planned.arrivals, mergedInto(planned, line.merged)] : planned.arrivals
    keep(playReport(stage, { ...planned, recurrence, arrivals }, line.script))
  }
  return { reports, participants }
}
