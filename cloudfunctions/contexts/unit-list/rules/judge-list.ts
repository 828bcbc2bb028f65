import { cleanText } from '../../../ground/text/clean-text'
import { readPhoneNumber } from '../../../ground/text/phone-number'
import { areaNameOf } from '../../organisation/rules/area-name'
import { newFacts } from '../../organisation/rules/changed-unit'
import { hasUnitName, levelUnder, mostName, whyNoHeir } from '../../organisation/rules/tree'
import { hasEnded, type Unit, type UnitKind, type UnitLevel } from '../../organisation/rules/unit'
import type { UnitFacts } from '../../organisation/rules/unit-change'
import type { ListCells, ListField } from './columns'

/** What mends a row with one tap. */
export type Cure =
  | { readonly field: ListField; readonly value: string }
  | { readonly do: 'skip' }
  /** It and the row before it of that name are one; what it says and the other does not is kept. */
  | { readonly do: 'merge' }
  /** The unit above is entered with it. */
  | { readonly do: 'add-parent'; readonly name: string; readonly parentCode: string }

/** A row as it was read. */
export interface ListRow {
  /** Its number in the file. */
  readonly no: number
  readonly cells: ListCells
  /** How somebody has chosen to mend it. */
  readonly cure?: Cure | undefined
}

/** What may be wrong with a row. */
export const problemKinds = [
  'name-missing',
  'name-formula',
  'name-long',
  'kind-unknown',
  'level-unknown',
  'code-bad',
  'code-doubled',
  'code-elsewhere',
  'unit-ended',
  'parent-missing',
  'parent-unknown',
  'parent-bad',
  'cyclic',
  'level-jump',
  'same-name',
  'phone-bad',
  'number-bad',
  'heir-unknown',
  'own-name',
] as const
export type ProblemKind = (typeof problemKinds)[number]

/** What is wrong with a row, and what mends it, the best first. */
export interface Problem {
  readonly kind: ProblemKind
  /** The other row that it is about, or what stands there: 第 30 行, 0472-88. */
  readonly about?: string
  readonly cures: readonly Cure[]
}

/** What would be done with a row. */
export const listVerdicts = ['bad', 'added', 'changed', 'closed', 'unchanged', 'skipped'] as const
export type ListVerdict = (typeof listVerdicts)[number]

/** What a list says of a unit besides its name and place. */
export type UnitDetails = Readonly<
  Partial<
    Pick<Unit, 'areaName' | 'phone' | 'dutyPhone' | 'address' | 'hours' | 'population' | 'floatingShare'>
  >
>

/** A unit of a list, named by the key by which lists and units are compared. */
export interface WantedUnit {
  readonly key: string
  readonly code?: string
  readonly name: string
  readonly areaName: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  readonly parentKey: string
  readonly facts: UnitDetails
}

/** What is to be done with a row, and with which unit. */
export interface JudgedRow {
  readonly no: number
  readonly verdict: ListVerdict
  /** What it says, mended as chosen. */
  readonly cells: ListCells
  readonly problem?: Problem
  /** How deep it lies among the rows of the list: who lies above is entered before. */
  readonly depth: number
  /** What is to be entered. */
  readonly wanted?: WantedUnit
  /** What changes of which unit. */
  readonly unitId?: string
  readonly name?: string
  readonly facts?: UnitFacts
  readonly moveTo?: string
  readonly closeInto?: string
}

/** What there is already, as far as a list is compared with it. */
export interface KnownTree {
  /** The unit whose admin brings the list; all of it lies below. */
  readonly root: Unit
  /** That unit and all below it. */
  readonly units: readonly Unit[]
  /** Codes of the list that units elsewhere have. */
  readonly elsewhere: ReadonlySet<string>
  readonly now: number
}

