import { pieceOf } from '../../../ground/even-hash'
import { pathTo, unitOf } from '../../../ground/unit-path'
import { entriesOf } from '../../red-face/rules/entries'
import { accusedBy } from './confidential'
import { runningDueAt } from './deadlines'
import { isOpen, statusKind } from './lifecycle'
import { handPrefix } from './participant-key'
import { currentHandler, type Report } from './report'

/** Where a report lies in its unit's queue. */
export type QueueTab = 'sorting' | 'waiting' | 'working' | 'check' | 'suspended' | 'done'

/** Lists of a unit alone in which a report can lie. */
export const ownLists = [
  'waiting',
  'working',
  'check',
  'suspended',
  'done',
  /** In the hands of one of the unit's own people: counted for that person, by their `handKey`. */
  'inHand',
  'handling',
  'handlingCheck',
  'handlingOverdue',
  'handled',
  'requests',
  /** With a cause that may still become public: counted for nobody's eyes, so that whoever winds the unit up finds it (F2). */
  'noticedRedFaces',
] as const
/** Lists of an area: what lies in one of a unit lies in that of every unit above it as well. */
export const areaLists = ['sorting', 'open', 'overdue', 'redFaces', 'clearedRedFaces'] as const

export type OwnList = (typeof ownLists)[number]
export type AreaList = (typeof areaLists)[number]
/** A list whose length is kept as a figure. */
export type CountedList = OwnList | AreaList

/**
 * So many sections of complaints has a unit, by whom they accuse: were every unit of the region accused at one time, each
 * of the region's would name some five hundred of them.
 */
const complaintSections = 32

/**
 * What complaints add to a unit's figures lies in sections apart from what everybody may know of, and there list by list
 * for whom they accuse (`accusedBy`): whoever reads them adds up what they may know of, and never takes anything away (H4).
 * What accuses the same lies in the same of them at every level.
 */
export const sectionOf = {
  everybodys: (unitId: string): string => unitId,
  complaints: (unitId: string, accused?: string): string =>
    `${unitId}!${accused === undefined ? '' : pieceOf(accused, complaintSections)}`,
}

/** All sections of complaints of a unit; the first one held all of them before there were several. */
export const sectionsOfComplaints = (unitId: string): readonly string[] => [
  sectionOf.complaints(unitId),
  ...Array.from({ length: complaintSections }, (_, no) => `${sectionOf.complaints(unitId)}${no}`),
]

/** A section as anybody may read of it: which of them a complaint lies in would tell whom it accuses (H4). */
export const withoutAccused = (section: string): string => {
  const at = section.indexOf('!')
  return at < 0 ? section : section.slice(0, at + 1)
}

/** What is counted in a section: a list, and in that of complaints also whom they accuse, `u7!open`. */
export type CountedFigure = CountedList | `${string}!${CountedList}`

export const accusingFigure = (accused: string, list: CountedList): CountedFigure => `${accused}!${list}`

/** The list that a figure counts, and who is accused by what lies there. */
export const partsOfFigure = (figure: string): { readonly list: string; readonly accused?: string } => {
  const at = figure.lastIndexOf('!')
  return at < 0 ? { list: figure } : { list: figure.slice(at + 1), accused: figure.slice(0, at) }
}

/** One list of one unit's section in which a report lies. */
interface Lie {
  readonly unitId: string
  readonly list: CountedList
  /** From the region down to the unit, where the list is one of an area. */
  readonly path?: readonly string[]
}

export const tabOf = ({ status }: Pick<Report, 'status'>): QueueTab => {
  switch (status) {
    case 'unrouted':
      return 'sorting'
    case 'routed':
      return 'waiting'
    case 'awaiting-check':
      return 'check'
    case 'suspended':
      return 'suspended'
    default:
      return statusKind(status) === 'done' ? 'done' : 'working'
  }
}

/** Every unit that may rule on a request that waits. */
export const rulingUnits = ({
  requests,
  unitPath,
}: Pick<Report, 'requests' | 'unitPath'>): readonly string[] => [
  ...new Set(
    requests.flatMap(({ rulingUnitId }) => {
      return rulingUnitId === null ? [] : (pathTo(unitPath, rulingUnitId) ?? [rulingUnitId])
    }),
  ),
]

/** Units that had the work and have it no longer. */
export const formerHandlers = ({
  dispatches,
  handlerUnitId,
}: Pick<Report, 'dispatches' | 'handlerUnitId'>): readonly string[] =>
  [...new Set(dispatches.map((dispatch) => dispatch.unitId))].filter((unitId) => unitId !== handlerUnitId)

/** In whose hands of the unit's own people the work is; undefined where it is nobody's, or done. */
export const handOf = (
  report: Pick<Report, 'status' | 'dispatches' | 'handlerUnitId'>,
): string | undefined => (tabOf(report) === 'working' ? currentHandler(report)?.handKey : undefined)

