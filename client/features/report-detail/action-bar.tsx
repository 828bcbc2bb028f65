import { View } from '@tarojs/components'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { openPage } from '../../services/navigation'
import { isByReceipt } from '../../services/receipt'
import { serverNow } from '../../services/server-time'
import { useCommand } from '../../services/use-command'
import { urgeAgainText } from '../../words/both-sides'
import { answersOffered } from '../../words/gone-answers'
import { residentSteps } from '../../words/resident-steps'
import { mainActionOf, type Step } from './main-action'
import { agreeLabels, kindsToAgree } from './step-forms'
import type { ReportDetail } from './words'
import './action-bar.css'

interface ActionBarProps {
  readonly report: ReportDetail
  readonly onStep: (step: Step) => void
  readonly onUrge: () => void
  readonly isUrging: boolean
  readonly reload: () => Promise<void>
  readonly onSupported: () => void
}

/** Two buttons side by side have no room for hints. */
const follow = (action: 'add-to' | 'urge') => {
  const { label, icon } = residentSteps[action]
  return { label, icon }
}

export function ActionBar(props: ActionBarProps) {
  const { report, onStep, onUrge, isUrging, reload, onSupported } = props
  const { actions, urgeAgainAt } = report
  switch (mainActionOf(report)) {
    case 'rate':
      return (
        <View data-test="action-rate">
          <BigButton {...residentSteps.rate} onPress={() => onStep('rate')} />
        </View>
      )
    case 'answer-red-face':
      return <AnswerButtons report={report} onStep={onStep} />
    case 'say-to-appeal':
      return (
        <View data-test="action-say-to-appeal">
          <BigButton {...residentSteps['say-to-appeal']} onPress={() => onStep('say-to-appeal')} />
        </View>
      )
    case 'answer':
      return (
        <View data-test="action-answer">
          <BigButton {...residentSteps.answer} onPress={() => onStep('answer')} />
        </View>
      )
    case 'agree':
      return <AgreeButton report={report} onStep={onStep} />
    case 'appeal-struck':
      return (
        <View data-test="action-appeal-struck">
          <BigButton {...residentSteps['appeal-struck']} onPress={() => onStep('appeal-struck')} />
        </View>
      )
    case 'reopen':
      return (
        <View data-test="action-reopen">
          <BigButton {...residentSteps.reopen} tone="secondary" onPress={() => onStep('reopen')} />
        </View>
      )
    case 'appeal':
      return (
        <View data-test="action-appeal">
          <BigButton
            {...residentSteps.appeal}
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
              <BigButton {...follow('add-to')} tone="secondary" onPress={() => onStep('add-to')} />
            </View>
          )}
          {(actions.includes('urge') || urgeAgainAt !== undefined) && (
            <View data-test="action-urge">
              <BigButton
                {...follow('urge')}
                isBusy={isUrging}
                isDisabled={!actions.includes('urge')}
                hint={urgeAgainAt === undefined ? undefined : urgeAgainText(urgeAgainAt, serverNow())}
                onPress={onUrge}
              />
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
      return <SupportButton report={report} reload={reload} onSupported={onSupported} />
    default:
      return null
  }
}

function AnswerButtons({ report, onStep }: Pick<ActionBarProps, 'report' | 'onStep'>) {
  const { redFace, posting, barredAnswers } = report
  const hasAnswered = redFace?.hasAnswered ?? posting?.hasAnswered ?? false
  const { question, offers } = answersOffered(barredAnswers, hasAnswered, !isByReceipt(report.id))
  return (
    <View>
      <View className="action-bar__question">{question}</View>
      <ButtonPair>
        {offers.map(({ isGone, label }) => {
          const step = isGone ? 'answer-gone' : 'answer-not-gone'
          return (
            <View key={step} data-test={`action-${step}`}>
              <BigButton
                label={label}
                tone={isGone && !hasAnswered ? 'primary' : 'secondary'}
                onPress={() => onStep(step)}
              />
            </View>
          )
        })}
      </ButtonPair>
    </View>
  )
}

/** What waits for this reader's word; where two things do, the first is asked first. */
function AgreeButton({ report, onStep }: Pick<ActionBarProps, 'report' | 'onStep'>) {
  const [kind] = kindsToAgree(report)
  if (!kind) return null
  return (
    <View data-test="action-agree">
      <BigButton {...residentSteps.agree} label={agreeLabels[kind]} onPress={() => onStep(`agree-${kind}`)} />
    </View>
  )
}

function SupportButton({
  report,
  reload,
  onSupported,
}: Pick<ActionBarProps, 'report' | 'reload' | 'onSupported'>) {
  const { run, isBusy, error } = useCommand('report.support')
  const support = async () => {
    const outcome = await run({ reportId: report.id })
    const isKnownElsewhere = !outcome.ok && outcome.error.code === 'already-supported'
    if (isKnownElsewhere) await reload()
    if (outcome.ok || isKnownElsewhere) onSupported()
  }
  return (
    <View data-test="action-support">
      {error && <Alert className="action-bar__error">{error.message}</Alert>}
      <BigButton {...residentSteps.support} isBusy={isBusy} onPress={() => void support()} />
    </View>
  )
}
