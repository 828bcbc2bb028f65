import { dayMs } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { inPieces } from '../../../journal/in-pieces'
import type { JobWorker, Slice, SliceEnd } from '../../job/ports'
import type { JobResult } from '../../job/rules/job'
import { begunUnder, factsOf, movedUnder } from '../../organisation/rules/changed-unit'
import { isActiveMembership, type Unit } from '../../organisation/rules/unit'
import {
  type ChangedField,
  heldAtOnce,
  type NewUnitChange,
  planChange,
  type UnitFacts,
} from '../../organisation/rules/unit-change'
import { holdChanges } from '../../organisation/shared/hold-changes'
import type { CheckedRow, ListWorkPorts } from '../ports'
import { cellsOf, columnsOf, type ListField } from '../rules/columns'
import {
  type JudgedRow,
  judgeList,
  type KnownTree,
  keyOf,
  type ListRow,
  type WantedUnit,
} from '../rules/judge-list'

/** So long a list can be looked at after it has been looked through. */
const keptMs = 30 * dayMs
const rowsAtOnce = 500
const unitsAtOnce = 200
const rowsReadAtOnce = 1000

/** What `unitList.check` hands over. */
export interface CheckInput {
  readonly fileId: string
  readonly fileName: string
  readonly columns: readonly { readonly header: string; readonly field: ListField | null }[]
}

/** What `unitList.import` hands over. */
export interface ImportInput {
  readonly checkJobId: string
  readonly cures: 'chosen' | 'suggested'
}

const countsOf = (judged: readonly JudgedRow[]): Readonly<Record<JudgedRow['verdict'], number>> => {
  const counts = { bad: 0, added: 0, changed: 0, closed: 0, unchanged: 0, skipped: 0 }
  for (const { verdict } of judged) counts[verdict] += 1
  return counts
}

/** How many of each kind would be added. */
const kindsOf = (judged: readonly JudgedRow[]): JobResult => {
  const kinds: Record<string, number> = {}
  for (const { wanted } of judged)
    if (wanted) kinds[`added:${wanted.kind}`] = (kinds[`added:${wanted.kind}`] ?? 0) + 1
  return kinds
}

/** The tree that a list is compared with; undefined where its unit is not there. */
const knownTree = async (
  ports: ListWorkPorts,
  unitId: string,
  rows: readonly ListRow[],
  now: number,
): Promise<KnownTree | undefined> => {
  const root = await ports.units.get(unitId)
  if (!root) return undefined
  const units = await ports.unitKeeping.within(unitId)
  const here = new Set(units.map(keyOf))
  const others = [...new Set(rows.flatMap(({ cells }) => cells.code ?? []))].filter((code) => !here.has(code))
  const elsewhere = new Set(
    (await ports.unitKeeping.withCodes(others)).flatMap((unit) => [unit.id, keyOf(unit)]),
  )
  return { root, units, elsewhere, now }
}

