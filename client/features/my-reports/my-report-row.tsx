import { Image, View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { StatusTag } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { overdueTag, runningDue } from '../../words/due'
import { type MyReport, myStatusSign, partText, presentStep } from './words'
import './my-report-row.css'

interface MyReportRowProps {
  readonly report: MyReport
}

/** One of the resident's own matters, or one they joined. */
export function MyReportRow({ report }: MyReportRowProps) {
  const { id, title, thumbUrl, submittedAt, isOverdue, redFaceState } = report
  const { tone, icon } = myStatusSign(report)
  const due = runningDue(report)
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
          {`${instantText(submittedAt, serverNow())} · ${partText(report)}`}
        </View>
        <View className="my-report-row__tags">
          <StatusTag tone={tone} icon={icon} text={presentStep(report)} />
          {isOverdue && due && <StatusTag {...overdueTag(due)} />}
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
