import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { FactLine } from '../../components/fact-line'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { openPage } from '../../services/navigation'
import type { Point } from '../../services/places'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import { meTooLabel, metByText } from '../../words/households'
import { residentSteps } from '../../words/resident-steps'
import { rowFacts, standingWord } from '../../words/row'
import type { NearbyReport } from './words'
import './nearby-reports.css'

interface NearbyReportsProps {
  readonly point: Point
  readonly categoryId: CategoryId
  /** The resident joined this report instead of writing another. */
  readonly onJoined: (reportId: string) => void
}

const shownAtFirst = 3

/** Open reports of the same kind close by: saying “me too” is quicker than a second report. */
export function NearbyReports({ point, categoryId, onJoined }: NearbyReportsProps) {
  const { query } = useQuery('report.nearby', { point, categoryId })
  const [isWhole, setWhole] = useState(false)
  const rows = query.state === 'ready' ? query.value.rows : []
  if (rows.length === 0) return null
  return (
    <View className="nearby-reports" data-test="nearby-reports">
      <Heading className="nearby-reports__title">附近已经有了，是同一件事吗？</Heading>
      <View className="nearby-reports__hint">
        是的话，在那一件下面点一下，不用再填；办到哪一步，都会告诉您。
      </View>
      {(isWhole ? rows : rows.slice(0, shownAtFirst)).map((report) => (
        <NearbyRow key={report.id} report={report} point={point} onJoined={onJoined} />
      ))}
      {!isWhole && rows.length > shownAtFirst && (
        <Pressable className="nearby-reports__more" onPress={() => setWhole(true)}>
          还有{rows.length - shownAtFirst}件
        </Pressable>
      )}
    </View>
  )
}

interface NearbyRowProps {
  readonly report: NearbyReport
  readonly point: Point
  readonly onJoined: (reportId: string) => void
}

function NearbyRow({ report, point, onJoined }: NearbyRowProps) {
  const supporting = useCommand('report.support')
  const takingUp = useCommand('report.takeUp')
  const error = supporting.error ?? takingUp.error
  const { id, title, distanceMetres, mayTakeUp } = report
  const now = serverNow()
  const facts = [
    standingWord(report, now).text,
    distanceMetres !== null && (distanceMetres === 0 ? '就在附近' : `离这里约${distanceMetres}米`),
    ...rowFacts({ ...report, placeWords: '' }, now),
    metByText(report),
  ]

  const join = async () => {
    const outcome = await supporting.run({ reportId: id })
    if (outcome.ok || outcome.error.code === 'already-supported') onJoined(id)
  }

  const takeUp = async () => {
    const outcome = await takingUp.run({ reportId: id, point })
    if (!outcome.ok) return
    if (outcome.value.part === 'supporter') toast('已经有上报人了，记下您也遇到')
    onJoined(id)
  }

  return (
    <View className="nearby-reports__row" data-test="nearby-row">
      <View className="nearby-reports__name">{title}</View>
      <View className="nearby-reports__facts">
        <FactLine facts={facts} />
      </View>
      {error && (
        <Alert className="nearby-reports__error">
          <Icon name="circle-alert" size={1.1} />
          <View>{error.message}</View>
        </Alert>
      )}
      <ButtonPair>
        <View data-test="nearby-open">
          <BigButton label="看看" tone="secondary" onPress={() => openPage('detail', { reportId: id })} />
        </View>
        {mayTakeUp ? (
          <View data-test="nearby-take-up">
            <BigButton
              label={residentSteps['take-up'].label}
              tone="secondary"
              isBusy={takingUp.isBusy}
              onPress={takeUp}
            />
          </View>
        ) : (
          <View data-test="nearby-support">
            <BigButton
              label={meTooLabel}
              icon="users"
              tone="secondary"
              isBusy={supporting.isBusy}
              onPress={join}
            />
          </View>
        )}
      </ButtonPair>
    </View>
  )
}
