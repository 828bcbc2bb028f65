import { Image, View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { rowLine } from '../../words/row'
import { type MyReport, myStatusSign, partText, presentStep } from './words'
import './my-report-row.css'

interface MyReportRowProps {
  readonly report: MyReport
}

/** One of the resident's own matters, or one they joined. */
export function MyReportRow({ report }: MyReportRowProps) {
  const { id, title, thumbUrl, isOverdue, redFaceState } = report
  const now = serverNow()
  const part = partText(report)
  const { tone, icon } = myStatusSign(report)
  return (
    <View
      className="my-report-row"
      role="button"
      hoverClass="my-report-row--pressed"
      data-test="report-row"
      onClick={() => openPage('detail', { reportId: id })}
    >
      <View className="my-report-row__words">
        <View className="my-report-row__title">{title}</View>
        <View className="my-report-row__fact">
          {[part, rowLine(report, now)].filter(Boolean).join(' · ')}
        </View>
        <View className="my-report-row__tags">
          <StatusTag tone={tone} icon={icon} text={presentStep(report, now)} />
          {isOverdue && <StatusTag tone="alert" icon="circle-alert" text="已超期" />}
          {redFaceState !== null && (
            <StatusTag
              tone="alert"
              icon="clipboard-list"
              text={redFaceState === 'noticed' ? '就要上红脸榜' : '在红脸榜'}
            />
          )}
        </View>
      </View>
      {thumbUrl ? (
        <Image className="my-report-row__picture" src={thumbUrl} mode="aspectFill" lazyLoad />
      ) : (
        <Icon name="chevron-right" size={1.1} />
      )}
    </View>
  )
}
