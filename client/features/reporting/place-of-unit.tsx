import { Skeleton } from '../../components/skeleton'
import type { ChosenPlace, NamedCommunity } from '../../services/chosen-place'
import { useQuery } from '../../services/use-query'
import { PlaceBlock } from './place-block'

interface PlaceOfUnitProps {
  /** The unit around which the map is drawn. */
  readonly unitId: string
  readonly place: ChosenPlace
  readonly error: string | undefined
  /** Words alone would not do. */
  readonly isMapOnly?: boolean
  readonly onChange: (part: Partial<ChosenPlace>) => void
}

/** The same question a resident is asked for the place, begun where a unit is. */
export function PlaceOfUnit({ unitId, place, error, isMapOnly, onChange }: PlaceOfUnitProps) {
  const { query } = useQuery('unit.get', { unitId })
  if (query.state === 'loading') return <Skeleton count={1} />
  const home = query.state === 'ready' ? query.value.unit : undefined
  const community: NamedCommunity | undefined =
    place.community ?? (home && { id: home.id, name: home.areaName })
  return (
    <PlaceBlock
      place={place}
      community={community}
      home={home}
      isHomeAwaited={false}
      error={error}
      isMapOnly={isMapOnly}
      onChange={onChange}
    />
  )
}
