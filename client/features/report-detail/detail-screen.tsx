import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useState } from 'react'
import { BigButton } from '../../components/big-button'
import { LinkText } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import type { IconName } from '../../components/icon'
import { PageFrame } from '../../components/page-frame'
import { ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import type { Tone } from '../../components/status-tag'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import { ActionBar, mainActionOf, type Step } from './action-bar'
import { MatterCard } from './matter-card'
import { OutcomeCard } from './outcome-card'
import { RateSheet } from './rate-sheet'
import { AppealSheet, ReopenSheet, WithdrawSheet } from './reason-sheet'
import { RedFaceState } from './red-face-state'
import { ResponsibleCard } from './responsible-card'
import { StatusHead } from './status-head'
import { TraceCard } from './trace-card'
import { isOwn, type ReportDetail } from './words'
import './detail-screen.css'

interface AnswerSheetProps {
  readonly reportId: string
  readonly isGone: boolean
  readonly onAnswered: () => void
  readonly onClose: () => void
}

interface DetailScreenProps {
  readonly reportId: string
  /** Asks the resident for their word on the evidence of a red-face entry. */
  readonly answerSheet: (props: AnswerSheetProps) => ReactNode
}

/** What comes of what the resident has just done. */
interface Aftermath {
  readonly tone: Tone
  readonly icon: IconName
  readonly title: string
  readonly text: string
}

const afterwards: Readonly<
  Record<
    'unsolved' | 'dissatisfied' | 'settled' | 'reopened' | 'appealed' | 'withdrawn' | 'joined',
    Aftermath
  >
> = {
  unsolved: {
    tone: 'working',
    icon: 'undo-2',
    title: '已经退回支部重新办',
    text: '时限接着原来的算，不会重来。二十四小时后这件事登上红脸榜，大家都看得到；办好了还要再请您评价，您同意了才销号。',
  },
  dissatisfied: {
    tone: 'working',
    icon: 'clipboard-list',
    title: '您的不满意已经记下',
    text: '支部会收到通知，二十四小时后这件事登上红脸榜。支部改好并拿出照片，还要您同意才销号。',
  },
  settled: {
    tone: 'done',
    icon: 'circle-check',
    title: '谢谢您的评价，结案了',
    text: '三十天内又出现问题，回到这里点“又坏了”，就退回支部重新办。',
  },
  reopened: {
    tone: 'working',
    icon: 'undo-2',
    title: '已经退回支部重新办',
    text: '时限接着原来的算，办到哪一步都会告诉您。',
  },
  appealed: {
    tone: 'working',
    icon: 'scale',
    title: '申诉已经交到上一级',
    text: '有了结果会告诉您。',
  },
  withdrawn: { tone: 'plain', icon: 'undo-2', title: '已经撤回', text: '支部不再办理，以后可以再上报。' },
  joined: {
    tone: 'done',
    icon: 'users',
    title: '记下了，您也遇到',
    text: '不用再报一遍。办到哪一步，都会告诉您；上了红脸榜，销号也要问您。',
  },
}

/** One report, as the resident, somebody who has it too, or anybody may read it. */
export function DetailScreen({ reportId, answerSheet }: DetailScreenProps) {
  const { query, reload, retry } = useQuery('report.get', { reportId })
  const [step, setStep] = useState<Step>()
  const [aftermath, setAftermath] = useState<Aftermath>()
  const report = query.state === 'ready' ? query.value : undefined

  const close = () => setStep(undefined)
  const finish = (what?: Aftermath) => {
    close()
    setAftermath(what)
    void reload().then(() => Taro.pageScrollTo({ scrollTop: 0, duration: 200 }))
  }
  const sheet = { reload, onClose: close }

  return (
    <PageFrame
      title="诉求详情"
      action={
        report &&
        mainActionOf(report) && (
          <ActionBar report={report} onStep={setStep} onSupported={() => finish(afterwards.joined)} />
        )
      }
    >
      {query.state === 'loading' && <Skeleton shape="page" />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {aftermath && (
        <View data-test="aftermath">
          <Notice tone={aftermath.tone} icon={aftermath.icon} title={aftermath.title}>
            {aftermath.text}
          </Notice>
        </View>
      )}
      {report && <DetailBody report={report} onWithdraw={() => setStep('withdraw')} />}

      {report && step === 'rate' && (
        <RateSheet
          {...sheet}
          report={report}
          onRated={(solved, satisfaction) =>
            finish(
              solved === 'no'
                ? afterwards.unsolved
                : satisfaction === 'dissatisfied'
                  ? afterwards.dissatisfied
                  : afterwards.settled,
            )
          }
        />
      )}
      {report && step === 'reopen' && (
        <ReopenSheet {...sheet} report={report} onDone={() => finish(afterwards.reopened)} />
      )}
      {report && step === 'appeal' && (
        <AppealSheet {...sheet} report={report} onDone={() => finish(afterwards.appealed)} />
      )}
      {report && step === 'withdraw' && (
        <WithdrawSheet {...sheet} report={report} onDone={() => finish(afterwards.withdrawn)} />
      )}
      {(step === 'answer-gone' || step === 'answer-not-gone') &&
        answerSheet({ reportId, isGone: step === 'answer-gone', onAnswered: finish, onClose: close })}
    </PageFrame>
  )
}

interface PendingRequestProps {
  readonly request: NonNullable<ReportDetail['pendingRequest']>
  readonly isReporter: boolean
}

/** What the level above has been asked and has not answered yet. */
function PendingRequest({ request, isReporter }: PendingRequestProps) {
  const { kind, byUnitName, reason, detail } = request
  const title =
    kind === 'appeal-decline'
      ? `${isReporter ? '您' : '上报人'}的申诉在等上一级裁定`
      : `${byUnitName}的申请在等上一级审批`
  return (
    <View data-test="pending-request">
      <Notice tone="waiting" icon="file-text" title={title}>
        <View>{reason}</View>
        {detail && <View>{detail}</View>}
      </Notice>
    </View>
  )
}

interface DetailBodyProps {
  readonly report: ReportDetail
  readonly onWithdraw: () => void
}

function DetailBody({ report, onWithdraw }: DetailBodyProps) {
  const { suspension, pendingRequest, parentReportId, childCount, view } = report
  const now = serverNow()
  return (
    <View className="detail-screen">
      <StatusHead report={report} />
      <RedFaceState report={report} />
      {suspension && (
        <View data-test="suspension">
          <Notice tone="plain" icon="circle-pause" title={`挂账到${instantText(suspension.untilAt, now)}`}>
            <View>原因：{suspension.reason}</View>
            <View>打算：{suspension.plan}</View>
            <View>{suspension.approvedByUnitName}批准。到期自动恢复办理，时限接着算。</View>
          </Notice>
        </View>
      )}
      {pendingRequest && <PendingRequest request={pendingRequest} isReporter={isOwn(report)} />}
      {parentReportId && (
        <View className="detail-screen__link">
          <ListRow
            name="open-parent"
            icon="git-merge"
            title="看一起办的那一件"
            onPress={() => openPage('detail', { reportId: parentReportId })}
          />
        </View>
      )}
      <OutcomeCard report={report} />
      <ResponsibleCard report={report} />
      <TraceCard report={report} />
      <MatterCard report={report} />
      {childCount > 0 && (
        <Notice tone="plain" icon="git-merge">
          同一处还有{childCount}件并到这里一起办。
        </Notice>
      )}
      {view === 'public' && (
        <View className="detail-screen__note">
          上报人的原话和照片只有办理的人看得到，这里写的是事项摘要。
        </View>
      )}
      {view === 'staff' && isOwn(report) && (
        <LinkText
          label="您也是办理人员，去办理"
          onPress={() => openPage('handle', { reportId: report.id })}
        />
      )}
      {report.actions.includes('withdraw') && (
        <View data-test="action-withdraw">
          <BigButton label="撤回这件诉求" tone="quiet" onPress={onWithdraw} />
        </View>
      )}
    </View>
  )
}
