import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { ListRow } from '../../components/rows'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { urgeAgainText } from '../../words/both-sides'
import { type ResidentAction, residentSteps } from '../../words/resident-steps'
import type { MainAction, Step } from './main-action'
import type { ReportDetail } from './words'

/** In the order in which they are listed. */
const listed = [
  'take-up',
  'say-to-appeal',
  'answer',
  'add-to',
  'urge',
  'deny-contact',
  'say-reason-gone',
  'unmerge',
  'reopen',
  'appeal',
  'appeal-look',
  'appeal-struck',
] as const satisfies readonly ResidentAction[]

export type OtherAction = (typeof listed)[number]

interface OtherStepsProps {
  readonly report: ReportDetail
  /** What already stands at the foot of the page. */
  readonly shown: readonly (MainAction | OtherAction)[]
  readonly onStep: (step: Step) => void
  readonly onUrge: () => void
}

/** Everything else this resident can do here. */
export function OtherSteps({ report, shown, onStep, onUrge }: OtherStepsProps) {
  // Staff urge from their own page.
  const { urgeAgainAt } = report
  const isOpen = (action: OtherAction): boolean => report.actions.includes(action)
  const isOffered = (action: OtherAction): boolean =>
    (isOpen(action) || (action === 'urge' && urgeAgainAt !== undefined)) &&
    !shown.includes(action) &&
    (action !== 'urge' || report.part !== null) &&
    (action !== 'take-up' || report.view !== 'staff')
  const offered = listed.filter(isOffered)
  if (offered.length === 0) return null
  const press = (action: OtherAction): void => {
    if (action === 'urge') onUrge()
    // Where they live is chosen there.
    else if (action === 'take-up') openPage('report', { categoryId: report.categoryId })
    else onStep(action)
  }
  return (
    <Card title="您还可以">
      {offered.map((action) => {
        const { label, icon, hint } = residentSteps[action]
        const again =
          action === 'urge' && urgeAgainAt !== undefined && urgeAgainText(urgeAgainAt, serverNow())
        return (
          <View key={action} data-test={`step-${action}`}>
            <ListRow
              icon={icon}
              title={label}
              hint={again || hint}
              onPress={isOpen(action) ? () => press(action) : undefined}
            />
          </View>
        )
      })}
    </Card>
  )
}