const kindWords: Readonly<Record<string, UnitKind>> = {
  党委: 'committee',
  党工委: 'committee',
  委员会: 'committee',
  苏木乡镇: 'committee',
  乡镇: 'committee',
  街道: 'committee',
  盟市: 'committee',
  旗县: 'committee',
  社区党委: 'community-committee',
  党支部: 'branch',
  支部: 'branch',
  社区党支部: 'branch',
  村党支部: 'branch',
  嘎查党支部: 'branch',
  村: 'branch',
  嘎查: 'branch',
  社区: 'branch',
  专门党支部: 'specialised-branch',
  共建单位: 'partner',
  临时党组织: 'temporary',
  突击队: 'temporary',
  部门: 'department',
  合作社: 'cooperative',
}

const levelWords: Readonly<Record<string, UnitLevel>> = {
  region: 'region',
  自治区: 'region',
  league: 'league',
  盟市: 'league',
  banner: 'banner',
  旗县: 'banner',
  township: 'township',
  苏木乡镇: 'township',
  乡镇: 'township',
  街道: 'township',
  village: 'village',
  嘎查村: 'village',
  社区: 'village',
  村: 'village',
}

const codePattern = /^[0-9A-Za-z][0-9A-Za-z-]{0,39}$/
/** Lengths of national codes, from the region down. */
const codeLengths = [2, 4, 6, 9, 12]

/** The code of the unit above, where codes are national ones. */
const codeAbove = (code: string | undefined): string | undefined => {
  const place = codeLengths.indexOf(code?.length ?? 0)
  return place > 0 && code && /^\d+$/.test(code) ? code.slice(0, codeLengths[place - 1]) : undefined
}

/** What lists and units are compared by: the list's code, else the id that was given. */
export const keyOf = (unit: Pick<Unit, 'id' | 'code'>): string => unit.code ?? unit.id
/** A unit that a list gives no code is told by its name below the unit above. */
const keyByName = (parentKey: string, name: string): string => `${parentKey}/${name}`

/** Without the signs that a table would take for a formula. */
const withoutSigns = (name: string): string => name.replace(/^[=+\-@＝＋－＠\s]+/u, '')

const textFields = ['areaName', 'address', 'hours'] as const
const mostText = { areaName: 40, address: 100, hours: 60 } as const
const phoneFields = ['phone', 'dutyPhone'] as const

const blank = (field: ListField): Cure => ({ field, value: '' })
const skip: Cure = { do: 'skip' }

/** 21.5 of `21.5%`; undefined where it is no number from 0 to `most`. */
const numberOf = (text: string, most: number): number | undefined => {
  const digits = text.normalize('NFKC').replace(/[,，\s人%]/gu, '')
  const number = /^\d{1,9}(\.\d{1,4})?$/.test(digits) ? Number(digits) : undefined
  return number === undefined || number > most ? undefined : number
}

/** What a row says besides its place; or what is wrong with it. */
const readFacts = (cells: ListCells): { readonly facts: UnitDetails } | { readonly problem: Problem } => {
  const facts: { -readonly [F in keyof UnitDetails]: UnitDetails[F] } = {}
  for (const field of textFields) {
    const text = cleanText(cells[field] ?? '')
    if (text !== '') facts[field] = Array.from(text).slice(0, mostText[field]).join('')
  }
  for (const field of phoneFields) {
    const text = cells[field]
    if (text === undefined) continue
    const phone = readPhoneNumber(text)
    if (phone === undefined)
      return { problem: { kind: 'phone-bad', about: text, cures: [blank(field), skip] } }
    facts[field] = phone
  }
  for (const [field, most] of [
    ['population', 30_000_000],
    ['floatingShare', 100],
  ] as const) {
    const text = cells[field]
    if (text === undefined) continue
    const number = numberOf(text, most)
    if (number === undefined)
      return { problem: { kind: 'number-bad', about: text, cures: [blank(field), skip] } }
    facts[field] = number
  }
  return { facts }
}

/** What a row says of its unit, before it is looked where that lies. */
interface Said {
  readonly name: string
  readonly kind: UnitKind | undefined
  readonly level: UnitLevel | undefined
  readonly code: string | undefined
  readonly facts: UnitDetails
}

