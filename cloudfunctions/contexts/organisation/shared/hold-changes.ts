import { ok } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import { clockRun, type Failure } from '../../../journal/clock'
import type { ClockMemory } from '../../../journal/clock-memory'
import type { Duty } from '../../../journal/duties'
import { settleWith } from '../../../journal/settle'
import type { KeepingPorts } from '../ports'
import { changedBy, isMadeIn, movedUnder } from '../rules/changed-unit'
import { hasEnded, isActiveMembership, toRoutedUnit, type Unit } from '../rules/unit'
import { hold, lose, planChange, takeBack, type UnitChange } from '../rules/unit-change'

/** Only these answer for something besides their cells. */
const hasDuties = ({ kind }: Unit): boolean => kind === 'temporary' || kind === 'specialised-branch'

/** A squad's area and categories are its own: they are nobody else's once it is no more. */
const takesDuties = (unit: Unit, heir: Unit): boolean =>
  unit.kind !== 'temporary' || heir.kind === 'temporary'

/** How often a unit is read again that others change at the same moment. */
const mostTries = 10
/** So many of what lies below a unit go on elsewhere in one piece of the work. */
const childrenAtOnce = 20

/**
 * Makes changes hold. The change is written first and then the unit, by compare-and-set; whoever is cut off in between
 * leaves a change that the clock takes up again. Doing it twice ends alike: a unit names the changes that made it, and
 * what begins or follows has ids that follow from the change.
 */
