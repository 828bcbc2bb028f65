import { ok } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import type { UnitBonds } from '../../organisation/ports'
import type { BondPorts } from '../ports'
import { type Bond, isRunning } from '../rules/bond'
import { followUnit, renamePartner } from '../rules/change-bond'

const isSamePair = (one: Bond, other: Bond): boolean =>
  one.id !== other.id && one.unitId === other.unitId && one.terms.partnerId === other.terms.partnerId

/** What becomes of bonds when units end, go on as others, or are called otherwise; doing it twice changes nothing. */
export const followUnits = ({ partnershipBonds, otherBonds }: BondPorts): UnitBonds => {
  const each = async (unitId: string, change: (bond: Bond) => Promise<Bond> | Bond): Promise<void> => {
    for (const bonds of [partnershipBonds, otherBonds])
      for (const bond of await bonds.naming(unitId))
        await writeAnew(bonds)(bond.id, async (current) => ok(await change(current)), bond)
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
    rename: (unitId, name, now) => each(unitId, (bond) => renamePartner(bond, unitId, name, now)),
    hasPartnerships: async (unitId, at) =>
      (await partnershipBonds.naming(unitId)).some(
        ({ terms }) => (terms.untilAt ?? Number.POSITIVE_INFINITY) > at,
      ),
  }
}
