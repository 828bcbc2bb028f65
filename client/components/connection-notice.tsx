import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { askAgain } from '../services/ask-again'
import { useAllMissing } from '../services/missing'
import { useIsOffline } from '../services/network'
import { serverNow } from '../services/server-time'
import { useUnderWay } from '../services/under-way'
import { notKeptText, useIsAllKept } from '../services/unkept'
import { useSlowness } from '../services/use-slowness'
import { aria } from './aria'
import { Icon, type IconName } from './icon'
import { TextAction } from './text-action'
import { instantText } from './time-text'
import './connection-notice.css'
import './tones.css'

interface LineProps {
  readonly tone: 'plain' | 'waiting' | 'alert'
  readonly icon: IconName
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

const Line = ({ tone, icon, title, children, actions }: LineProps) => (
  <View
    className={`connection-notice tone-${tone}`}
    data-test="connection-notice"
    {...aria({ role: 'status' })}
  >
    <View className="connection-notice__sign">
      <Icon name={icon} size={1.3} />
    </View>
    <View className="connection-notice__words">
      <View className="connection-notice__title">{title}</View>
      {children && <View className="connection-notice__body">{children}</View>}
    </View>
    {actions && <View className="connection-notice__actions">{actions}</View>}
  </View>
)

const tryAgain = <TextAction label="再试一次" onPress={askAgain} />

const offlineText = (waiting: number, isAllKept: boolean): string => {
  const kept = isAllKept ? '写的都存着。' : `${notKeptText}。`
  if (waiting === 0) return `${kept}打开过的还能看，有网自动接着来。`
  return `${kept}${isAllKept ? '先别关，' : ''}有网自动发，还有${waiting}件没发。`
}

/** What is between this phone and the service at the moment, what still holds, and what one can do. Mostly nothing. */
export function ConnectionNotice() {
  const isOffline = useIsOffline()
  const isAllKept = useIsAllKept()
  const commands = useUnderWay()
  const missing = useAllMissing()
  const slowness = useSlowness(commands.length > 0)
  const giveUp = commands.length > 0 && (
    <TextAction
      label="不等了"
      onPress={() => {
        for (const command of commands) command.giveUp()
      }}
    />
  )

  if (isOffline) {
    return (
      <Line tone="plain" icon="wifi-off" title="没有网" actions={giveUp}>
        {offlineText(commands.length, isAllKept)}
      </Line>
    )
  }
  if (slowness === 'slow') return <Line tone="plain" icon="clock" title="还在发……" />
  if (slowness === 'stuck') {
    return (
      <Line
        tone="waiting"
        icon="clock"
        title="服务还没有回应"
        actions={
          <>
            {tryAgain}
            {giveUp}
          </>
        }
      >
        还在等。写的都在，不会重复发。
      </Line>
    )
  }
  if (missing.length === 0 || missing.some(({ isSaid }) => isSaid)) return null
  const since = missing.reduce<number | undefined>(
    (oldest, { answeredAt }) =>
      answeredAt === undefined ? oldest : Math.min(oldest ?? answeredAt, answeredAt),
    undefined,
  )
  const sinceText = since === undefined ? '' : `这里还是${instantText(since, serverNow())}的。`
  const trouble = missing.find((one) => one.trouble)?.trouble
  if (!trouble) {
    return (
      <Line tone="waiting" icon="clock" title="服务还没有回应" actions={tryAgain}>
        {`还在等。${sinceText}`}
      </Line>
    )
  }
  const isAllOld = missing.every(({ answeredAt }) => answeredAt !== undefined)
  return (
    <Line
      tone="alert"
      icon="circle-alert"
      title={isAllOld ? '没有取到新的' : '有的没有打开'}
      actions={tryAgain}
    >
      {trouble.message}
      {sinceText}
    </Line>
  )
}
