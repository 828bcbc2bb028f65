import { ok, type Result, refuse } from '../../../ground/result'
import { unitsAbove } from '../../../ground/unit-path'
import { seatToKeepUp } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { KeepingPorts } from '../ports'
import type { Session } from '../rules/session'
import type { Unit } from '../rules/unit'
import type { UnitChange } from '../rules/unit-change'
import { isDeedOver, isHeldUp, type UnitDeed, unitDeeds } from '../rules/unit-deeds'
import { toChangeView, toKeptUnit } from '../shared/kept-unit'

type ReadingPorts = Pick<KeepingPorts, 'units' | 'unitKeeping' | 'unitChanges'>

/** A cursor holds where a page ended: nothing to sort by but the id behind it. */
const firstOfCursor = '0~'

const inOrder = (ids: readonly string[], units: readonly Unit[]): readonly Unit[] =>
  ids.flatMap((id) => units.find((unit) => unit.id === id) ?? [])

/** Units of an area by how their names begin. Refuses `sign-in-required`, `unknown-unit`, `not-allowed`. */
export const searchUnits =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'unit.search'>): Promise<Result<OutputOf<'unit.search'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const area = await ports.units.get(input.unitId)
    if (!area) return refuse('unknown-unit')
    if (!seatToKeepUp(session, 'search', area)) return refuse('not-allowed')
    const page = await ports.unitKeeping.search(area.id, input.name ?? '', {
      limit: input.limit ?? 20,
      ...(input.cursor ? { cursor: input.cursor } : {}),
    })
    return ok({ rows: page.rows.map(toKeptUnit), nextCursor: page.nextCursor })
  }

const toRef = ({ id, name }: Unit): { readonly id: string; readonly name: string } => ({ id, name })

/**
 * Units directly below one, in the order of their codes, of every kind and with those that have ended. Refuses
 * `sign-in-required`, `unknown-unit`, `not-allowed`.
 */
export const listBelow =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'unit.below'>): Promise<Result<OutputOf<'unit.below'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    if (!seatToKeepUp(session, 'search', unit)) return refuse('not-allowed')
    const limit = input.limit ?? 20
    const [above, found] = await Promise.all([
      ports.units.getMany(unitsAbove(unit.path)),
      ports.units.childrenBehind(unit.id, input.cursor?.slice(firstOfCursor.length) ?? null, limit + 1),
    ])
    const rows = found.slice(0, limit)
    const end = rows[rows.length - 1]
    return ok({
      unit: toKeptUnit(unit),
      above: inOrder(unit.path, above).map(toRef),
      rows: rows.map(toKeptUnit),
      nextCursor: found.length > limit && end ? `${firstOfCursor}${end.id}` : null,
    })
  }

/** What may be begun with a unit now, by the rules that would refuse it. */
const deedsOf = async (ports: ReadingPorts, session: Session, unit: Unit): Promise<readonly UnitDeed[]> => {
  const open = unitDeeds.filter(
    (deed) => seatToKeepUp(session, deed, unit) !== undefined && !isDeedOver(deed, unit, session.now),
  )
  const isHeld = open.some(isHeldUp) && (await ports.unitChanges.isPlanned(unit.id))
  return isHeld ? open.filter((deed) => !isHeldUp(deed)) : open
}

/** Units that changes name: above, in whose place, begun with it. */
const namedBy = (changes: readonly UnitChange[]): readonly string[] =>
  changes.flatMap(({ before, after, newUnits }) => [
    ...[before.parentId, after.parentId, before.successorId, after.successorId].filter(
      (one): one is string => typeof one === 'string',
    ),
    ...newUnits.map(({ id }) => id),
  ])

/**
 * What has become of a unit, latest first; behind the last the change of another that it began with. Refuses
 * `sign-in-required`, `unknown-unit`, `not-allowed`.
 */
export const listHistory =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'unit.history'>,
  ): Promise<Result<OutputOf<'unit.history'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    if (!seatToKeepUp(session, 'history', unit)) return refuse('not-allowed')
    const page = await ports.unitChanges.ofUnit(unit.id, {
      limit: input.limit ?? 20,
      ...(input.cursor ? { cursor: input.cursor } : {}),
    })
    const beginning =
      page.nextCursor === null && unit.begunBy !== undefined
        ? await ports.unitChanges.get(unit.begunBy)
        : undefined
    // Somebody else was quicker: nothing ever came of it.
    const rows = [...page.rows, ...(beginning ? [beginning] : [])].filter(({ status }) => status !== 'lost')
    const ids = [...unitsAbove(unit.path), ...(unit.successorId ? [unit.successorId] : []), ...namedBy(rows)]
    const [may, named] = await Promise.all([
      deedsOf(ports, session, unit),
      ports.units.getMany([...new Set(ids)].filter((one) => one !== unit.id)),
    ])
    return ok({
      unit: toKeptUnit(unit),
      may: [...may],
      named: named.map(toRef),
      rows: rows.map((change) => toChangeView(change, unit, now)),
      nextCursor: page.nextCursor,
    })
  }
