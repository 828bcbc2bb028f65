import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isConfidential } from '../../../cloudfunctions/contexts/report/rules/confidential'
import { isOpen } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { BigButton } from '../../components/big-button'
import { LinkText } from '../../components/card'
import { EmergencyCalls } from '../../components/emergency-calls'
import { ErrorState } from '../../components/empty-state'
import type { IconName } from '../../components/icon'
import { PageFrame } from '../../components/page-frame'
import { ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import type { Tone } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useQuery } from '../../services/use-query'
import { useReturn } from '../../services/use-return'
import { type Rules, useRulesOf } from '../../services/use-rules'
import { hiddenFromAccused, holderOf } from '../../words/answerable'
import { goneLabels, othersIn } from '../../words/households'
import { residentSteps } from '../../words/resident-steps'
import { isDeclared } from '../../words/row'
import { againText, goneText } from '../../words/rules'
import { objectionText } from '../../words/sentences'
import { onReport, useStep } from '../../words/use-step'
import { ActionBar } from './action-bar'
import { type MainAction, mainActionOf, type Step } from './main-action'
import { MatterCard } from './matter-card'
import { OpenQuestions, PlanNotice, PostingNotice, Requests, SuspensionNotice } from './notices'
import { type OtherAction, OtherSteps } from './other-steps'
import { OutcomeCard } from './outcome-card'
import { RateSheet } from './rate-sheet'
import { RedFaceState } from './red-face-state'
import { ResponsibleCard } from './responsible-card'
import { StatusHead } from './status-head'
import {
  type AgreedKind,
  addForm,
  afterRating,
  agreeForm,
  answerForm,
  appealForm,
  appealLookForm,
  appealStruckForm,
  denyContactForm,
  reasonGoneForm,
  reopenForm,
  sayToAppealForm,
  unmergeForm,
  withdrawForm,
} from './step-forms'
import { StepSheet } from './step-sheet'
import { TraceCard } from './trace-card'
import { useOpenMessage } from './use-open-message'
import { isOwn, type ReportDetail } from './words'
import './detail-screen.css'

interface AnswerSheetProps {
  readonly reportId: string
  readonly rev: number
  readonly timeline: ReportDetail['timeline']
  readonly isGone: boolean
  readonly askedOf: number | null
  /** By which the matter is judged. */
  readonly rules: Rules | undefined
  /** They have said so before: only a picture makes it something new. */
  readonly needsPicture: boolean
  readonly reload: () => Promise<void>
  readonly onAnswered: () => void
  readonly onClose: () => void
}

