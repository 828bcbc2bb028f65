import { View } from '@tarojs/components'
import { useState } from 'react'
import { Card } from '../../components/card'
import { ListRow } from '../../components/rows'
import { VisitCard } from '../../components/visit-card'
import { chosenHome } from '../../services/chosen-home'
import { useShared } from '../../services/shared-value'
import { useGround } from '../../services/use-ground'
import { useQuery } from '../../services/use-query'
import { atTheCentre, centreTitle } from '../../words/centre'
import { CommunitySheet } from './community-sheet'

/** Where whoever has no WeChat can have it filed for them: of the community that they are at home in. */
export default function CentreNearby() {
  const homeId = useShared(chosenHome)
  const { query } = useQuery('bond.ofUnit', homeId === undefined ? undefined : { unitId: homeId })
  const [isChoosing, setChoosing] = useState(false)
  const centres = query.state === 'ready' ? query.value.centres : []
  const areas = useGround(centres[0]?.unit.id)
  const isNone = query.state === 'ready' && centres.length === 0
  return (
    <>
      {centres.map((centre) => (
        <VisitCard key={centre.id} title={centreTitle} hint={atTheCentre} areas={areas} {...centre} />
      ))}
      {centres.length === 0 && (
        <Card title={centreTitle}>
          <View>{atTheCentre}</View>
          {isNone && <View>这个社区的服务中心还没有登记，请问社区（嘎查村）。</View>}
          <ListRow
            name="find-centre"
            icon="landmark"
            title={homeId === undefined ? '选社区，看去哪里' : '换个社区看看'}
            onPress={() => setChoosing(true)}
          />
        </Card>
      )}
      {isChoosing && (
        <CommunitySheet
          title="在哪个社区（嘎查村）"
          onChoose={({ id }) => {
            chosenHome.keep(id)
            setChoosing(false)
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