/** Where a report lies that was last changed at `at`: what has become late since is a change of its own, the clock's. */
const liesOf = (report: Report, at: number): readonly Lie[] => {
  const { answerableUnit, isSorting, unitPath: path, status, handlerUnitId } = report
  const tab = tabOf(report)
  const dueAt = runningDueAt(report)
  const isOverdue = dueAt !== null && dueAt <= at
  const lies: Lie[] = []
  const areaId = unitOf(path)
  const inArea = (list: AreaList): void => {
    if (areaId !== null) lies.push({ unitId: areaId, list, path })
  }
  if (tab === 'sorting') inArea('sorting')
  else if (!isSorting) lies.push({ unitId: answerableUnit.id, list: tab })
  if (isOpen(status)) inArea('open')
  if (isOverdue) inArea('overdue')
  if (handlerUnitId !== null) {
    lies.push({ unitId: handlerUnitId, list: tab === 'check' ? 'handlingCheck' : 'handling' })
    if (isOverdue) lies.push({ unitId: handlerUnitId, list: 'handlingOverdue' })
  }
  const handKey = handOf(report)
  if (handKey !== undefined) {
    lies.push({ unitId: handKey, list: 'inHand' })
  }
  for (const unitId of formerHandlers(report)) lies.push({ unitId, list: 'handled' })
  for (const unitId of rulingUnits(report)) lies.push({ unitId, list: 'requests' })
  for (const entry of entriesOf(report.redFaces)) {
    // A4: an ended unit's entries lie with its heir, and are counted there alone.
    const { id: unitId, path: entryPath } = entry.heir ?? entry.unit
    if (entry.list === 'notice') lies.push({ unitId, list: 'noticedRedFaces' })
    if (entry.list === 'public') lies.push({ unitId, list: 'redFaces', path: entryPath })
    if (entry.list === 'cleared') lies.push({ unitId, list: 'clearedRedFaces', path: entryPath })
  }
  return lies
}

const mark = '|'
const again = '#'

/** A figure of a section by its name, under which the reports that lie there are found. */
export const listName = (section: string, figure: CountedFigure, nth = 1): string =>
  `${section}${mark}${figure}${nth === 1 ? '' : `${again}${nth}`}`

/** Which section and which of its figures a name means. */
export const figureOfName = (name: string): { readonly section: string; readonly figure: CountedFigure } => {
  const [section = '', place = ''] = name.split(mark)
  const [figure = ''] = place.split(again)
  // Sound: names are made by `listName` alone.
  return { section, figure: figure as CountedFigure }
}

/** How often these reports lie in each list of the section. */
export const countsIn = (
  section: string,
  reports: readonly Pick<Report, 'countedIn'>[],
): Readonly<Partial<Record<CountedFigure, number>>> => {
  const counts: Partial<Record<CountedFigure, number>> = {}
  for (const name of reports.flatMap(({ countedIn = [] }) => countedIn)) {
    const { section: of, figure } = figureOfName(name)
    if (of === section) counts[figure] = (counts[figure] ?? 0) + 1
  }
  return counts
}

/** What a change of a report adds to one section's figures, or takes away. */
export interface FigureMove {
  readonly section: string
  /** The sections of the units above, from the region down; set where a list of the area gains something. */
  readonly above?: readonly string[]
  readonly by: Readonly<Partial<Record<CountedFigure, number>>>
}

/** Where a report lies, figure by figure, and the sections above each. */
const namesOf = (report: Report, at: number): ReadonlyMap<string, readonly string[] | undefined> => {
  const accused = accusedBy(report)
  const section = (unitId: string): string =>
    accused === undefined ? sectionOf.everybodys(unitId) : sectionOf.complaints(unitId, accused)
  const names = new Map<string, readonly string[] | undefined>()
  for (const { unitId, list, path } of liesOf(report, at)) {
    const figure = accused === undefined ? list : accusingFigure(accused, list)
    let nth = 1
    while (names.has(listName(section(unitId), figure, nth))) nth += 1
    names.set(listName(section(unitId), figure, nth), path?.slice(0, -1).map(section))
  }
  return names
}

/**
 * The lists in which a report lies now and what it adds to the figures of which section, given those in which it lay
 * before. One that has never been counted lay nowhere.
 */
export const movesOf = (
  before: readonly string[],
  report: Report,
  at: number,
): { readonly liesIn: readonly string[]; readonly moves: readonly FigureMove[] } => {
  const now = namesOf(report, at)
  const moves = new Map<
    string,
    { section: string; above?: readonly string[]; by: Partial<Record<CountedFigure, number>> }
  >()
  const change = (name: string, by: number, above?: readonly string[]): void => {
    const { section, figure } = figureOfName(name)
    const move = moves.get(section) ?? { section, by: {} }
    move.by[figure] = (move.by[figure] ?? 0) + by
    if (above) move.above = above
    moves.set(section, move)
  }
  const was = new Set(before)
  for (const name of was) if (!now.has(name)) change(name, -1)
  for (const [name, above] of now) if (!was.has(name)) change(name, 1, above)
  return { liesIn: [...now.keys()].sort(), moves: [...moves.values()] }
}

/**
 * Counted when all complaints of a unit lay in one section, or did not say whom they accuse; or when what its people had in
 * hand was counted for all of them together: where it lies is to be told anew.
 */
export const isCountedAsBefore = (countedIn: readonly string[]): boolean =>
  countedIn
    .map(figureOfName)
    .some(
      ({ section, figure }) =>
        section.endsWith('!') || (partsOfFigure(figure).list === 'inHand' && !section.startsWith(handPrefix)),
    )

/** Whose figures a section is part of. */
export const unitOfSection = (section: string): string => section.split('!')[0] ?? section