export const holdChanges = (ports: KeepingPorts) => {
  const { units, unitKeeping, unitChanges, grid, keyed } = ports
  const write = writeAnew(unitChanges)

  /** False when somebody else was quicker. */
  const writeUnit = async (change: UnitChange): Promise<boolean> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const unit = await units.get(change.unitId)
      if (!unit) return false
      if (isMadeIn(unit, change)) return true
      if (change.seenRev !== null && change.seenRev !== (unit.rev ?? 0)) return false
      // What ends by another change has nothing left that could end.
      if (unit.endsAt !== undefined && 'endsAt' in change.after && change.undoes === null) return false
      if (await unitKeeping.replace(unit, changedBy(unit, change))) return true
    }
    throw new Error(`${change.unitId} changes faster than it can be written`)
  }

  /** Where what was to go below a unit goes, which may itself have gone on elsewhere meanwhile. */
  const placeBelow = async (unitId: string, now: number): Promise<Unit | undefined> => {
    let unit = await units.get(unitId)
    for (let steps = 0; unit && hasEnded(unit, now) && unit.successorId && steps < mostTries; steps += 1)
      unit = await units.get(unit.successorId)
    return unit
  }

  /** The units that begin with a change, as they begin: what moves is what it has become since that was planned. */
  const beginning = async (change: UnitChange, now: number): Promise<readonly Unit[]> => {
    const { parentId } = change.after
    if (change.kind !== 'moved' || typeof parentId !== 'string') return change.newUnits
    const [unit, above] = await Promise.all([units.get(change.unitId), placeBelow(parentId, now)])
    return unit && above ? [movedUnder(unit, above, change.id)] : change.newUnits
  }

  /** Whether the units that begin with a change are there and are the change's own. */
  const begin = async (change: UnitChange, now: number): Promise<boolean> => {
    if (change.newUnits.length === 0) return true
    const known = await units.getMany(change.newUnits.map(({ id }) => id))
    if (known.length === 0) await unitKeeping.add(await beginning(change, now))
    else if (known.length < change.newUnits.length) await unitKeeping.add(change.newUnits)
    const begun = await units.getMany(change.newUnits.map(({ id }) => id))
    return begun.length === change.newUnits.length && begun.every((unit) => isMadeIn(unit, change))
  }

  const takeBackFirst = async (change: UnitChange, now: number): Promise<boolean> => {
    if (change.undoes === null) return true
    const taken = await write(change.undoes, async (first) =>
      ok(first.status === 'done' || first.status === 'planned' ? takeBack(first, now) : first),
    )
    const status = taken?.ok ? taken.value.after.status : undefined
    return status === 'undone' || status === 'dropped'
  }

  const holdNow = async (id: string, now: number): Promise<UnitChange | undefined> => {
    const change = await unitChanges.get(id)
    if (change?.status !== 'planned') return change
    const isNow = change.effectiveAt <= now
    // An end is written down as soon as it is known: nothing is handed to a unit that ends before it is due (L2).
    const isWritten = isNow || 'endsAt' in change.after
    const isMade =
      (await takeBackFirst(change, now)) &&
      (change.kind === 'added' ||
        !isWritten ||
        Object.keys(change.after).length === 0 ||
        (await writeUnit(change))) &&
      (!isNow || (await begin(change, now)))
    if (isMade && !isNow) return change
    const written = await write(id, async (current) =>
      ok(current.status === 'planned' ? (isMade ? hold(current, now) : lose(current, now)) : current),
    )
    return written?.ok ? written.value.after : undefined
  }

  const people = async (change: UnitChange, heir: Unit): Promise<void> => {
    const at = change.effectiveAt
    const [left, there] = await Promise.all([units.membersOf(change.unitId), units.membersOf(heir.id)])
    // Whoever was to come later comes to the heir.
    const seats = left.filter(({ untilAt = Number.POSITIVE_INFINITY }) => untilAt > at)
    const isThere = (accountId: string, role: string): boolean =>
      there.some((seat) => seat.accountId === accountId && seat.role === role && isActiveMembership(seat, at))
    await unitKeeping.addSeats(
      seats
        .filter(({ accountId, role }) => !isThere(accountId, role))
        .map((seat) => ({
          ...seat,
          id: `s${keyed(`seat|${seat.id}|${heir.id}`).slice(0, 24)}`,
          unitId: heir.id,
          unitName: heir.name,
          unitLevel: heir.level,
          fromAt: Math.max(seat.fromAt ?? at, at),
        })),
    )
    await unitKeeping.endSeats(
      seats.map(({ id }) => id),
      at,
    )
  }

  const giveDuties = async (unit: Unit, heir: Unit): Promise<void> => {
    if (hasDuties(unit)) await grid.giveDuties(unit, toRoutedUnit(heir))
  }

  const settle = settleWith<UnitChange>(unitChanges, {
    hold: {
      project: async ({ id }, _entry, now) => {
        await holdNow(id, now)
        return null
      },
    },
    names: {
      project: async (change, _entry, now) => {
        const unit = await units.get(change.unitId)
        if (!unit) return null
        const seats = await units.membersOf(unit.id)
        await Promise.all([
          unitKeeping.nameSeats(
            seats.map(({ id }) => id),
            unit.name,
          ),
          ports.unitBonds.rename(unit.id, unit.name, now),
          grid.giveCells(unit.id, toRoutedUnit(unit)),
          giveDuties(unit, unit),
        ])
        return null
      },
    },
    'hand-over': {
      project: async (change, { heirId }, now) => {
        const [heir, unit] = await Promise.all([units.get(heirId), units.get(change.unitId)])
        if (!heir || !unit) throw new Error(`${heirId} has not begun`)
        const { effectiveAt: at } = change
        await Promise.all([
          people(change, heir),
          ports.unitBonds.follow({ unitId: unit.id, heir, at }, now),
          grid.giveCells(unit.id, toRoutedUnit(heir)),
          takesDuties(unit, heir) ? giveDuties(unit, heir) : grid.endDuties(unit, at),
        ])
        return null
      },
    },
    'wind-up': {
      project: async (change, _entry, now) => {
        const unit = await units.get(change.unitId)
        if (!unit) return null
        const { effectiveAt: at } = change
        const endSeats = async (): Promise<void> => {
          const seats = (await units.membersOf(unit.id)).filter(
            ({ untilAt = Number.POSITIVE_INFINITY }) => untilAt > at,
          )
          await unitKeeping.endSeats(
            seats.map(({ id }) => id),
            at,
          )
        }
        await Promise.all([
          endSeats(),
          ports.unitBonds.follow({ unitId: unit.id, heir: null, at }, now),
          hasDuties(unit) ? grid.endDuties(unit, at) : undefined,
        ])
        return null
      },
    },
    children: {
      isLater: () => true,
      project: async (change, entry, now) => {
        const heir = await units.get(entry.heirId)
        if (!heir) throw new Error(`${entry.heirId} has not begun`)
        const left = (await units.children(change.unitId)).filter(({ endsAt }) => endsAt === undefined)
        for (const child of left.slice(0, childrenAtOnce)) {
          const id = `c${keyed(`unit-child|${change.id}|${child.id}`).slice(0, 24)}`
          const moved = movedUnder(child, heir, id)
          const at = change.effectiveAt
          const { actorId, byUnitId, byUnitName, byRole, byName } = change
          const next = planChange(
            id,
            {
              ...{ actorId, byUnitId, byUnitName, byRole, byName },
              kind: 'moved',
              unitId: child.id,
              madeAt: now,
              effectiveAt: at,
              before: { parentId: child.parentId, endsAt: null, successorId: null },
              after: { parentId: heir.id, endsAt: at, successorId: moved.id },
              newUnits: [moved],
              heirId: moved.id,
              seenRev: null,
              undoes: null,
            },
            now,
          )
          await unitChanges.insert(next)
          await holdNow(id, now)
        }
        return left.length > childrenAtOnce ? entry : null
      },
    },
  })

  /** Makes a change hold that is due, with what follows for a few; what follows for many is the clock's. */
  const holdAndFollow = async (change: UnitChange, now: number): Promise<UnitChange> => {
    const held = (await holdNow(change.id, now)) ?? change
    return held.status === 'done'
      ? ((await settle(held, now, { before: undefined, by: undefined })) ?? held)
      : held
  }

  return { holdNow, holdAndFollow, settle }
}

/** The clock's part: changes that hold from now on, those of which nobody knows whether they were made, and what follows. */
export const unitDuty = (
  ports: KeepingPorts & { readonly unitMemory: ClockMemory },
): Duty<{ readonly unitsChanged: number; readonly failures: readonly Failure[] }> => {
  const { settle } = holdChanges(ports)
  return {
    mostMs: 8_000,
    work: async (now, mayGoOn) => {
      const { done, failures } = await clockRun(ports.unitChanges, ports.unitMemory, now, mayGoOn).settle(
        settle,
      )
      return { unitsChanged: done, failures }
    },
  }
}
