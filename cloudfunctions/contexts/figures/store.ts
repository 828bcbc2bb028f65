import type { Store } from '../../platform/cloudbase/database'
import { longDocuments, type Sheets } from '../../platform/cloudbase/long-documents'
import { mostOfOne, setOrAdd } from '../../platform/cloudbase/stored'
import { sectionOf, sectionsOfComplaints } from '../report/rules/lies-in'
import type { KeptFigures, KeptSection, RecountAlarm, RecountProgress, ReportRow } from './ports'
import { type Counts, knownCounts, type Section, totalOf } from './rules/fold'
import { daySection, kindOfSection, type Month, unitAndMonth } from './rules/month'

/** Figures as fields of one object: `open`, and of complaints `u7!open`, where a dot of the id is written as `%`. */
type Numbers = Readonly<Record<string, number>>

/** One section of one unit's figures, or, under an id that no section has, until when all of them are folded. */
export interface FiguresDocument {
  readonly _id: string
  readonly rev: number
  readonly own?: Numbers
  readonly below?: Numbers
  readonly above: readonly string[]
  readonly aboveId: string | null
  /** How many lie above it. */
  readonly depth: number
  readonly isChanged: boolean
  readonly moves: readonly string[]
  /** Of a month: when it is to be worked out anew; null when it is final. */
  readonly computeAt?: number | null
  /** Of a month: which, for those who read all of one. */
  readonly month?: Month
  /** Of a month that is final: with which those of its chain are sealed. */
  readonly salt?: string
  readonly foldedAt?: number
}

export type ReportRowDocument = Omit<ReportRow, 'id'> & Sheets & { readonly _id: string }

const foldedId = '!'

type RecountDocument = RecountProgress & { readonly _id: string }
const recountId = 'figures'
type AlarmDocument = RecountAlarm & { readonly _id: string }
const alarmId = 'figures-drifted'

interface SealedDocument {
  readonly _id: string
  readonly month: Month
}
const sealedId = 'sealed-months'

const countFields = ['foldedAt', 'own', 'below']

/** A dot in the name of a field would be a way into it; no id has a `%`. */
const fieldOf = (figure: string): string => figure.replaceAll('.', '%')

const toNumbers = (counts: Counts): Numbers =>
  Object.fromEntries(Object.entries(counts).map(([figure, count]) => [fieldOf(figure), count ?? 0]))

// Sound: the figures were written by `toNumbers`.
const toCounts = (numbers: Numbers = {}): Counts =>
  Object.fromEntries(
    Object.entries(numbers).flatMap(([field, count]) =>
      count === 0 ? [] : [[field.replaceAll('%', '.'), count]],
    ),
  ) as Counts

/** What is added to the section’s own figures. */
const addedTo = (by: Counts): Numbers =>
  Object.fromEntries(Object.entries(toNumbers(by)).map(([field, count]) => [`own.${field}`, count]))

const sectionIn = (document: FiguresDocument | undefined): Section => ({
  own: toCounts(document?.own),
  below: toCounts(document?.below),
})

const toKept = (document: FiguresDocument): KeptSection => {
  const { _id, rev, above, isChanged, moves, computeAt, salt } = document
  const ofMonth = {
    ...(computeAt === undefined ? {} : { computeAt }),
    ...(salt === undefined ? {} : { salt }),
  }
  return { id: _id, rev, above, isChanged, moves, ...ofMonth, ...sectionIn(document) }
}

/** With how it lies on sheets, which whoever writes it over goes by. */
const toRow = ({ _id, ...row }: ReportRowDocument): ReportRow => ({ id: _id, ...row })
const toRowDocument = ({ id, ...row }: ReportRow) => ({ _id: id, ...row })
/** What a family of hundreds says of months is long; a row is found by its months. */
const mayLeaveRow = ['facts', 'flows', 'formerMonths'] satisfies readonly (keyof ReportRow)[]
/** How often a row is written that others write at the same time. */
const mostTries = 20

const placed = (above: readonly string[]) => ({
  above,
  aboveId: above[above.length - 1] ?? null,
  depth: above.length,
})

