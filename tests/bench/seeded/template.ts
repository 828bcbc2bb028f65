import { areaNameOf } from '../../../cloudfunctions/contexts/organisation/rules/area-name'
import {
  type ReportDocument,
  toReport,
  toReportDocument,
} from '../../../cloudfunctions/contexts/report/report-documents'
import { isOpen } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import {
  actorIdOf,
  participantKey,
  pseudonymOf,
} from '../../../cloudfunctions/contexts/report/rules/participant-key'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import { type Point, roundPoint } from '../../../cloudfunctions/ground/geometry'
import { divisions } from '../../../local/demo/divisions'
import { membershipsOf } from '../../../local/demo/personas'
import { drawingOf } from '../../../local/demo/play'
import type { Document, Family } from './played'

/** What stands in a template where each copy has a value of its own. */
type Slot =
  | { readonly kind: 'time'; readonly at: number }
  | { readonly kind: 'report'; readonly report: number }
  | { readonly kind: 'number'; readonly report: number }
  | { readonly kind: 'account'; readonly account: number }
  | { readonly kind: 'key'; readonly report: number; readonly accountId: string }
  | { readonly kind: 'pseudonym'; readonly report: number; readonly accountId: string }
  | { readonly kind: 'actor'; readonly report: number; readonly accountId: string }
  | { readonly kind: 'photo'; readonly photo: number }
  | { readonly kind: 'message'; readonly digest: string }
  | { readonly kind: 'area'; readonly part: AreaPart }

type AreaPart = 'village' | 'villageName' | 'township' | 'townshipName'

interface Pieces {
  readonly texts: readonly string[]
  /** Between the texts, as places in the slots. */
  readonly slots: readonly number[]
}

/** A family whose ids, places, times, units and people can be others. */
export interface Template {
  readonly slots: readonly Slot[]
  readonly documents: readonly (Pieces & { readonly collection: string })[]
  /** Sent with the step that is taken next, where there is one. */
  readonly input: Pieces
  readonly reportCount: number
  readonly photoCount: number
  /** Whoever reported or joined, in the order of their places. */
  readonly residents: readonly string[]
  readonly status: string
  readonly tab: string
  readonly isOpen: boolean
  readonly categoryId: string
  readonly point: Point | null
  /** The village or community, where the family can be moved to another one of the banner; null where it cannot. */
  readonly village: string | null
  readonly bannerId: string | null
  readonly submittedAt: number
  readonly changedAt: number
  /** When the clock does something with one of its reports next. */
  readonly nextClockAt: number | null
  /** Whoever first reported it. */
  readonly reporterId: string | null
  readonly redFaceLists: readonly string[]
}

/** What a copy of a template has of its own. */
export interface Variant {
  readonly reportIds: readonly string[]
  readonly numbers: readonly string[]
  readonly accountIds: (place: number) => string
  readonly photoIds: (place: number) => string
  readonly shiftMs: number
  /** Where it is; null where the template is. */
  readonly village: string | null
  readonly move: ((point: Point) => Point) | null
}

const townships = new Map(divisions.filter(({ level }) => level === 'township').map((one) => [one.code, one]))
const villages = new Map(divisions.filter(({ level }) => level === 'village').map((one) => [one.code, one]))

