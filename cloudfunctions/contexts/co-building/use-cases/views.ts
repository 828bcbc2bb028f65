import type { Session } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import { seatToKeep } from '../access'
import type { OutputOf } from '../contract'
import type { CoBuildingPorts } from '../ports'
import { type Bond, otherUnitsOf, stateOf } from '../rules/bond'
import { bondActions, whyNotNow } from '../rules/change-bond'

export type BondView = OutputOf<'bond.begin'>['bond']

/** Units by their ids, as they were called within the last minute. */
export const namesOf = async (
  units: CoBuildingPorts['units'],
  ids: readonly string[],
): Promise<(id: string) => { readonly id: string; readonly name: string }> => {
  const known = new Map((await units.lately([...new Set(ids)])).map(({ id, name }: Unit) => [id, name]))
  return (id) => ({ id, name: known.get(id) ?? id })
}

/** Where a centre is, and when somebody is there. */
export const placeOf = ({ terms }: Pick<Bond, 'terms'>) => ({
  point: terms.point ?? null,
  address: terms.address ?? null,
  hours: terms.hours ?? null,
  phone: terms.phone ?? null,
})

/** Bonds as those see them who keep them. */
export const viewBonds =
  ({ units }: Pick<CoBuildingPorts, 'units'>) =>
  async (bonds: readonly Bond[], session: Session): Promise<readonly BondView[]> => {
    const { now } = session
    const named = await namesOf(
      units,
      bonds.flatMap(({ unitId, terms }) => [unitId, ...otherUnitsOf(terms)]),
    )
    return bonds.map((bond) => {
      const { id, kind, rev, unitId, path, terms } = bond
      return {
        id,
        kind,
        rev,
        unit: named(unitId),
        name: terms.name,
        fromAt: terms.fromAt,
        untilAt: terms.untilAt ?? null,
        state: stateOf(bond, now),
        partnerId: terms.partnerId ?? null,
        groups: [...(terms.groups ?? [])],
        post: terms.post ?? null,
        members: (terms.memberIds ?? []).map(named),
        outside: [...(terms.outside ?? [])],
        purpose: terms.purpose ?? null,
        ...placeOf(bond),
        actions: bondActions.filter(
          (action) =>
            seatToKeep(session, action, { id: unitId, path }) !== undefined &&
            whyNotNow(action, bond, now) === undefined,
        ),
      }
    })
  }
