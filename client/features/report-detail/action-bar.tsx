import { View } from '@tarojs/components'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { openPage } from '../../services/navigation'
import { useCommand } from '../../services/use-command'
import { mainActionOf, type Step } from './main-action'
import { agreeLabels, kindsToAgree } from './step-forms'
import type { ReportDetail } from './words'
import './action-bar.css'

interface ActionBarProps {
  readonly report: ReportDetail
  readonly onStep: (step: Step) => void
  readonly onUrge: () => void
  readonly isUrging: boolean
  readonly onSupported: () => void
}

export function ActionBar({ report, onStep, onUrge, isUrging, onSupported }: ActionBarProps) {
  const { actions, redFace, posting } = report
  const hasAnswered = redFace?.hasAnswered ?? posting?.hasAnswered ?? false
  switch (mainActionOf(report)) {
    case 'rate':
      return (
        <View data-test="action-rate">
          <BigButton label="评价" icon="star" hint="修好了没有，您说了算" onPress={() => onStep('rate')} />
        </View>
      )
    case 'answer-red-face':
      return (
        <View>
          <View className="action-bar__question">
            {hasAnswered ? '您已经回答过了，想改可以再答' : '修好了吗？'}
          </View>
          <ButtonPair>
            <View data-test="action-answer-not-gone">
              <BigButton label="没修好" tone="secondary" onPress={() => onStep('answer-not-gone')} />
            </View>
            <View data-test="action-answer-gone">
              <BigButton
                label="修好了"
                tone={hasAnswered ? 'secondary' : 'primary'}
                onPress={() => onStep('answer-gone')}
              />
            </View>
          </ButtonPair>
        </View>
      )
    case 'say-to-appeal':
      return (
        <View data-test="action-say-to-appeal">
          <BigButton
            label="对申诉说一句"
            icon="message-circle"
            hint="支部不同意您的评价，上级要先听您的"
            onPress={() => onStep('say-to-appeal')}
          />
        </View>
      )
    case 'answer':
      return (
        <View data-test="action-answer">
          <BigButton label="回答支部" icon="message-circle" onPress={() => onStep('answer')} />
        </View>
      )
    case 'agree':
      return <AgreeButton report={report} onStep={onStep} />
    case 'appeal-struck':
      return (
        <View data-test="action-appeal-struck">
          <BigButton
            label="不同意，申诉"
            icon="scale"
            hint="上级撤销了您的评价"
            onPress={() => onStep('appeal-struck')}
          />
        </View>
      )
    case 'reopen':
      return (
        <View data-test="action-reopen">
          <BigButton
            label="又坏了"
            icon="undo-2"
            hint="可以退回重新办"
            tone="secondary"
            onPress={() => onStep('reopen')}
          />
        </View>
      )
    case 'appeal':
      return (
        <View data-test="action-appeal">
          <BigButton
            label="不同意，向上一级申诉"
            icon="scale"
            tone={report.status === 'closed' ? 'secondary' : 'primary'}
            onPress={() => onStep('appeal')}
          />
        </View>
      )
    case 'follow':
      return (
        <ButtonPair>
          {actions.includes('add-to') && (
            <View data-test="action-add-to">
              <BigButton label="补充" icon="plus" tone="secondary" onPress={() => onStep('add-to')} />
            </View>
          )}
          {actions.includes('urge') && (
            <View data-test="action-urge">
              <BigButton label="催办" icon="bell" isBusy={isUrging} onPress={onUrge} />
            </View>
          )}
        </ButtonPair>
      )
    case 'handle':
      return (
        <View data-test="action-handle">
          <BigButton
            label="去办理"
            icon="briefcase"
            onPress={() => openPage('handle', { reportId: report.id })}
          />
        </View>
      )
    case 'support':
      return <SupportButton report={report} onSupported={onSupported} />
    default:
      return null
  }
}

/** What waits for this reader's word; where two things do, the first is asked first. */
function AgreeButton({ report, onStep }: Pick<ActionBarProps, 'report' | 'onStep'>) {
  const [kind] = kindsToAgree(report)
  if (!kind) return null
  return (
    <View data-test="action-agree">
      <BigButton
        label={agreeLabels[kind]}
        icon="message-circle"
        hint="点开看清楚，再定"
        onPress={() => onStep(`agree-${kind}`)}
      />
    </View>
  )
}

interface SupportButtonProps {
  readonly report: ReportDetail
  readonly onSupported: () => void
}

function SupportButton({ report, onSupported }: SupportButtonProps) {
  const { run, isBusy, error } = useCommand('report.support')
  const support = async () => {
    const outcome = await run({ reportId: report.id })
    if (outcome.ok || outcome.error.code === 'already-supported') onSupported()
  }
  return (
    <View data-test="action-support">
      {error && <Alert className="action-bar__error">{error.message}</Alert>}
      <BigButton
        label="我也遇到"
        icon="users"
        hint="不用再报一遍，办到哪一步都会告诉您"
        isBusy={isBusy}
        onPress={() => void support()}
      />
    </View>
  )
}
