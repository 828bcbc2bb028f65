import { View } from '@tarojs/components'
import { LinkText } from '../../components/card'
import { Notice } from '../../components/rows'
import { dateText, instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { planStanding, planText } from '../../words/plan'
import { postedText } from '../../words/red-face-entry'
import { requestTitle, thawLabel } from '../../words/request'
import { residentSteps } from '../../words/resident-steps'
import { statusWord } from '../../words/status'
import type { Step } from './main-action'
import { agreeLabels, kindsToAgree } from './step-forms'
import type { ReportDetail } from './words'

interface RequestsProps {
  readonly report: ReportDetail
  readonly onStep: (step: Step) => void
}

/** What the levels above have been asked and have not answered yet, and what waits for the reporters' word. */
export function Requests({ report, onStep }: RequestsProps) {
  const now = serverNow()
  return (
    <>
      {report.requests.map((request) => {
        const { no, kind, side, reason, detail, endsAt, parentReportId, hearing } = request
        const isAppealOfResident = side === 'resident'
        const agreed = kindsToAgree(report).find((one) => one === kind)
        return (
          <View key={no} data-test={`request-${kind}`}>
            <Notice tone="waiting" icon="file-text" title={requestTitle(request, report)}>
              {detail && <View>{detail}</View>}
              {parentReportId !== null && (
                <LinkText label="看那一件" onPress={() => openPage('detail', { reportId: parentReportId })} />
              )}
              {reason && <View>理由：{reason}</View>}
              {isAppealOfResident && endsAt !== null && (
                <View>{dateText(endsAt, now)}还没答复，就算申诉成立。</View>
              )}
              {hearing && report.actions.includes('say-to-appeal') && (
                <View data-test="say-to-appeal">
                  <LinkText
                    label={`听您说一句，等到${dateText(hearing.until, now)}`}
                    onPress={() => onStep('say-to-appeal')}
                  />
                </View>
              )}
              {kind === 'merge' && endsAt !== null && (
                <View>{dateText(endsAt, now)}还没答复，就不并，照样单独办。</View>
              )}
              {agreed && (
                <View data-test={`agree-${agreed}`}>
                  <LinkText label={agreeLabels[agreed]} onPress={() => onStep(`agree-${agreed}`)} />
                </View>
              )}
            </Notice>
          </View>
        )
      })}
    </>
  )
}

interface NoticeProps {
  readonly report: ReportDetail
}

/** What the branch asked and nobody has answered yet. */
export function OpenQuestions({ report }: NoticeProps) {
  const now = serverNow()
  if (!report.actions.includes('answer')) return null
  return (
    <>
      {report.questions
        .filter(({ answeredAt }) => answeredAt === null)
        .map(({ no, text, unitName, at }) => (
          <View key={no} data-test="question">
            <Notice tone="alert" icon="message-circle" title={residentSteps.answer.hint}>
              <View>{text}</View>
              <View>
                {unitName}，{instantText(at, now)}
              </View>
            </Notice>
          </View>
        ))}
    </>
  )
}

/** The reporter says it is fixed: whoever has it too is asked before that counts. */
export function PostingNotice({ report }: NoticeProps) {
  const { posting } = report
  if (!posting) return null
  return (
    <View data-test="posting">
      <Notice tone="waiting" icon="users" title={postedText(dateText(posting.until, serverNow()))}>
        <View>上报人说已经修好。还没修好，请说一声。</View>
      </Notice>
    </View>
  )
}

/** Why it cannot be done now and until when. */
export function SuspensionNotice({ report }: NoticeProps) {
  const { suspension } = report
  if (!suspension) return null
  const { tone, icon } = statusWord('suspended')
  return (
    <View data-test="suspension">
      <Notice tone={tone} icon={icon} title={suspension.isSeasonal ? thawLabel : '为什么现在办不了'}>
        <View>原因：{suspension.reason}</View>
        <View>打算：{suspension.plan}</View>
        <View>{suspension.approvedByUnitName}批准。到期自动恢复办理，时限接着算。</View>
      </Notice>
    </View>
  )
}

/** What the branch plans for a long work. */
export function PlanNotice({ report }: NoticeProps) {
  const { plan, status } = report
  const now = serverNow()
  const standing = plan && planStanding(plan, status, now)
  if (!plan || !standing) return null
  return (
    <View data-test="plan">
      <Notice
        tone={standing === 'runs' ? 'working' : 'plain'}
        icon="list-checks"
        title={planText(standing, dateText(plan.doneBy, now))}
      >
        <View>{plan.text}</View>
        <View>经费：{plan.budget}</View>
      </Notice>
    </View>
  )
}
