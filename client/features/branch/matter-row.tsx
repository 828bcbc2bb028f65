import { Image, View } from '@tarojs/components'
import { withIcon } from '../../components/icon'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { rowLine, standingText } from '../../words/row'
import { type Matter, statusSign } from './words'
import './matter-row.css'

interface MatterRowProps {
  readonly matter: Matter
}

/** One matter as everybody may see it. */
export function MatterRow({ matter }: MatterRowProps) {
  const { id, title, thumbUrl, status, branchName, supporterCount, redFaceState, isOverdue } = matter
  const now = serverNow()
  const { tone, icon } = statusSign(status)
  return (
    <View
      className="matter-row"
      role="button"
      hoverClass="matter-row--pressed"
      data-test="matter-row"
      onClick={() => openPage('detail', { reportId: id })}
    >
      <View className="matter-row__title">{title}</View>
      <View className="matter-row__fact">{rowLine({ ...matter, placeWords: branchName }, now)}</View>
      <View className="matter-row__tags">
        <StatusTag tone={tone} icon={icon} text={standingText(matter, now)} />
        {isOverdue && <StatusTag tone="alert" icon="circle-alert" text="已超期" />}
        {redFaceState !== null && redFaceState !== 'noticed' && (
          <StatusTag tone="alert" icon="clipboard-list" text="在红脸榜" />
        )}
        {supporterCount > 0 && (
          <View className={`matter-row__supporters ${withIcon('users')}`}>
            {`还有${supporterCount}户也遇到`}
          </View>
        )}
      </View>
      {thumbUrl !== null && (
        <Image className="matter-row__picture" src={thumbUrl} mode="aspectFill" lazyLoad />
      )}
    </View>
  )
}