const readRow = (cells: ListCells): Said | { readonly problem: Problem } => {
  const name = cleanText(cells.name ?? '').replace(/\s+/gu, ' ')
  if (name === '') return { problem: { kind: 'name-missing', cures: [skip] } }
  if (!hasUnitName(name)) {
    const plain = withoutSigns(name)
    const cures: readonly Cure[] = plain === '' ? [skip] : [skip, { field: 'name', value: plain }]
    return { problem: { kind: 'name-formula', about: name, cures } }
  }
  if (Array.from(name).length > mostName)
    return {
      problem: {
        kind: 'name-long',
        cures: [{ field: 'name', value: Array.from(name).slice(0, mostName).join('') }, skip],
      },
    }
  const kindText = cells.kind?.replace(/\s/gu, '')
  const kind = kindText === undefined ? undefined : kindWords[kindText]
  if (kindText !== undefined && kind === undefined)
    return { problem: { kind: 'kind-unknown', about: kindText, cures: [blank('kind'), skip] } }
  const levelText = cells.level?.replace(/\s/gu, '')
  const level = levelText === undefined ? undefined : levelWords[levelText]
  if (levelText !== undefined && level === undefined)
    return { problem: { kind: 'level-unknown', about: levelText, cures: [blank('level'), skip] } }
  const code = cells.code?.normalize('NFKC')
  if (code !== undefined && !codePattern.test(code))
    return { problem: { kind: 'code-bad', about: code, cures: [blank('code'), skip] } }
  const read = readFacts(cells)
  return 'problem' in read ? read : { name, kind, level, code, facts: read.facts }
}

/** A row that is being judged. */
interface Judging {
  readonly row: ListRow
  cells: ListCells
  said?: Said
  key?: string
  parentKey?: string
  problem?: Problem
  isSkipped?: boolean
  /** Where it lies, once that is known: kind and level, and how deep among the rows. */
  place?: {
    readonly kind: UnitKind
    readonly level: UnitLevel
    readonly depth: number
    readonly isPassed: boolean
  }
}

const mended = ({ cells, cure }: ListRow): ListCells => {
  if (!cure || !('field' in cure)) return cells
  const { [cure.field]: _old, ...rest } = cells
  return cure.value === '' ? rest : { ...rest, [cure.field]: cure.value }
}

/** The kind that a unit is of where its list does not say it: the lowest level works, those above govern. */
const kindFor = (levelBelow: UnitLevel | undefined): UnitKind =>
  levelBelow === 'village' ? 'branch' : 'committee'

/**
 * Judges a list against the tree that there is, row by row: what would be added, changed or closed, what is there as it
 * says, and what cannot be: why, and what mends it. Pure, and the same whatever the order of the rows; a list of fifty
 * thousand takes as many steps, however they refer to one another.
 */