export const figuresRepository = (
  /** One that reads rows whole (`readWhole`). */
  store: Store<'figures' | 'figure_rows' | 'figure_row_sheets' | 'clock_progress'>,
): KeptFigures => {
  const { command } = store
  const rows = longDocuments(store, {
    collection: 'figure_rows',
    sheets: 'figure_row_sheets',
    mayLeave: mayLeaveRow,
  })
  const rowOf = async (reportId: string): Promise<ReportRow | undefined> => {
    const document = await store.get<ReportRowDocument>('figure_rows', reportId)
    return document && toRow(document)
  }
  const read = ({ id, rev }: Pick<KeptSection, 'id' | 'rev'>) => ({ _id: id, rev })
  const touchKept = (id: string, at: number): Promise<boolean> =>
    store.increase('figures', { _id: id, computeAt: command.gt(0) }, { rev: 1 }, { set: { computeAt: at } })
  /** What some sections show, in the order of their ids, and until when all of them are folded. */
  const totalsOf = async (ids: readonly string[]) => {
    const documents = await store.getMany<FiguresDocument>('figures', [foldedId, ...ids], countFields)
    const found = new Map(documents.map((document) => [document._id, document]))
    return {
      totals: ids.map((id) => totalOf(sectionIn(found.get(id)))),
      asOf: found.get(foldedId)?.foldedAt ?? null,
    }
  }
  const sections = async (
    conditions: Parameters<typeof store.first>[1],
    order: Parameters<typeof store.first>[2],
    limit: number,
  ) => (await store.first<FiguresDocument>('figures', conditions, order, limit)).map(toKept)

  return {
    of: async (unitId, audience, handKey) => {
      const whose = handKey === undefined ? [unitId] : [unitId, handKey]
      const complaintsOf = (id: string) => (audience === 'everyone' ? [] : sectionsOfComplaints(id))
      const ids = [foldedId, ...whose.flatMap((id) => [sectionOf.everybodys(id), ...complaintsOf(id)])]
      const found = new Map(
        (
          await store.first<FiguresDocument>('figures', { _id: command.in(ids) }, [], ids.length, countFields)
        ).map((document) => [document._id, document]),
      )
      const section = (id: string) => sectionIn(found.get(id))
      const countsOf = (id: string) =>
        knownCounts(
          section(sectionOf.everybodys(id)),
          audience === 'everyone'
            ? null
            : { unitId: id, sections: complaintsOf(id).map(section), seatsIn: audience.seatsIn },
        )
      return {
        counts: countsOf(unitId),
        inHand: handKey === undefined ? 0 : (countsOf(handKey).inHand ?? 0),
        asOf: found.get(foldedId)?.foldedAt ?? null,
      }
    },
    add: async (key, { section, above, by }) => {
      const isNew = { _id: section, moves: command.nin([key]) }
      const addTo = (): Promise<boolean> =>
        store.increase(
          'figures',
          isNew,
          { rev: 1, ...addedTo(by) },
          { push: { moves: { one: key } }, set: { ...(above ? placed(above) : {}), isChanged: true } },
        )
      if (await addTo()) return
      const first: FiguresDocument = {
        _id: section,
        rev: 1,
        ...placed(above ?? []),
        isChanged: true,
        moves: [key],
        own: toNumbers(by),
      }
      // It contains the move already, or is not there; or somebody has just made it.
      if (!(await store.add('figures', first))) await addTo()
    },
    contains: async (key, section) =>
      (await store.first('figures', { _id: section, moves: key }, [], 1, ['rev'])).length > 0,
    changed: (limit) =>
      sections(
        { isChanged: true },
        [
          ['depth', 'desc'],
          ['_id', 'asc'],
        ],
        limit,
      ),
    get: async (id) => {
      const document = await store.get<FiguresDocument>('figures', id)
      return document && toKept(document)
    },
    below: async (id) =>
      (await store.findAll<FiguresDocument>('figures', { aboveId: id }, { atMost: mostOfOne })).map(toKept),
    belowAny: async (ids) =>
      (
        await store.findIn<FiguresDocument>('figures', 'aboveId', ids, {}, { atMost: mostOfOne * ids.length })
      ).map(toKept),
    setBelow: async (section, below) => {
      const fields = { below: toNumbers(below), isChanged: section.above.length > 0 }
      if (section.rev === 0)
        return store.add('figures', {
          _id: section.id,
          rev: 1,
          ...placed(section.above),
          moves: [],
          ...fields,
          // A month has numbers of its own beside those from below: they have still to be worked out.
          ...(kindOfSection(section.id) === 'month'
            ? { computeAt: 1, month: unitAndMonth(section.id).month }
            : {}),
        } as FiguresDocument)
      // Where only its own people's lists have been counted, it has not been told yet where it lies.
      return store.increase(
        'figures',
        read(section),
        { rev: 1 },
        { set: { ...fields, ...placed(section.above) } },
      )
    },
    markFolded: async (section) => {
      await store.update('figures', read(section), { isChanged: false })
    },
    keepMoves: async (section, moves) => {
      await store.increase('figures', read(section), { rev: 1 }, { set: { moves } })
    },
    mend: (section, by) =>
      store.increase('figures', read(section), { rev: 1, ...addedTo(by) }, { set: { isChanged: true } }),
    behind: (id, limit) => sections({ _id: command.gt(id ?? foldedId) }, [['_id', 'asc']], limit),
    recountProgress: async () => {
      const document = await store.get<RecountDocument>('clock_progress', recountId)
      if (!document) return undefined
      const { _id, ...progress } = document
      return progress
    },
    saveRecountProgress: (progress) =>
      setOrAdd(
        () => store.update('clock_progress', { _id: recountId }, { ...progress }),
        () => store.add('clock_progress', { _id: recountId, ...progress } as RecountDocument),
      ),
    recountAlarm: async () => {
      const document = await store.get<AlarmDocument>('clock_progress', alarmId)
      return { told: document?.told ?? [], found: document?.found ?? [] }
    },
    saveRecountAlarm: (alarm) =>
      setOrAdd(
        () => store.update('clock_progress', { _id: alarmId }, { ...alarm }),
        () => store.add('clock_progress', { _id: alarmId, ...alarm } as AlarmDocument),
      ),
    row: rowOf,
    putRow: async (row, readBefore) => {
      const is = toRowDocument(row)
      let known = readBefore
      for (let tries = 0; tries < mostTries; tries += 1) {
        if (known && known.rev >= row.rev) return
        const isWritten = known
          ? await rows.replace(toRowDocument(known), is, { rev: known.rev })
          : await rows.add(is)
        if (isWritten) return
        known = await rowOf(row.id)
      }
      throw new Error(`${row.id}: what it says of months is written over again and again`)
    },
    monthsSaidBy: async (reportIds) => {
      const rows = await store.getMany<Pick<ReportRowDocument, '_id' | 'months'>>('figure_rows', reportIds, [
        'months',
      ])
      return new Map(rows.map(({ _id, months }) => [_id, months]))
    },
    rowsOf: async (month, after, limit) =>
      (
        await store.first<ReportRowDocument>(
          'figure_rows',
          { months: month, ...(after === null ? {} : { _id: command.gt(after) }) },
          [['_id', 'asc']],
          limit,
        )
      ).map(toRow),
    touchMonth: async (id, at) => {
      const touch = async (): Promise<number> => ((await touchKept(id, at)) ? 1 : 0)
      const { month } = unitAndMonth(id)
      const first = { _id: id, rev: 1, ...placed([]), isChanged: false, moves: [], computeAt: at, month }
      await setOrAdd(touch, () => store.add('figures', first as FiguresDocument))
    },
    touchKeptMonth: async (id, at) => {
      await touchKept(id, at)
    },
    monthsDue: async (now, limit) =>
      (
        await store.first<FiguresDocument>(
          'figures',
          { computeAt: command.gt(0).and(command.lte(now)) },
          [
            ['computeAt', 'asc'],
            ['_id', 'asc'],
          ],
          limit,
        )
      ).map((document) => ({
        section: toKept(document),
        ...unitAndMonth(document._id),
      })),
    setMonth: ({ section }, numbers, above, computeAt) =>
      store.increase(
        'figures',
        read(section),
        { rev: 1 },
        {
          set: {
            own: toNumbers(numbers),
            ...placed(above),
            isChanged: true,
            computeAt,
          },
        },
      ),
    kept: async (ids) => (await store.getMany<FiguresDocument>('figures', ids)).map(toKept),
    existing: async (ids) =>
      new Set((await store.getMany<FiguresDocument>('figures', ids, ['rev'])).map(({ _id }) => _id)),
    setOwn: (id, known, own, above) => {
      const fields = { own: toNumbers(own), ...placed(above), isChanged: true }
      return known === undefined
        ? store.add('figures', { _id: id, rev: 1, moves: [], ...fields } as FiguresDocument)
        : store.increase('figures', read(known), { rev: 1 }, { set: fields })
    },
    months: async (ids) => (await totalsOf(ids)).totals,
    days: async (unitId, dates) => {
      const { totals: days, asOf } = await totalsOf(dates.map((on) => daySection(unitId, on)))
      return { days, asOf }
    },
    firstMonth: async () => {
      const [first] = await store.first<FiguresDocument>(
        'figures',
        { month: command.gt('') },
        [
          ['month', 'asc'],
          ['_id', 'asc'],
        ],
        1,
        ['month'],
      )
      return first?.month
    },
    ofMonth: (month, behind, limit) =>
      sections({ month, ...(behind === null ? {} : { _id: command.gt(behind) }) }, [['_id', 'asc']], limit),
    keepSalt: (section, salt) => store.increase('figures', read(section), { rev: 1 }, { set: { salt } }),
    sealedUntil: async () => (await store.get<SealedDocument>('clock_progress', sealedId))?.month,
    noteSealed: (month) =>
      setOrAdd(
        () => store.update('clock_progress', { _id: sealedId }, { month }),
        () => store.add('clock_progress', { _id: sealedId, month } as SealedDocument),
      ),
    noteFolded: async (at) => (await store.update('figures', { _id: foldedId }, { foldedAt: at })) === 1,
    noteFirstFolded: async (at) => {
      await store.add('figures', { _id: foldedId, foldedAt: at } as FiguresDocument & { foldedAt: number })
    },
  }
}