const areaOf = (village: string): Readonly<Record<AreaPart, string>> => {
  const township = village.slice(0, 9)
  return {
    village,
    township,
    villageName: areaNameOf(villages.get(village)?.name ?? ''),
    townshipName: areaNameOf(townships.get(township)?.name ?? ''),
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Epoch milliseconds of these years, plain or as what is open is ordered by (`openSince`). */
const timePattern = '(?<![0-9a-f.])(?:1[67][0-9]{11}|25[45][0-9]{12})(?![0-9a-f])'

/** One of the demonstration's photographs as it is shown for the first time. */
const photoPattern = 'demo-[a-z0-9-]+\\.[0-9]+'

/** What a message is called by, behind its instant. */
const messagePattern = '(?<=[0-9]{13}\\.)[0-9a-f]{32}'

/** Commands that the demonstration numbers: a stage that goes on from a copy gives the same numbers once more. */
const playedCommand = /^00000000-(?=0000-4000-8000-)/

interface Described {
  readonly family: Family
  readonly staffAccounts: readonly string[]
  readonly keyed: Ports['keyed']
  readonly input?: Readonly<Record<string, unknown>>
  /** As stored: with the number of the collection's present shape. */
  readonly stored: (collection: string, document: Document) => Document
}

const isResident = (accountId: string): boolean => membershipsOf(accountId).length === 0

/** Takes a family apart into what all its copies share and what each has of its own. */
export const compileTemplate = ({
  family,
  staffAccounts,
  keyed,
  input = {},
  stored,
}: Described): Template => {
  const reports = family.documents
    .filter(([collection]) => collection === 'reports')
    .map(([, document]) => document as unknown as ReportDocument)
  const [first] = reports
  if (!first) throw new Error('a family without a report')
  const participants = family.documents.flatMap(([collection, document]) =>
    collection === 'participants' ? [document as Document & { accountId: string; part: string }] : [],
  )
  const participating = [...new Set(participants.map(({ accountId }) => accountId))]
  const residents = participating.filter(isResident)
  const [, , bannerId = null, , last = ''] = first.unitPath
  const village = first.unitPath.length === 5 && villages.has(last) ? last : null

  const slots: Slot[] = []
  const placeOf = new Map<string, number>()
  const slotFor = (text: string, slot: Slot): void => {
    if (placeOf.has(text)) return
    placeOf.set(text, slots.length)
    slots.push(slot)
  }
  for (const [report, { _id: id, number = '' }] of reports.entries()) {
    slotFor(id, { kind: 'report', report })
    if (number !== '') slotFor(number, { kind: 'number', report })
    for (const accountId of participating) {
      const key = participantKey(keyed, accountId, id)
      slotFor(key, { kind: 'key', report, accountId })
      if (pseudonymOf(key) === reports[report]?.pseudonym)
        slotFor(`"pseudonym":"${pseudonymOf(key)}"`, { kind: 'pseudonym', report, accountId })
    }
  }
  for (const [account, accountId] of residents.entries()) slotFor(accountId, { kind: 'account', account })
  if (village !== null)
    for (const [part, text] of Object.entries(areaOf(village)))
      if (text !== '') slotFor(text, { kind: 'area', part: part as AreaPart })

  const whole = family.documents.map(([collection, document]) => {
    const text = JSON.stringify(stored(collection, document), (_key, value: unknown) =>
      typeof value === 'string' ? drawingOf(value).replace(playedCommand, '0000000a-') : value,
    )
    return { collection, text }
  })
  const actorIds = new Set(whole.flatMap(({ text }) => text.match(/(?<=")[0-9a-f]{16}(?=")/g) ?? []))
  if (actorIds.size > 0)
    for (const accountId of [...participating, ...staffAccounts])
      for (const [report, { _id: id }] of reports.entries()) {
        const actorId = actorIdOf(keyed, accountId, id)
        if (actorIds.has(actorId)) slotFor(actorId, { kind: 'actor', report, accountId })
      }
  let photoCount = 0

  // The longest first; a code is no part of a longer one, an account no part of another.
  const known = [...placeOf.keys()]
    .sort((a, b) => b.length - a.length)
    .map((text) =>
      /^[a-z0-9:-]*[0-9]$/i.test(text) ? `(?<![0-9A-Za-z])${escaped(text)}(?![0-9-])` : escaped(text),
    )
  const pattern = new RegExp([timePattern, photoPattern, messagePattern, ...known].join('|'), 'g')
  const inPieces = (text: string): Pieces => {
    const texts: string[] = []
    const places: number[] = []
    let from = 0
    for (const match of text.matchAll(pattern)) {
      const [found] = match
      if (!placeOf.has(found)) {
        if (found.startsWith('demo-')) {
          slotFor(found, { kind: 'photo', photo: photoCount })
          photoCount += 1
        } else if (found.length === 32) slotFor(found, { kind: 'message', digest: found })
        else slotFor(found, { kind: 'time', at: Number(found) })
      }
      texts.push(text.slice(from, match.index))
      places.push(placeOf.get(found) ?? 0)
      from = match.index + found.length
    }
    return { texts: [...texts, text.slice(from)], slots: places }
  }

  const documents = whole.map(({ collection, text }) => ({ collection, ...inPieces(text) }))
  const clocks = reports.flatMap(({ nextClockAt }) => (nextClockAt === null ? [] : [nextClockAt]))
  return {
    documents,
    input: inPieces(JSON.stringify(input)),
    slots,
    reportCount: reports.length,
    photoCount,
    residents,
    status: first.status,
    tab: first.tab,
    isOpen: reports.some((one) => isOpen(one.status)),
    categoryId: first.categoryId,
    point: first.place.point ?? null,
    village,
    bannerId,
    submittedAt: first.submittedAt,
    changedAt: Math.max(...reports.map((one) => one.changedAt)),
    nextClockAt: clocks.length === 0 ? null : Math.min(...clocks),
    reporterId: participants.find(({ part }) => part === 'reporter')?.accountId ?? null,
    redFaceLists: family.documents.flatMap(([collection, { list }]) =>
      collection === 'red_face_entries' ? [String(list)] : [],
    ),
  }
}

/** Places that are worked out from where the matter lies. */
const movedReport = (document: ReportDocument & { readonly shape?: number }, variant: Variant): Document => {
  const { shape, ...rest } = document
  const report = toReport(rest)
  const { point } = report.place
  const { move } = variant
  if (!point || !move) return document as unknown as Document
  const there = move(point)
  const moved = toReportDocument({
    ...report,
    place: { ...report.place, point: there },
    publicPoint: roundPoint(there),
  })
  return { ...moved, ...(shape === undefined ? {} : { shape }) } as unknown as Document
}

/** A document of a copy with the text by which it is stored. */
export interface Copied {
  readonly collection: string
  readonly document: Document
  readonly text: string
}

const fill = ({ texts, slots }: Pieces, textOf: (slot: number) => string): string => {
  let filled = texts[0] ?? ''
  for (let at = 0; at < slots.length; at += 1) filled += textOf(slots[at] ?? 0) + (texts[at + 1] ?? '')
  return filled
}

/** The values of one copy, worked out when they are first asked for. */
const valuesOf = (
  template: Template,
  variant: Variant,
  keyed: Ports['keyed'],
): ((slot: number) => string) => {
  const known: string[] = []
  const accountOf = (accountId: string): string => {
    const place = template.residents.indexOf(accountId)
    return place < 0 ? accountId : variant.accountIds(place)
  }
  const area = areaOf(variant.village ?? template.village ?? '')
  const textOf = (slot: Slot | undefined): string => {
    switch (slot?.kind) {
      case undefined:
        return ''
      case 'time':
        return String(slot.at + variant.shiftMs)
      case 'report':
        return variant.reportIds[slot.report] ?? ''
      case 'number':
        return variant.numbers[slot.report] ?? ''
      case 'account':
        return variant.accountIds(slot.account)
      case 'key':
        return participantKey(keyed, accountOf(slot.accountId), variant.reportIds[slot.report] ?? '')
      case 'pseudonym':
        return `"pseudonym":"${pseudonymOf(participantKey(keyed, accountOf(slot.accountId), variant.reportIds[slot.report] ?? ''))}"`
      case 'actor':
        return actorIdOf(keyed, accountOf(slot.accountId), variant.reportIds[slot.report] ?? '')
      case 'message':
        return keyed(`copied|${slot.digest}|${variant.reportIds[0]}`).slice(0, 32)
      case 'photo':
        return variant.photoIds(slot.photo)
      case 'area':
        return area[slot.part]
    }
  }
  return (place) => {
    known[place] ??= textOf(template.slots[place])
    return known[place] ?? ''
  }
}

/** The documents of one copy; the last messages alone where only so many are wanted. */
export const copyTemplate = (
  template: Template,
  variant: Variant,
  keyed: Ports['keyed'],
  mostMessages = Number.POSITIVE_INFINITY,
): readonly Copied[] => {
  const textOf = valuesOf(template, variant, keyed)
  const messageCount = template.documents.filter(({ collection }) => collection === 'inbox_messages').length
  let passed = 0
  return template.documents.flatMap(({ collection, ...pieces }) => {
    if (collection === 'inbox_messages') {
      passed += 1
      if (passed <= messageCount - mostMessages) return []
    }
    const text = fill(pieces, textOf)
    const document = JSON.parse(text) as Document
    if (collection !== 'reports' || variant.move === null) return [{ collection, document, text }]
    const moved = movedReport(document as unknown as ReportDocument, variant)
    return [{ collection, document: moved, text: JSON.stringify(moved) }]
  })
}

/** What is sent with the step that is taken next on a copy. */
export const inputOfCopy = (
  template: Template,
  variant: Variant,
  keyed: Ports['keyed'],
): Record<string, unknown> =>
  JSON.parse(fill(template.input, valuesOf(template, variant, keyed))) as Record<string, unknown>