export const judgeList = (rows: readonly ListRow[], known: KnownTree): readonly JudgedRow[] => {
  const living = known.units.filter((unit) => !hasEnded(unit, known.now))
  const byKey = new Map(living.map((unit) => [keyOf(unit), unit]))
  const rootKey = keyOf(known.root)
  const endedKeys = new Set(
    known.units
      .filter((unit) => hasEnded(unit, known.now))
      .flatMap((unit) => (byKey.has(keyOf(unit)) ? [] : [keyOf(unit)])),
  )
  const keyById = new Map(known.units.map((unit) => [unit.id, keyOf(unit)]))
  const byName = new Map(
    living.map((unit) => [keyByName(keyById.get(unit.parentId ?? '') ?? '', unit.name), unit] as const),
  )

  const judging: Judging[] = rows.map((row) => ({ row, cells: mended(row) }))
  const ofRow = new Map<string, Judging>()
  const commonParents = mostFrequent(rows.flatMap(({ cells }) => cells.parentCode ?? []))

  // What each row says by itself, and which of two rows of one code counts.
  for (const one of judging) {
    if (one.row.cure && 'do' in one.row.cure && one.row.cure.do === 'skip') one.isSkipped = true
    if (one.isSkipped) continue
    const said = readRow(one.cells)
    if ('problem' in said) {
      one.problem = said.problem
      continue
    }
    one.said = said
    const above = one.cells.parentCode?.normalize('NFKC')
    if (above !== undefined) one.parentKey = above
    // The list's own top lies where it lies.
    else if (said.code !== undefined && said.code === rootKey)
      one.parentKey = keyById.get(known.root.parentId ?? '') ?? ''
    else {
      const byCode = codeAbove(said.code)
      const guess = byCode !== undefined && byKey.has(byCode) ? byCode : commonParents
      one.problem = {
        kind: 'parent-missing',
        cures: [...(guess === undefined ? [] : [{ field: 'parentCode', value: guess } as const]), skip],
      }
      continue
    }
    one.key = said.code ?? keyOfNamed(byName, one.parentKey, said.name)
    const first = ofRow.get(one.key)
    if (first?.said) {
      const isSame = first.said.name === said.name && first.parentKey === one.parentKey
      if (isSame && one.row.cure && 'do' in one.row.cure && one.row.cure.do === 'merge') {
        first.cells = { ...one.cells, ...first.cells }
        const again = readRow(first.cells)
        if (!('problem' in again)) first.said = again
        one.isSkipped = true
        continue
      }
      one.problem = isSame
        ? {
            kind: said.code === undefined ? 'same-name' : 'code-doubled',
            about: `第${first.row.no}行`,
            cures: [{ do: 'merge' }, skip],
          }
        : { kind: 'code-doubled', about: `第${first.row.no}行`, cures: [skip, blank('code')] }
      continue
    }
    ofRow.set(one.key, one)
  }

  // Units above that are entered with a row.
  const extra: Judging[] = []
  for (const one of judging) {
    const { cure } = one.row
    if (!one.parentKey || !cure || !('do' in cure) || cure.do !== 'add-parent') continue
    if (byKey.has(one.parentKey) || ofRow.has(one.parentKey)) continue
    // Where a code of a community is missing, its branches are in the list.
    const kind = one.parentKey.length === codeLengths.at(-1) ? '社区党委' : '党委'
    const cells: ListCells = { name: cure.name, kind, code: one.parentKey, parentCode: cure.parentCode }
    const said = readRow(cells)
    if ('problem' in said) continue
    const above: Judging = {
      row: { no: one.row.no, cells },
      cells,
      said,
      key: one.parentKey,
      parentKey: cure.parentCode,
    }
    ofRow.set(one.parentKey, above)
    extra.push(above)
  }
  const all = [...extra, ...judging]

  // One name once below one unit.
  const named = new Map<string, Judging>()
  for (const one of all) {
    if (one.problem || one.isSkipped || !one.said || one.parentKey === undefined) continue
    const name = keyByName(one.parentKey, one.said.name)
    const [first, there] = [named.get(name), byName.get(name)]
    if (first && first.key !== one.key) {
      const { cure } = one.row
      if (cure && 'do' in cure && cure.do === 'merge') {
        one.isSkipped = true
        continue
      }
      one.problem = { kind: 'same-name', about: `第${first.row.no}行`, cures: [{ do: 'merge' }, skip] }
    } else if (there && keyOf(there) !== one.key && !ofRow.has(keyOf(there)))
      one.problem = {
        kind: 'same-name',
        about: keyOf(there),
        cures: [{ field: 'code', value: keyOf(there) }, skip],
      }
    else named.set(name, one)
  }

  placeAll(all, { ofRow, byKey, rootKey, commonParents })

  const judgedOf = (one: Judging): JudgedRow => {
    const base = { no: one.row.no, cells: one.cells, depth: one.place?.depth ?? 0 }
    if (one.isSkipped) return { ...base, verdict: 'skipped' }
    if (one.problem || !one.said || one.key === undefined || one.parentKey === undefined || !one.place)
      return { ...base, verdict: 'bad', ...(one.problem ? { problem: one.problem } : {}) }
    return compare({ ...base, said: one.said, key: one.key, parentKey: one.parentKey, place: one.place })
  }

  const childrenOf = new Map<string | null, Unit[]>()
  for (const unit of living) {
    const beside = childrenOf.get(unit.parentId) ?? []
    childrenOf.set(unit.parentId, beside)
    beside.push(unit)
  }

  /** Whether a unit may go into another: which stays as it is in this list, and takes all that lies below. */
  const takesIn = (unit: Unit, heir: Unit): boolean => {
    const row = ofRow.get(keyOf(heir))
    const isStaying =
      !row || (row.cells.closedInto === undefined && keyById.get(heir.parentId ?? '') === row.parentKey)
    return (
      isStaying &&
      (childrenOf.get(unit.id) ?? []).every(
        (child) =>
          levelUnder(child.kind, heir) === child.level && !byName.has(keyByName(keyOf(heir), child.name)),
      )
    )
  }

  const compare = ({
    said,
    key,
    parentKey,
    place,
    ...base
  }: Pick<JudgedRow, 'no' | 'cells' | 'depth'> & {
    readonly said: Said
    readonly key: string
    readonly parentKey: string
    readonly place: NonNullable<Judging['place']>
  }): JudgedRow => {
    const bad = (problem: Problem): JudgedRow => ({ ...base, verdict: 'bad', problem })
    const unit = byKey.get(key)
    const into = base.cells.closedInto?.normalize('NFKC')
    if (!unit) {
      if (endedKeys.has(key)) return bad({ kind: 'unit-ended', about: key, cures: [blank('code'), skip] })
      if (known.elsewhere.has(key))
        return bad({ kind: 'code-elsewhere', about: key, cures: [blank('code'), skip] })
      if (into !== undefined)
        return bad({ kind: 'heir-unknown', about: into, cures: [blank('closedInto'), skip] })
      return {
        ...base,
        verdict: 'added',
        wanted: {
          key,
          ...(said.code === undefined ? {} : { code: said.code }),
          name: said.name,
          areaName: areaNameOf(said.name),
          kind: place.kind,
          level: place.level,
          parentKey,
          facts: said.facts,
        },
      }
    }
    if (into !== undefined) {
      const heir = byKey.get(into)
      if (!heir || unit.endsAt !== undefined || whyNoHeir(unit, heir) || !takesIn(unit, heir))
        return bad({ kind: 'heir-unknown', about: into, cures: [blank('closedInto'), skip] })
      return { ...base, verdict: 'closed', unitId: unit.id, closeInto: heir.id }
    }
    const facts = newFacts(unit, said.facts)
    const isTop = unit.id === known.root.id
    const isMoved = !isTop && keyById.get(unit.parentId ?? '') !== parentKey
    // A list of divisions calls the top by its area, which is no other name.
    const isRenamed = said.name !== unit.name && !(isTop && said.name === unit.areaName)
    // What the top of the list is called is said by who is above it.
    if (isRenamed && isTop)
      return bad({ kind: 'own-name', about: unit.name, cures: [{ field: 'name', value: unit.name }, skip] })
    if (!isMoved && !isRenamed && Object.keys(facts).length === 0)
      return { ...base, verdict: 'unchanged', unitId: unit.id }
    return {
      ...base,
      verdict: 'changed',
      unitId: unit.id,
      facts,
      ...(isRenamed ? { name: said.name } : {}),
      ...(isMoved ? { moveTo: parentKey } : {}),
    }
  }

  return all.map(judgedOf)
}