/** Looks through a list: reads the file, compares it with the tree, keeps what is to be said of each row. */
export const checkUnitList =
  (ports: ListWorkPorts): JobWorker =>
  async ({ job, now, mayGoOn, remember }: Slice): Promise<SliceEnd> => {
    const { fileId, fileName, columns: said } = job.input as unknown as CheckInput
    const content = await ports.files.download(fileId)
    if (!content) return { kind: 'failed', why: refusal('file-unknown') }
    const table = await ports.readTable(content, fileName)
    if (!table.ok) return { kind: 'failed', why: table.error }
    const [head, ...body] = table.value.rows
    const columns = columnsOf(
      head?.cells ?? [],
      Object.fromEntries(said.map(({ header, field }) => [header, field])),
    )
    // Where one of them has to be named, they are shown.
    const keptUntilAt = job.begunAt + keptMs
    await ports.checkedLists.keepColumns(job.id, columns, keptUntilAt)
    if (!columns.some(({ field }) => field === 'name'))
      return { kind: 'failed', why: refusal('table-without-names') }
    const rows = body.map(({ no, cells }): ListRow => ({ no, cells: cellsOf(columns, cells) }))
    const known = await knownTree(ports, job.unitId, rows, now)
    if (!known) return { kind: 'failed', why: refusal('unknown-unit') }
    const judged = judgeList(rows, known)
    const counts = countsOf(judged)

    // In their order, so that what is remembered says which are kept.
    let done = typeof job.memory?.done === 'number' ? job.memory.done : 0
    while (done < judged.length) {
      const some = judged.slice(done, done + rowsAtOnce)
      await ports.checkedLists.add(
        some.map(
          ({ no, verdict, problem }, place): CheckedRow => ({
            jobId: job.id,
            no,
            verdict,
            cells: rows[done + place]?.cells ?? {},
            problem: problem ?? null,
            cure: null,
          }),
        ),
        keptUntilAt,
      )
      done += some.length
      const progress = { done, total: judged.length, bad: counts.bad }
      if (!(await remember(progress, { done }))) return { kind: 'more' }
      if (done < judged.length && !mayGoOn()) return { kind: 'more' }
    }
    const { formulas } = table.value
    return {
      kind: 'done',
      progress: { done: judged.length, total: judged.length, bad: counts.bad },
      result: { rows: judged.length, ...counts, formulas, ...kindsOf(judged) },
    }
  }

/**
 * Enters a list that has been looked through. It is compared anew with the tree as it is, so that what a slice before has
 * entered is there already, and what others have changed meanwhile counts: cut off and begun again it ends alike, and the
 * same list a second time changes nothing. Each change is written before its unit, under an id that follows from the job.
 */
