import { UnitPeopleScreen } from '../../features/people/unit-people-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '人' })

export default function UnitPeoplePage() {
  const { unitId } = usePageParams('unitPeople')
  return <UnitPeopleScreen unitId={unitId ?? ''} />
}
