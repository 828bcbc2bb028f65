import {
  reportNumberAt,
  reportNumberCount,
} from '../../../cloudfunctions/contexts/report/rules/report-number'
import { movePoint, type Point } from '../../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import { divisions, storyCommunityId } from '../../../local/demo/divisions'
import { demoCellsOf } from '../../../local/demo/grid'
import { seededNow } from './played'
import type { Template, Variant } from './template'

/** In the middle of the first cell of a branch. */
export const middleOf = (branchId: string): Point => {
  const corners = (demoCellsOf(branchId)[0]?.rings[0] ?? []).slice(1)
  const mean = (at: 0 | 1) => corners.reduce((sum, corner) => sum + corner[at], 0) / corners.length
  return { lng: mean(0), lat: mean(1) }
}

/** The branch that a thirtieth of all reports go to: at a million, 1,290 in a month. */
export const hotBranchId = storyCommunityId
/** Where a hundredth of all reports lie. */
export const hotPoint: Point = middleOf(hotBranchId)
export const hotCategoryId = 'lane-repair'
/** Somebody who has reported as often as fills a page, however large the place. */
export const busyAccountId = 'custom:resident-busy'

const hotBranchShare = 1 / 33
const hotPlaceShare = 1 / 100
/** Of all reports; open ones lie within the last weeks, the others within two years. */
const openShare = 0.2
const oldestDays = 690
/** Messages that are left of each report of the crowd. */
const crowdMessages = 2
/** Characters of a report of the crowd: what was long worked on is among the first pages, the many are ordinary. */
const crowdLength = 6500
/** Reports that a resident has made on average. */
const reportsOfEach = 8

/** A step's template and how often it can be taken. */
export interface Stock {
  readonly action: string
  readonly template: number
  readonly copies: number
  /** From when it was played to the present. */
  readonly shiftMs: number
}

/** What a place of so many reports consists of. */
export interface Size {
  readonly reports: number
  /** Rows that fill a page and show that there is another one. */
  readonly page: number
  readonly stock: readonly Stock[]
}

/** One copy to be made. */
export interface Copy {
  readonly template: number
  readonly variant: Variant
  readonly mostMessages: number
}