export const importUnitList = (ports: ListWorkPorts): JobWorker => {
  const { units, unitKeeping, unitChanges, checkedLists, keyed } = ports
  const { holdNow } = holdChanges(ports)

  const rowsOf = async ({ checkJobId, cures }: ImportInput): Promise<readonly ListRow[]> => {
    const rows: ListRow[] = []
    let no = 0
    for (;;) {
      const some = await checkedLists.behind(checkJobId, no, rowsReadAtOnce)
      for (const { no: place, cells, cure, problem } of some) {
        const suggested = cures === 'suggested' ? problem?.cures[0] : undefined
        rows.push({ no: place, cells, cure: cure ?? suggested })
      }
      const last = some[some.length - 1]
      if (some.length < rowsReadAtOnce || !last) return rows
      no = last.no
    }
  }

  return async ({ job, now, mayGoOn, remember }: Slice): Promise<SliceEnd> => {
    const input = job.input as unknown as ImportInput
    const seats = await units.membershipsOf(job.accountId)
    // Whoever is no admin there any more enters nothing more.
    const isAdmin = seats.some(
      (seat) => seat.unitId === job.unitId && seat.role === 'admin' && isActiveMembership(seat, now),
    )
    if (!isAdmin) return { kind: 'failed', why: refusal('not-allowed') }
    const rows = await rowsOf(input)
    const known = await knownTree(ports, job.unitId, rows, now)
    if (!known) return { kind: 'failed', why: refusal('unknown-unit') }
    const judged = judgeList(rows, known)
    // What it comes to is what it came to at first: a later slice finds entered what the ones before have entered.
    const result = (job.memory?.result as JobResult | undefined) ?? { rows: rows.length, ...countsOf(judged) }
    const added = judged.flatMap(({ wanted, depth, no }) => (wanted ? [{ wanted, depth, no }] : []))
    added.sort((a, b) => a.depth - b.depth || a.no - b.no)
    const others = judged.filter(({ verdict }) => verdict === 'changed' || verdict === 'closed')
    const total = (result.added ?? 0) + (result.changed ?? 0) + (result.closed ?? 0)
    let left = added.length + others.length
    const come = (): Promise<boolean> =>
      remember({ done: Math.max(0, total - left), total, bad: result.bad ?? 0 }, { result })
    if (!(await come())) return { kind: 'more' }

    const byKey = new Map(known.units.map((unit) => [keyOf(unit), unit]))
    const by = {
      actorId: job.accountId,
      byUnitId: job.unitId,
      byUnitName: known.root.name,
      byRole: 'admin',
      byName: null,
    } as const
    const changeId = (what: string): string => `c${keyed(`list|${job.id}|${what}`).slice(0, 24)}`
    const made = (
      unitId: string,
      kind: NewUnitChange['kind'],
      before: UnitFacts,
      after: UnitFacts,
      more: Partial<Pick<NewUnitChange, 'newUnits' | 'heirId'>> = {},
    ): NewUnitChange => ({
      ...by,
      kind,
      unitId,
      madeAt: now,
      effectiveAt: now,
      before,
      after,
      newUnits: [],
      heirId: null,
      seenRev: null,
      undoes: null,
      ...more,
    })

    const begun = (wanted: WantedUnit, above: Unit): Unit => {
      const id = wanted.code ?? `u${keyed(`unit|${above.id}|${wanted.name}`).slice(0, 24)}`
      return begunUnder(above, { ...wanted, id }, changeId(wanted.key))
    }

    for (let from = 0; from < added.length; from += unitsAtOnce) {
      const some: Unit[] = []
      for (const { wanted } of added.slice(from, from + unitsAtOnce)) {
        const above = byKey.get(wanted.parentKey)
        if (!above) throw new Error(`${wanted.key}: nothing lies above it`)
        const unit = begun(wanted, above)
        byKey.set(wanted.key, unit)
        some.push(unit)
      }
      await unitChanges.addMissing(
        some.map((unit) => {
          const [id = ''] = unit.changeIds ?? []
          return heldAtOnce(
            id,
            made(unit.id, 'added', {}, { name: unit.name, parentId: unit.parentId ?? null }),
            now,
          )
        }),
      )
      await unitKeeping.add(some)
      left -= some.length
      if (!(await come()) || (left > 0 && !mayGoOn())) return { kind: 'more' }
    }

    const change = async (what: string, next: NewUnitChange): Promise<void> => {
      const id = changeId(what)
      await unitChanges.insert(planChange(id, next, now))
      await holdNow(id, now)
    }
    const unitById = new Map(known.units.map((unit) => [unit.id, unit]))
    for (const row of others) {
      const unit = unitById.get(row.unitId ?? '')
      if (!unit) continue
      const { facts = {}, name, moveTo, closeInto } = row
      if (Object.keys(facts).length > 0)
        await change(
          `${unit.id}|facts`,
          made(unit.id, 'corrected', factsOf(unit, Object.keys(facts) as ChangedField[]), facts),
        )
      if (name !== undefined)
        await change(`${unit.id}|name`, made(unit.id, 'renamed', { name: unit.name }, { name }))
      const above = moveTo === undefined ? undefined : byKey.get(moveTo)
      if (above) {
        const moved = movedUnder({ ...unit, name: name ?? unit.name }, above, changeId(`${unit.id}|place`))
        const after = { parentId: above.id, endsAt: now, successorId: moved.id }
        const before = { parentId: unit.parentId, endsAt: null, successorId: null }
        await change(
          `${unit.id}|place`,
          made(unit.id, 'moved', before, after, { newUnits: [moved], heirId: moved.id }),
        )
      }
      if (closeInto !== undefined) {
        const after = { endsAt: now, successorId: closeInto }
        const before = { endsAt: null, successorId: null }
        await change(`${unit.id}|end`, made(unit.id, 'closed', before, after, { heirId: closeInto }))
      }
      left -= 1
      if (left % 20 === 0 && !(await come())) return { kind: 'more' }
      if (left > 0 && !mayGoOn()) {
        await come()
        return { kind: 'more' }
      }
    }
    return { kind: 'done', progress: { done: total, total, bad: result.bad ?? 0 }, result }
  }
}

/** So many rows are forgotten in one call. */
const droppedAtOnce = 1000

/** Forgets lists that have been kept long enough, as long as there is time. */
export const dropOldLists =
  ({ checkedLists }: Pick<ListWorkPorts, 'checkedLists'>) =>
  async (now: number, mayGoOn: () => boolean): Promise<void> => {
    await inPieces(droppedAtOnce, mayGoOn, (most) => checkedLists.drop(now, most))
  }
