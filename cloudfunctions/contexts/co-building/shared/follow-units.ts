import { ok } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import type { UnitBonds } from '../../organisation/ports'
import type { BondPorts, Bonds } from '../ports'
import { type Bond, isRunning } from '../rules/bond'
import { followUnit, renamePartner } from '../rules/change-bond'

const isSamePair = (one: Bond, other: Bond): boolean =>
  one.id !== other.id && one.unitId === other.unitId && one.terms.partnerId === other.terms.partnerId

/** What becomes of bonds when units end, go on as others, or are called otherwise; doing it twice changes nothing. */
export const followUnits = ({ partnershipBonds, otherBonds }: BondPorts): UnitBonds => {
  const each = async (unitId: string, change: (bond: Bond) => Promise<Bond> | Bond): Promise<void> => {
    const inOne = async (bonds: Bonds): Promise<void> => {
      for (const bond of await bonds.naming(unitId))
        await writeAnew(bonds)(bond.id, async (current) => ok(await change(current)), bond)
    }
    await Promise.all([inOne(partnershipBonds), inOne(otherBonds)])
  }

  return {
    follow: (ended, now) =>
      each(ended.unitId, async (bond) => {
        const next = followUnit(bond, ended, now)
        if (next === bond || bond.kind !== 'partnership' || ended.heir === null) return next
        // What the heir has agreed with the same partner already is not agreed twice.
        const there = await partnershipBonds.naming(ended.heir.id)
        const isThere = there.some((one) => isSamePair(one, next) && isRunning(one, ended.at))
        return isThere ? followUnit(bond, { ...ended, heir: null }, now) : next
      }),
    // All others read the names of their units when they are asked.
    rename: async (unitId, name, now) => {
      for (const bond of await partnershipBonds.naming(unitId))
        await writeAnew(partnershipBonds)(
          bond.id,
          async (current) => ok(renamePartner(current, unitId, name, now)),
          bond,
        )
    },
    hasPartnerships: async (unitId, at) =>
      (await partnershipBonds.naming(unitId)).some(
        ({ terms }) => (terms.untilAt ?? Number.POSITIVE_INFINITY) > at,
      ),
  }
}
