import { areaNameOf } from '../../cloudfunctions/contexts/organisation/rules/area-name'
import type { Partnership, Unit, UnitLevel } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { oneLevelUp } from '../../cloudfunctions/ground/unit-path'
import divisionTable from './divisions.json'

/** One real administrative division; the level follows from the length of its national statistical code. */
export interface Division {
  readonly code: string
  readonly name: string
  readonly level: UnitLevel
  /** Codes from the region down to this one. */
  readonly path: readonly string[]
}

const codeLengths: readonly (readonly [number, UnitLevel])[] = [
  [2, 'region'],
  [4, 'league'],
  [6, 'banner'],
  [9, 'township'],
  [12, 'village'],
]

/** The region, two leagues, two banners, and all their townships, villages and communities. */
export const divisions: readonly Division[] = divisionTable.divisions.map((row) => {
  const [code = '', name = ''] = row.split(' ')
  const level = codeLengths.find(([length]) => length === code.length)?.[1]
  if (!level) throw new Error(`no level has codes such as ${code}`)
  return {
    code,
    name,
    level,
    path: codeLengths.filter(([length]) => length <= code.length).map(([length]) => code.slice(0, length)),
  }
})

const committeeNameOf = ({ name, level }: Division): string => {
  if (level !== 'township') return `${name.replace(/自治区$/, '自治区党')}委`
  return /[镇乡]$|苏木$/.test(name) ? `${name}党委` : `${name}党工委`
}

/** 社区党委 above two party branches each: the larger communities of the old town. */
export const communitiesWithTwoBranches: readonly string[] = ['150221104001', '150221104002']

const unitsOfDivision = (division: Division): readonly Unit[] => {
  const { code, level, path } = division
  const parentId = oneLevelUp(path)
  const areaName = areaNameOf(division.name)
  const area = { areaCode: code, areaName, level, path }
  if (level !== 'village') {
    return [{ id: code, ...area, name: committeeNameOf(division), kind: 'committee', parentId }]
  }
  if (!communitiesWithTwoBranches.includes(code)) {
    return [{ id: code, ...area, name: `${areaName}党支部`, kind: 'branch', parentId }]
  }
  return [
    { id: code, ...area, name: `${areaName}党委`, kind: 'community-committee', parentId },
    ...['第一', '第二'].map(
      (ordinal, at): Unit => ({
        id: `${code}-${at + 1}`,
        ...area,
        name: `${areaName}${ordinal}党支部`,
        kind: 'branch',
        parentId: code,
        path: [...path, `${code}-${at + 1}`],
      }),
    ),
  ]
}

/** Bureaus of a banner that promised help (包联共建): id within the banner and name. */
const bureaus: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  '150221': [
    ['housing', '住房和城乡建设局'],
    ['forestry', '林业和草原局'],
    ['city', '城市管理综合执法局'],
    ['power', '供电分局'],
    ['transport', '交通运输局'],
    ['water', '水务局'],
    ['farming', '农牧局'],
    ['civil', '民政局'],
    ['employment', '人力资源和社会保障局'],
  ],
  '150421': [
    ['housing', '住房和城乡建设局'],
    ['forestry', '林业和草原局'],
    ['power', '供电分公司'],
    ['transport', '交通运输局'],
    ['water', '水利局'],
    ['farming', '农牧局'],
    ['civil', '民政局'],
    ['employment', '人力资源和社会保障局'],
  ],
}

const bannerName = (code: string): string => divisions.find((one) => one.code === code)?.name ?? ''

/** A service centre of a township, bound to the villages of its own township. */
export const townshipServiceId = '150421201-service'