interface DetailScreenProps {
  readonly reportId: string
  /** What has to be known before all else, where the page is somebody's for another reason. */
  readonly head?: ReactNode
  /** Opens the matter with which this one is handled; absent: its own page. */
  readonly onOpenParent?: ((reportId: string) => void) | undefined
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

const afterwards = {
  unsolved: { tone: 'working', icon: 'undo-2', title: '已经退回去重新办' },
  dissatisfied: { tone: 'working', icon: 'clipboard-list', title: '您的不满意已经记下' },
  settled: {
    tone: 'done',
    icon: 'circle-check',
    title: '谢谢您的评价',
  },
  reopened: {
    tone: 'working',
    icon: 'undo-2',
    title: '已经退回去重新办',
    text: '时限接着原来的算，办到哪一步都会告诉您。',
  },
  appealed: {
    tone: 'working',
    icon: 'scale',
    title: '申诉已经交到上一级',
    text: '有了结果会告诉您。',
  },
  asked: {
    tone: 'working',
    icon: 'file-text',
    title: '已经告诉上一级',
    text: '有了结果会告诉您。',
  },
  withdrawn: { tone: 'plain', icon: 'undo-2', title: '已经撤回', text: '这件事不再办理，以后可以再上报。' },
  left: { tone: 'plain', icon: 'undo-2', title: '您已经离开这件事', text: '这件事接着办，由别人跟进。' },
  joined: {
    tone: 'done',
    icon: 'users',
    title: '记下了，您也遇到',
    text: '不用再报一遍。办到哪一步，都会告诉您；上了红脸榜，修好没有也要问您。',
  },
  saidGone: {
    tone: 'done',
    icon: 'check',
    title: `记下了：${goneLabels.yes}`,
  },
  saidNotGone: {
    tone: 'working',
    icon: 'eye',
    title: `记下了：${goneLabels.no}`,
    text: `${objectionText}。`,
  },
  heard: { tone: 'done', icon: 'check', title: '记下了您的话', text: '上级看过现场、听过您的，再裁定。' },
  denied: {
    tone: 'done',
    icon: 'check',
    title: '记下了：没人联系过您',
  },
  agreed: { tone: 'done', icon: 'check', title: '记下了：您同意', text: '上报人都同意了就改。' },
  complaintEnded: {
    tone: 'done',
    icon: 'check',
    title: '记下了：您同意改',
    text: '现在按一般诉求办，谁来办看下面。办到哪一步都会告诉您。',
  },
  sameMatter: {
    tone: 'done',
    icon: 'git-merge',
    title: '记下了：是同一件事',
    text: '那一件还在办，就一起办；已经办完了，您这一件照样单独办。',
  },
  unmerged: {
    tone: 'working',
    icon: 'git-merge',
    title: '已经拆开，单独办',
    text: '时限照原来的算，办到哪一步都会告诉您。',
  },
} as const satisfies Record<string, Omit<Aftermath, 'text'> & Partial<Aftermath>>

const afterSettling = (rules: Rules | undefined): Aftermath => ({
  ...afterwards.settled,
  text: `${againText(rules)}，回到这里点“${residentSteps.reopen.label}”，就${residentSteps.reopen.hint}。`,
})

const afterTelling = (report: ReportDetail): Aftermath => ({
  tone: 'done',
  icon: 'check',
  title: `已经告诉${holderOf(report)}`,
  text: `${isConfidential(report) ? `${hiddenFromAccused}。` : ''}有进展会告诉您。`,
})

const afterDenying = (report: ReportDetail): Aftermath => ({
  ...afterwards.denied,
  text: `这次联系不算，${holderOf(report)}要再联系您。`,
})

const afterAnswering = (isGone: boolean, rules: Rules | undefined): Aftermath =>
  isGone ? { ...afterwards.saidGone, text: `${goneText(rules)}。` } : afterwards.saidNotGone

const afterAgreeing = (kind: AgreedKind, report: ReportDetail): Aftermath => {
  if (kind === 'merge') return afterwards.sameMatter
  const isComplaint = report.requests.some((one) => one.kind === kind && one.isForReporterAlone)
  return kind === 'reclassify' && isComplaint ? afterwards.complaintEnded : afterwards.agreed
}

/** Whether something is said or asked of the reader, now or as the next thing, that has a number in it. */
const saysNumbers = ({ status, redFace, posting, actions }: ReportDetail): boolean =>
  status === 'resolved' ||
  redFace !== null ||
  posting !== null ||
  actions.includes('appeal') ||
  actions.includes('appeal-struck')

/**
 * What comes of a step is true of the matter as the step left it: it goes when anything else has happened to it, and
 * when the page was left. `rev` is undefined while what the step has made of the matter is not known.
 */
const useAftermath = (rev: number | undefined) => {
  const [aftermath, setAftermath] = useState<Aftermath>()
  const saidOf = useRef<number>()
  const tell = (what?: Aftermath) => {
    saidOf.current = undefined
    setAftermath(what)
  }
  useReturn(() => setAftermath(undefined))
  useEffect(() => {
    if (!aftermath || rev === undefined) return
    saidOf.current ??= rev
    if (saidOf.current !== rev) setAftermath(undefined)
  }, [aftermath, rev])
  return { aftermath, tell }
}

/** One report, as the resident, somebody who has it too, or anybody may read it. */
export function DetailScreen({ reportId, head, onOpenParent, answerSheet }: DetailScreenProps) {
  const { query, isOutdated, reload, retry } = useQuery('report.get', { reportId })
  const [step, setStep] = useState<Step>()
  const report = query.state === 'ready' ? query.value : undefined
  const { aftermath, tell } = useAftermath(isOutdated ? undefined : report?.rev)
  const rules = useRulesOf(report && saysNumbers(report) ? report : undefined)
  const urging = useStep('report.urge', report?.timeline ?? [], reload)
  useOpenMessage(report, reload)

  const close = () => setStep(undefined)
  const finish = (what?: Aftermath) => {
    close()
    tell(what)
    // The sheet has to be gone first.
    Taro.nextTick(() => void Taro.pageScrollTo({ scrollTop: 0, duration: 200 }))
  }
  const urge = async () => {
    if (!report) return
    const outcome = await urging.step(onReport(report))
    toast(outcome.ok ? '已经催了' : outcome.error.message)
  }

  return (
    <PageFrame
      title="诉求详情"
      action={
        report &&
        mainActionOf(report) && (
          <ActionBar
            report={report}
            onStep={setStep}
            onUrge={() => void urge()}
            isUrging={urging.isBusy}
            reload={reload}
            onSupported={() => finish(afterwards.joined)}
          />
        )
      }
    >
      {head}
      {query.state === 'loading' && <Skeleton shape="page" />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {aftermath && (
        <View data-test="aftermath">
          <Notice tone={aftermath.tone} icon={aftermath.icon} title={aftermath.title}>
            {aftermath.text}
          </Notice>
        </View>
      )}
      {report && (
        <DetailBody
          report={report}
          rules={rules}
          onStep={setStep}
          onUrge={() => void urge()}
          onOpenParent={onOpenParent}
        />
      )}
      {report && step && (
        <OpenStep
          key={step}
          step={step}
          report={report}
          rules={rules}
          reload={reload}
          onDone={finish}
          onClose={close}
          answerSheet={answerSheet}
        />
      )}
    </PageFrame>
  )
}

interface OpenStepProps extends Pick<DetailScreenProps, 'answerSheet'> {
  readonly step: Step
  readonly report: ReportDetail
  readonly rules: Rules | undefined
  readonly reload: () => Promise<void>
  readonly onDone: (what?: Aftermath) => void
  readonly onClose: () => void
}

/** The sheet of the step that was chosen. */
function OpenStep({ step, report, rules, reload, onDone, onClose, answerSheet }: OpenStepProps) {
  const then = (what: Aftermath) => ({ report, reload, onClose, onDone: () => onDone(what) })
  switch (step) {
    case 'rate':
      return (
        <RateSheet
          report={report}
          reload={reload}
          onClose={onClose}
          onRated={(solved, satisfaction) => {
            const verdict =
              solved === 'no' ? 'unsolved' : satisfaction === 'dissatisfied' ? 'dissatisfied' : undefined
            onDone(
              verdict ? { ...afterwards[verdict], text: afterRating(report, verdict) } : afterSettling(rules),
            )
          }}
        />
      )
    case 'add-to':
      return <StepSheet form={addForm(report)} {...then(afterTelling(report))} />
    case 'answer':
      return (
        <StepSheet form={answerForm(report)} {...then(afterTelling(report))}>
          <OpenQuestions report={report} />
        </StepSheet>
      )
    case 'deny-contact':
      return <StepSheet form={denyContactForm(report)} {...then(afterDenying(report))} />
    case 'reopen':
      return <StepSheet form={reopenForm(report)} {...then(afterwards.reopened)} />
    case 'appeal':
      return <StepSheet form={appealForm(report, rules)} {...then(afterwards.appealed)} />
    case 'appeal-look':
      return <StepSheet form={appealLookForm(report)} {...then(afterwards.appealed)} />
    case 'say-to-appeal':
      return <StepSheet form={sayToAppealForm(report)} {...then(afterwards.heard)} />
    case 'appeal-struck':
      return <StepSheet form={appealStruckForm(report, rules)} {...then(afterwards.appealed)} />
    case 'say-reason-gone':
      return <StepSheet form={reasonGoneForm(report)} {...then(afterwards.asked)} />
    case 'unmerge':
      return <StepSheet form={unmergeForm} {...then(afterwards.unmerged)} />
    case 'withdraw': {
      const goesOn = othersIn(report) > 0 || (report.redFace !== null && report.redFace.state !== 'cleared')
      return (
        <StepSheet form={withdrawForm(report)} {...then(goesOn ? afterwards.left : afterwards.withdrawn)} />
      )
    }
    case 'agree-reclassify':
    case 'agree-relocate':
    case 'agree-extend':
    case 'agree-merge': {
      const kind = (
        {
          'agree-reclassify': 'reclassify',
          'agree-relocate': 'relocate',
          'agree-extend': 'extend',
          'agree-merge': 'merge',
        } as const
      )[step]
      return <StepSheet form={agreeForm(kind, report, serverNow())} {...then(afterAgreeing(kind, report))} />
    }
    case 'answer-gone':
    case 'answer-not-gone':
      return answerSheet({
        reportId: report.id,
        rev: report.rev,
        timeline: report.timeline,
        isGone: step === 'answer-gone',
        askedOf: report.redFace?.evidenceAt ?? report.posting?.until ?? null,
        needsPicture: step === 'answer-not-gone' && report.barredAnswers?.notGone === 'needs-picture',
        reload,
        rules,
        onAnswered: () => onDone(afterAnswering(step === 'answer-gone', rules)),
        onClose,
      })
  }
}

interface DetailBodyProps extends Pick<DetailScreenProps, 'onOpenParent'> {
  readonly report: ReportDetail
  readonly rules: Rules | undefined
  readonly onStep: (step: Step) => void
  readonly onUrge: () => void
}

/** What rings where somebody is in danger. */
const emergencyNumbers = ['110', '119', '120'] as const

/** What stands at the foot of the page already. */
const shownBelow = (report: ReportDetail): readonly (MainAction | OtherAction)[] => {
  const main = mainActionOf(report)
  return main === 'follow' ? ['add-to', 'urge'] : main === undefined ? [] : [main]
}

function DetailBody({ report, rules, onStep, onUrge, onOpenParent }: DetailBodyProps) {
  const { parentReportId, childCount, view, dutyPhone, categoryId } = report
  const isAtRisk = categoryId === 'danger' && isOwn(report) && isOpen(report.status)
  return (
    <View className="detail-screen">
      <StatusHead report={report} rules={rules} />
      {(isAtRisk || (dutyPhone !== null && isOwn(report) && isOpen(report.status))) && (
        <View data-test="duty-phone">
          <EmergencyCalls
            title={isAtRisk ? '有人身危险，先打电话' : '着急的话，打值班电话'}
            numbers={isAtRisk ? emergencyNumbers : []}
            dutyPhone={dutyPhone}
          />
        </View>
      )}
      <OpenQuestions report={report} />
      <RedFaceState report={report} />
      <PostingNotice report={report} />
      <SuspensionNotice report={report} />
      <PlanNotice report={report} />
      <Requests report={report} onStep={onStep} />
      {parentReportId && (
        <View className="detail-screen__link">
          <ListRow
            name="open-parent"
            icon="git-merge"
            title="看一起办的那一件"
            onPress={() =>
              onOpenParent ? onOpenParent(parentReportId) : openPage('detail', { reportId: parentReportId })
            }
          />
        </View>
      )}
      <OutcomeCard report={report} />
      <ResponsibleCard report={report} />
      <OtherSteps report={report} shown={shownBelow(report)} onStep={onStep} onUrge={onUrge} />
      <TraceCard report={report} rules={rules} />
      <MatterCard report={report} />
      {childCount > 0 && (
        <Notice tone="plain" icon="git-merge">
          同一处还有{childCount}件并到这里一起办。
        </Notice>
      )}
      {(view === 'public' || view === 'co-reporter') && (
        <View className="detail-screen__note">
          {isDeclared(report)
            ? '这件事是支部自己列出的，这里写的是事项摘要。'
            : '上报人的原话和照片只有办理的人看得到，这里写的是事项摘要。'}
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
          <BigButton label={residentSteps.withdraw.label} tone="quiet" onPress={() => onStep('withdraw')} />
        </View>
      )}
    </View>
  )
}
