import { distanceMetres } from '../../../ground/geometry'
import { townshipOf, villageOf } from '../../../ground/unit-path'
import { type CategoryId, groupOf } from '../../category/rules/category'
import type { Place } from '../../routing/rules/routing'
import { type ReportStatus, statusKind } from './lifecycle'
import type { Report } from './report'

/** M1: what is farther apart is not the same matter, unless both name the same lane, yard or building. */
export const sameMatterMetres = 100

/** A lane may be long, but not so long that its two ends are one puddle. */
export const sameNameMetres = 1000

const digits: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

const plain = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/([二三四五六七八九])?十([一二三四五六七八九])?/gu, (_all, tens?: string, ones?: string) =>
      String(Number(digits[tens ?? '一'] ?? 1) * 10 + Number(digits[ones ?? '零'] ?? 0)),
    )
    .replace(/[〇零一二两三四五六七八九]/gu, (digit) => digits[digit] ?? digit)

/** Whose ground it is does not say where on it: 后炭市社区, 先锋乡张家伙房村. */
const ground = /^.*(?:社区|嘎查|苏木|街道办?|委员?会|大队|[^小]区|[镇乡村])/u
/** A lane, a yard or a building with a number or a name of its own. */
const numbered = /第?\d+(?:条|排|号|栋|幢|座|单元|楼|巷|胡同|弄|院|组)/u
const called = /[\p{L}\p{N}]{2,}(?:巷|胡同|弄|街|路|院|楼|小区|学校|医院|市场|广场|桥)/u
/** Whoever writes a whole story there has not named a place. */
const longestName = 30
/** Said of any lane: 门口的路, 这条巷子. */
const vague = /[的这那我咱]|门口|家里|一条/u

/**
 * What the lane, yard or building is called, so written that two people's words for it are equal; null where
 * the words name none. A village's name is no place.
 */
export const placeNameOf = (words: string): string | null => {
  const name = plain(words).replace(ground, '')
  if (name.length > longestName) return null
  if (numbered.test(name)) return name
  return called.test(name) && !vague.test(name) ? name : null
}

/** What of a report decides whether another is alike. */
export type Comparable = Pick<Report, 'id' | 'status' | 'unitPath' | 'parentReportId'> & {
  readonly categoryId: CategoryId
  readonly place: Place
}

/** Metres between the places themselves; null where one has no point. Never to be told to outsiders. */
export const metresApart = (a: Comparable, b: Comparable): number | null =>
  a.place.point && b.place.point ? distanceMetres(a.place.point, b.place.point) : null

const isConfidentialKind = (one: Comparable): boolean => groupOf(one.categoryId) === 'about-branch'

const groundOf = (words: string): string => plain(words).match(ground)?.[0] ?? ''

/** Do both speak of the same ground, as far as they say? Where neither says and no map does, the same village must answer. */
const isOneGround = (a: Comparable, b: Comparable): boolean => {
  const townshipId = townshipOf(a.unitPath)
  if (townshipId === null || townshipId !== townshipOf(b.unitPath)) return false
  const grounds = [groundOf(a.place.words), groundOf(b.place.words)].sort((x, y) => x.length - y.length)
  const [short = '', long = ''] = grounds
  if (short !== '') return long.endsWith(short)
  const villageId = villageOf(a.unitPath)
  return metresApart(a, b) !== null || (villageId !== null && villageId === villageOf(b.unitPath))
}

const hasSameName = (a: Comparable, b: Comparable): boolean => {
  const name = placeNameOf(a.place.words)
  return (
    name !== null &&
    name === placeNameOf(b.place.words) &&
    isOneGround(a, b) &&
    (metresApart(a, b) ?? 0) <= sameNameMetres
  )
}

/** M1: one and the same matter: one group, and within 100 m or at the place of the same name in one township. */
export const isSameMatter = (a: Comparable, b: Comparable): boolean => {
  if (a.id === b.id || groupOf(a.categoryId) !== groupOf(b.categoryId)) return false
  const metres = metresApart(a, b)
  return (metres !== null && metres <= sameMatterMetres) || hasSameName(a, b)
}

/** M1: nothing is merged into what is done or suspended. */
export const takesOthersIn = (status: ReportStatus): boolean =>
  statusKind(status) !== 'done' && status !== 'suspended'

/**
 * M1: may `child` be merged into `parent`, whoever decides it? The same matter; neither a complaint; the
 * parent neither done nor suspended nor merged itself; the child not done.
 */
export const mayMerge = (child: Comparable, parent: Comparable): boolean =>
  isSameMatter(child, parent) &&
  !isConfidentialKind(child) &&
  !isConfidentialKind(parent) &&
  statusKind(child.status) !== 'done' &&
  takesOthersIn(parent.status) &&
  parent.parentReportId === undefined