const partnerUnits: readonly Unit[] = [
  ...Object.entries(bureaus).flatMap(([banner, rows]) =>
    rows.map(([id, name]): Unit => {
      const unitId = `${banner}-${id}`
      return {
        id: unitId,
        name: `${bannerName(banner)}${name}`,
        areaName: bannerName(banner),
        kind: 'partner',
        level: 'banner',
        parentId: banner,
        path: ['15', banner.slice(0, 4), banner, unitId],
      }
    }),
  ),
  {
    id: townshipServiceId,
    name: '先锋乡农牧业综合服务中心',
    areaName: '先锋乡',
    kind: 'partner',
    level: 'township',
    parentId: '150421201',
    path: ['15', '1504', '150421', '150421201', townshipServiceId],
  },
]

const specialUnit = (
  township: string,
  id: string,
  kind: 'specialised-branch' | 'temporary',
  name: string,
  areaName: string,
): Unit => ({
  id,
  name,
  areaName,
  kind,
  level: 'township',
  parentId: township,
  path: ['15', township.slice(0, 4), township.slice(0, 6), township, id],
})

/** Police-station branches answer for public security throughout their banner. */
export const policeBranchIds = { '150221': '150221104-police', '150421': '150421100-police' } as const
export const cleanUpSquadId = '150221104-squad'

const specialUnits: readonly Unit[] = [
  specialUnit('150221104', policeBranchIds['150221'], 'specialised-branch', '萨拉齐派出所党支部', '萨拉齐镇'),
  specialUnit('150421100', policeBranchIds['150421'], 'specialised-branch', '天山派出所党支部', '天山镇'),
  specialUnit('150221104', cleanUpSquadId, 'temporary', '萨拉齐镇环境整治突击队临时党支部', '萨拉齐镇'),
]

/** Every unit of the demonstration: the real tree, its partner units, special branches and one squad. */
export const demoUnits: readonly Unit[] = [
  ...divisions.flatMap(unitsOfDivision),
  ...partnerUnits,
  ...specialUnits,
]

const unitsById = new Map(demoUnits.map((unit) => [unit.id, unit]))

export const demoUnit = (id: string): Unit => {
  const unit = unitsById.get(id)
  if (!unit) throw new Error(`no unit ${id} in the demonstration`)
  return unit
}

/** 后炭市社区, where the story is played. */
export const storyCommunityId = '150221104004'

/** Which bureaus are bound to which unit; a township's partners serve every branch below it. */
const bonds: readonly (readonly [unitId: string, partners: readonly string[]])[] = [
  [storyCommunityId, ['150221-housing', '150221-forestry', '150221-city', '150221-power']],
  ...divisions
    .filter(
      (one) => one.level === 'village' && one.code.startsWith('150221104') && one.code !== storyCommunityId,
    )
    .map((one, at): readonly [string, readonly string[]] => {
      const isCommunity = one.code < '150221104200'
      const rotation = isCommunity
        ? ['housing', 'city', 'power', 'civil', 'employment', 'forestry']
        : ['transport', 'water', 'farming', 'power', 'forestry']
      const chosen = [0, 1, 2].map((step) => rotation[(at + step) % rotation.length] ?? 'power')
      return [one.code, chosen.map((id) => `150221-${id}`)]
    }),
  ['150421201', ['150421-farming', '150421-transport', '150421-water', '150421-power', townshipServiceId]],
  ['150421100', ['150421-housing', '150421-power', '150421-civil']],
  ['150421404', ['150421-housing', '150421-employment', '150421-power']],
  ['150421403', ['150421-housing', '150421-civil', '150421-forestry']],
]

/** Partnerships of the demonstration, agreed a year before `now`. */
export const demoPartnerships = (now: number): readonly Partnership[] =>
  bonds.flatMap(([unitId, partnerIds]) =>
    partnerIds.map((partnerId) => ({
      id: `${partnerId}:${unitId}`,
      partnerId,
      partnerName: demoUnit(partnerId).name,
      unitId,
      since: now - 365 * 24 * 3_600_000,
    })),
  )

/** The partner units that are bound to a unit or to one above it. */
export const demoPartnerIdsOf = (path: readonly string[]): readonly string[] =>
  bonds.flatMap(([unitId, partnerIds]) => (path.includes(unitId) ? partnerIds : []))
