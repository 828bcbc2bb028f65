import { WorkFrame } from '../../components/work-frame'
import { adminPlaces } from '../../words/admin-places'
import { UnitPeople } from './unit-people'
import { useKeptUnit } from './use-kept-unit'

/** The people of one unit, on a page of their own. */
export function UnitPeopleScreen({ unitId }: { readonly unitId: string }) {
  const { unit } = useKeptUnit()
  return (
    <UnitPeople
      unitId={unitId}
      frame={(body, unitName, action, over) => (
        <WorkFrame
          title={unitName ?? '人'}
          unitName={unit?.unitName}
          places={unit ? adminPlaces(unit.unitId) : []}
          here="people-of-unit"
          action={action}
          over={over}
        >
          {body}
        </WorkFrame>
      )}
    />
  )
}