/** Thirty-two bits from a number and what it is for; the same every time (murmur's last steps). */
const mix = (no: number, salt: number): number => {
  let h = Math.imul(no ^ (no >>> 16), 0x85ebca6b) ^ Math.imul(salt + 1, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x27d4eb2f)
  return (h ^ (h >>> 15)) >>> 0
}
const share = (no: number, salt: number): number => mix(no, salt) / 2 ** 32
const pick = <T>(from: readonly T[], no: number, salt: number): T => {
  const one = from[Math.floor(share(no, salt) * from.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const rankLetters = 10
const otherLetters = 9

/** Ids rise with the number, so that documents are made in the order in which they are stored; their ends are any. */
const idAt = (no: number, count: number, sibling: number): string => {
  let rank = Math.floor((no / count) * alphabet.length ** rankLetters)
  let id = ''
  for (let at = 0; at < rankLetters; at += 1) {
    id = alphabet[rank % alphabet.length] + id
    rank = Math.floor(rank / alphabet.length)
  }
  // A sibling sorts behind, before the next number.
  id += alphabet[sibling]
  for (let at = 1; at < otherLetters; at += 1) id += alphabet[mix(no, 100 + at + sibling) % alphabet.length]
  return `r${id}`
}

/** No two of the first nine hundred million are the same. */
const numberAt = (no: number): string => reportNumberAt((no * 524_287 + 12_345) % reportNumberCount)
const mostReportsOfOne = 4

const villagesOf = (bannerId: string | null): readonly string[] =>
  divisions
    .filter(({ level, code }) => level === 'village' && code.slice(0, 6) === bannerId)
    .map(({ code }) => code)

/** Where the shift of an open template may lie: it has happened by now, and the clock has nothing to do yet. */
const openShift = (template: Template, no: number): number => {
  const latest = seededNow - template.changedAt
  const room = (template.nextClockAt ?? seededNow + 30 * dayMs) - seededNow - 2 * hourMs
  return Math.floor(latest - share(no, 8) * (latest + Math.max(0, Math.min(room, 20 * dayMs))))
}

/** What is made at each place of a seeded database; the same place is the same copy in every thread. */
export const planCopies = (templates: readonly Template[], momentCount: number, size: Size) => {
  const { page, stock } = size
  /** Behind the moments: how matters stand at the end. */
  const standing = templates.slice(momentCount).map((template, at) => ({ template, at: momentCount + at }))
  const movable = standing.filter(({ template }) => template.village !== null && template.reportCount === 1)
  const isQuiet = ({ nextClockAt }: Template): boolean =>
    nextClockAt === null || nextClockAt > seededNow + 6 * hourMs
  const open = movable.filter(({ template }) => template.isOpen && isQuiet(template))
  const done = movable.filter(({ template }) => !template.isOpen)
  const others = standing.filter(
    ({ template }) => template.village === null && isQuiet(template) && template.reportCount === 1,
  )
  const isOrdinary = ({ template }: (typeof standing)[number]): boolean =>
    template.documents.every(
      ({ collection, texts }) =>
        collection !== 'reports' || texts.reduce((sum, text) => sum + text.length, 0) < crowdLength,
    )
  const [openCrowd, doneCrowd, otherCrowd] = [open, done, others].map((list) => list.filter(isOrdinary)) as [
    typeof standing,
    typeof standing,
    typeof standing,
  ]
  const atHotPlace = (list: typeof standing) =>
    list.filter(({ template }) => template.point !== null && template.categoryId === hotCategoryId)
  const [openThere, doneThere] = [atHotPlace(open), atHotPlace(doneCrowd)]
  const villages = new Map(['150221', '150421'].map((bannerId) => [bannerId, villagesOf(bannerId)]))

  type Made = Omit<Copy, 'variant'> & { readonly variant: Omit<Variant, 'reportIds' | 'numbers'> }
  const made = (
    template: number,
    shiftMs: number,
    accountIds: Variant['accountIds'],
    rest: Partial<Variant> = {},
    mostMessages = Number.POSITIVE_INFINITY,
  ): Made => ({
    template,
    mostMessages,
    variant: {
      shiftMs,
      accountIds,
      photoIds: (place) => `photo-${place}`,
      village: null,
      move: null,
      ...rest,
    },
  })

  /** A page's worth of each kind that lists are asked for, the same at every size. */
  const filling = (list: typeof standing, name: string, rest: Partial<Variant>): readonly Made[] =>
    list.length === 0
      ? []
      : Array.from({ length: page }, (_, no) => {
          const { template, at } = list[no % list.length] ?? { template: undefined, at: 0 }
          if (!template) throw new Error(`no template for ${name}`)
          const shift = template.isOpen ? openShift(template, no) : -dayMs * (no % 60)
          return made(at, shift, (place) => `custom:resident-${name}-${no}-${place}`, rest)
        })
  const here = { village: hotBranchId }
  const inTab = (tab: string) =>
    open.filter(({ template }) => template.tab === tab && template.bannerId === '150221')
  const ofBanner = done.filter(({ template }) => template.bannerId === '150221')
  const onList = (list: string) =>
    [...open, ...done].filter(
      ({ template }) => template.redFaceLists.includes(list) && template.bannerId === '150221',
    )
  const busy = filling(
    ofBanner.filter(({ template }) => template.reporterId === template.residents[0]),
    'busy',
    here,
  ).map((one): Made => {
    const { accountIds } = one.variant
    return {
      ...one,
      variant: { ...one.variant, accountIds: (at) => (at === 0 ? busyAccountId : accountIds(at)) },
    }
  })
  const special: readonly Made[] = [
    ...stock.flatMap(({ template, copies, action, shiftMs }) =>
      Array.from({ length: copies }, (_, no) =>
        made(template, shiftMs, (place) => stockAccount(action, no, place), {
          photoIds: (place) => stockPhoto(action, no, place),
        }),
      ),
    ),
    ...['waiting', 'working', 'check', 'suspended'].flatMap((tab) => filling(inTab(tab), tab, here)),
    ...filling(ofBanner, 'done', here),
    ...filling(onList('public'), 'public', here),
    ...filling(onList('cleared'), 'cleared', here),
    ...filling(openThere, 'there', { ...here, move: () => hotPoint }),
    ...busy,
  ]
  const count = Math.max(size.reports, special.length)
  const specialAt = (no: number): Made | undefined => {
    if (special.length === 0) return undefined
    const rank = Math.floor((no * special.length) / count)
    return Math.ceil((rank * count) / special.length) === no ? special[rank] : undefined
  }

  const crowd = (no: number): Made => {
    const isOpen = share(no, 1) < openShare
    const residents = Math.max(200, Math.floor(count / reportsOfEach))
    const accountIds = (place: number) => `custom:resident-${(mix(no, 50) + place) % residents}`
    if (share(no, 2) < hotPlaceShare) {
      const { template, at } = pick(isOpen ? openThere : doneThere, no, 3)
      const shift = isOpen ? openShift(template, no) : -dayMs * Math.floor(share(no, 4) * oldestDays)
      return made(at, shift, accountIds, { ...here, move: () => hotPoint }, crowdMessages)
    }
    const isElsewhere = share(no, 5) < 0.03
    const { template, at } = pick(isElsewhere ? otherCrowd : isOpen ? openCrowd : doneCrowd, no, 3)
    const shift = template.isOpen ? openShift(template, no) : -dayMs * Math.floor(share(no, 4) * oldestDays)
    const isHot = template.bannerId === '150221' && share(no, 6) < hotBranchShare * 1.6
    const village = isHot ? hotBranchId : pick(villages.get(template.bannerId ?? '') ?? [hotBranchId], no, 7)
    const move = (point: Point): Point =>
      movePoint(point, (share(no, 9) - 0.5) * 6000, (share(no, 10) - 0.5) * 6000)
    return made(at, shift, accountIds, template.village === null ? {} : { village, move }, crowdMessages)
  }

  return {
    count,
    copyAt: (no: number): Copy => {
      const { template, mostMessages, variant } = specialAt(no) ?? crowd(no)
      const reports = Array.from({ length: templates[template]?.reportCount ?? 1 }, (_, report) => report)
      return {
        template,
        mostMessages,
        variant: {
          ...variant,
          reportIds: reports.map((report) => idAt(no, count, report)),
          numbers: reports.map((report) => numberAt(no * mostReportsOfOne + report)),
        },
      }
    },
    /** Where the copies of a step's template are, in order. */
    stockPlaces: (action: string): readonly number[] => {
      let from = 0
      for (const one of stock) {
        if (one.action === action)
          return Array.from({ length: one.copies }, (_, no) =>
            Math.ceil(((from + no) * count) / special.length),
          )
        from += one.copies
      }
      return []
    },
  }
}

export const stockAccount = (action: string, no: number, place: number): string =>
  `custom:caller-${action.replace('.', '-')}-${no}-${place}`
export const stockPhoto = (action: string, no: number, place: number): string =>
  `photo-${action.replace('.', '-')}-${no}-${place}`
