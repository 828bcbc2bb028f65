import { WorkFrame } from '../../components/work-frame'
import { adminPlaces } from '../../words/admin-places'
import { useKeptUnit } from '../../words/use-kept-unit'
import { UnitPeople } from './unit-people'

/** The people of one unit, on a page of their own. */
export function UnitPeopleScreen({ unitId }: { readonly unitId: string }) {
  const kept = useKeptUnit(undefined)
  const unit = kept.state === 'ready' ? kept.unit : undefined
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
