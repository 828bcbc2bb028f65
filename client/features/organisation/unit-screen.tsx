import { ErrorState } from '../../components/empty-state'
import { WorkFrame } from '../../components/work-frame'
import { WorkGate } from '../../components/work-gate'
import { replacePage } from '../../services/navigation'
import { adminPlaces } from '../../words/admin-places'
import { useKeptUnit } from '../../words/use-kept-unit'
import { UnitDetail } from './unit-detail'

const title = '单位'
const here = 'unit'

interface UnitScreenProps {
  readonly unitId?: string | undefined
  readonly id?: string | undefined
}

/** One unit: what is kept of it, what can be done with it, what has become of it. */
export function UnitScreen({ unitId, id }: UnitScreenProps) {
  const kept = useKeptUnit(unitId)
  if (kept.state !== 'ready') return <WorkGate title={title} here={here} lock={kept} />
  const seat = kept.unit
  return (
    <WorkFrame title={title} unitName={seat.unitName} places={adminPlaces(seat.unitId)} here={here}>
      {id ? (
        <UnitDetail
          key={id}
          seatUnitId={seat.unitId}
          unitId={id}
          onGone={(other) => replacePage('unit', { unitId: seat.unitId, id: other })}
        />
      ) : (
        <ErrorState message="这个地址不完整，请从“单位”里打开。" />
      )}
    </WorkFrame>
  )
}
