import { View } from '@tarojs/components'
import { FactLine } from '../../components/fact-line'
import { Icon } from '../../components/icon'
import { Picture } from '../../components/picture'
import { Pressable } from '../../components/pressable'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { overdueTag, runningDue } from '../../words/due'
import { partText } from '../../words/part'
import { redFaceWords } from '../../words/red-face'
import { rowFacts } from '../../words/row'
import { type MyReport, myStatusSign, presentStep } from './words'
import './my-report-row.css'

interface MyReportRowProps {
  readonly report: MyReport
}

/** One of the resident's own matters, or one they joined. */
export function MyReportRow({ report }: MyReportRowProps) {
  const { id, title, thumbUrl, isOverdue, redFaceState } = report
  const now = serverNow()
  const { tone, icon } = myStatusSign(report)
  const due = runningDue(report)
  return (
    <Pressable
      className="my-report-row"
      name="report-row"
      onPress={() => openPage('detail', { reportId: id })}
    >
      <View className="my-report-row__words">
        <View className="my-report-row__title">{title}</View>
        <FactLine facts={[partText(report.part), ...rowFacts(report, now)]} />
        <View className="my-report-row__tags">
          <StatusTag tone={tone} icon={icon} text={presentStep(report, now)} />
          {isOverdue && due && <StatusTag {...overdueTag(due)} />}
          {redFaceState !== null && <StatusTag {...redFaceWords[redFaceState]} />}
        </View>
      </View>
      {thumbUrl ? (
        <Picture className="my-report-row__picture" url={thumbUrl} alt="" isLazy />
      ) : (
        <Icon name="chevron-right" size={1.1} />
      )}
    </Pressable>
  )
}
