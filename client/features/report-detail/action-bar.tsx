import { View } from '@tarojs/components'
import { BigButton, ButtonPair } from '../../components/big-button'
import { openPage } from '../../services/navigation'
import { useCommand } from '../../services/use-command'
import { isOwn, type ReportDetail } from './words'
import './action-bar.css'

/** What opens a sheet. */
export type Step = 'rate' | 'reopen' | 'appeal' | 'withdraw' | 'answer-gone' | 'answer-not-gone'

interface ActionBarProps {
  readonly report: ReportDetail
  readonly onStep: (step: Step) => void
  readonly onSupported: () => void
}

/** The one thing this reader can do about the report now; nothing for those who can only look. */
export const mainActionOf = (
  report: ReportDetail,
): 'rate' | 'answer' | 'reopen' | 'appeal' | 'support' | 'handle' | undefined => {
  const { actions, view, pendingRequest, part } = report
  if (actions.includes('rate')) return 'rate'
  if (actions.includes('answer-red-face')) return 'answer'
  if (actions.includes('reopen')) return 'reopen'
  if (actions.includes('appeal') && pendingRequest === null) return 'appeal'
  if (view === 'staff' && !isOwn(report)) return 'handle'
  return actions.includes('support') && part === null ? 'support' : undefined
}

export function ActionBar({ report, onStep, onSupported }: ActionBarProps) {
  switch (mainActionOf(report)) {
    case 'rate':
      return (
        <View data-test="action-rate">
          <BigButton label="评价" icon="star" hint="解决了没有，您说了算" onPress={() => onStep('rate')} />
        </View>
      )
    case 'answer':
      return (
        <View>
          <View className="action-bar__question">
            {report.redFace?.hasAnswered ? '您已经回答过了，想改可以再答' : '支部说办好了，您看呢？'}
          </View>
          <ButtonPair>
            <View data-test="action-answer-not-gone">
              <BigButton
                label="还没办好"
                hint="要再办"
                tone="secondary"
                onPress={() => onStep('answer-not-gone')}
              />
            </View>
            <View data-test="action-answer-gone">
              <BigButton
                label="办好了"
                hint="同意销号"
                tone={report.redFace?.hasAnswered ? 'secondary' : 'primary'}
                onPress={() => onStep('answer-gone')}
              />
            </View>
          </ButtonPair>
        </View>
      )
    case 'reopen':
      return (
        <View data-test="action-reopen">
          <BigButton
            label="又坏了"
            icon="undo-2"
            hint="结案三十天内，可以退回重新办"
            tone="secondary"
            onPress={() => onStep('reopen')}
          />
        </View>
      )
    case 'appeal':
      return (
        <View data-test="action-appeal">
          <BigButton label="不同意，向上一级申诉" icon="scale" onPress={() => onStep('appeal')} />
        </View>
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
      {error && (
        <View className="action-bar__error" role="alert">
          {error.message}
        </View>
      )}
      <BigButton
        label="我也遇到"
        icon="users"
        hint="人越多越靠前，进展也会告诉您"
        isBusy={isBusy}
        onPress={support}
      />
    </View>
  )
}