/** The key of a unit that is there by that name, or one by that name. */
const keyOfNamed = (byName: ReadonlyMap<string, Unit>, parentKey: string, name: string): string => {
  const there = byName.get(keyByName(parentKey, name))
  return there ? keyOf(there) : keyByName(parentKey, name)
}

const mostFrequent = (values: readonly string[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))[0]?.[0]
}

/** Says of each row where it lies, from those above it down; a circle lies nowhere. */
const placeAll = (
  all: readonly Judging[],
  {
    ofRow,
    byKey,
    rootKey,
    commonParents,
  }: {
    readonly ofRow: ReadonlyMap<string, Judging>
    readonly byKey: ReadonlyMap<string, Unit>
    readonly rootKey: string
    readonly commonParents: string | undefined
  },
): void => {
  const fail = (one: Judging, problem: Problem): void => {
    one.problem ??= problem
    one.place = { kind: 'branch', level: 'village', depth: 0, isPassed: false }
  }
  /** Where its code says that it lies, if that is another place. */
  const byCode = (one: Judging): readonly Cure[] => {
    const above = codeAbove(one.said?.code)
    const isThere = above !== undefined && above !== one.parentKey && (byKey.has(above) || ofRow.has(above))
    return isThere ? [{ field: 'parentCode', value: above }, skip] : [skip]
  }
  const parentToAdd = (one: Judging): readonly Cure[] => {
    const above = codeAbove(one.parentKey)
    const name = one.said && areaNameOf(one.said.name)
    const isOffered =
      above !== undefined &&
      (byKey.has(above) || ofRow.has(above)) &&
      name !== undefined &&
      name !== one.said?.name
    const guess =
      commonParents !== undefined &&
      commonParents !== one.parentKey &&
      (byKey.has(commonParents) || ofRow.has(commonParents))
    return [
      ...(isOffered ? [{ do: 'add-parent', name: `${name}党委`, parentCode: above } as const] : []),
      ...(guess ? [{ field: 'parentCode', value: commonParents } as const] : []),
      skip,
    ]
  }

  /** What is wrong with where it lies; undefined where it lies somewhere, which is then said of it. */
  const wrongPlace = (one: Judging): Problem | undefined => {
    if (one.problem || !one.said || one.key === undefined || one.parentKey === undefined)
      return one.problem ?? { kind: 'parent-missing', cures: [skip] }
    const unit = byKey.get(one.key)
    // What is there stays of its kind and level; the top of the list lies above all of it.
    if (one.key === rootKey && unit) {
      one.place = { kind: unit.kind, level: unit.level, depth: 0, isPassed: true }
      return undefined
    }
    const row = ofRow.get(one.parentKey)
    const there = byKey.get(one.parentKey)
    const isRowBad = row !== undefined && (row.isSkipped || row.place?.isPassed === false)
    if (isRowBad && !there) return { kind: 'parent-bad', about: `第${row.row.no}行`, cures: [skip] }
    const above = there ?? row?.place
    if (!above) return { kind: 'parent-unknown', about: one.parentKey, cures: parentToAdd(one) }
    const kind = one.said.kind ?? unit?.kind ?? kindFor(levelBelowOf(above))
    const level = levelUnder(kind, above)
    const isOther = one.said.level !== undefined && one.said.level !== level
    if (level === undefined || isOther || (unit && (unit.kind !== kind || unit.level !== level)))
      return { kind: 'level-jump', about: one.parentKey, cures: byCode(one) }
    one.place = { kind, level, depth: (row?.place?.depth ?? 0) + 1, isPassed: true }
    return undefined
  }

  const settle = (one: Judging): void => {
    if (one.place || one.isSkipped) return
    const problem = wrongPlace(one)
    if (problem) fail(one, problem)
  }

  for (const begun of all) {
    // From the row up to what is settled already, and down again: without recursion, for a chain may be as long as the list.
    const chain: Judging[] = []
    const onChain = new Set<Judging>()
    let one: Judging | undefined = begun
    while (one && !one.place && !one.isSkipped && !onChain.has(one)) {
      onChain.add(one)
      chain.push(one)
      one = one.problem || one.parentKey === undefined ? undefined : ofRow.get(one.parentKey)
    }
    if (one && onChain.has(one)) {
      for (const round of chain.slice(chain.indexOf(one)))
        fail(round, { kind: 'cyclic', about: `第${round.row.no}行`, cures: byCode(round) })
    }
    for (const next of chain.reverse()) settle(next)
  }
}

const levelBelowOf = (above: {
  readonly kind: UnitKind
  readonly level: UnitLevel
}): UnitLevel | undefined => (levelUnder('branch', above) === 'village' ? 'village' : undefined)
