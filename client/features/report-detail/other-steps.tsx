import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import type { IconName } from '../../components/icon'
import { ListRow } from '../../components/rows'
import { openPage } from '../../services/navigation'
import type { MainAction, Step } from './main-action'
import type { ReportDetail } from './words'

export type OtherAction =
  | 'take-up'
  | 'answer'
  | 'add-to'
  | 'urge'
  | 'deny-contact'
  | 'say-reason-gone'
  | 'unmerge'
  | 'reopen'
  | 'appeal'
  | 'appeal-look'
  | 'say-to-appeal'
  | 'appeal-struck'

const rows: Readonly<
  Record<OtherAction, { readonly icon: IconName; readonly title: string; readonly hint: string }>
> = {
  'take-up': {
    icon: 'send',
    title: '这就是我要说的事',
    hint: '住在附近的去上报，选好地点，点“这就是我要说的”',
  },
  'say-to-appeal': {
    icon: 'message-circle',
    title: '对申诉说一句',
    hint: '支部不同意您的评价，上级要先听您的',
  },
  answer: { icon: 'message-circle', title: '回答支部的询问', hint: '支部问了您一句' },
  'add-to': { icon: 'plus', title: '补充', hint: '再说几句，或者再拍张照片' },
  urge: { icon: 'bell', title: '催办', hint: '提醒支部抓紧' },
  'deny-contact': { icon: 'phone', title: '没人联系我', hint: '支部记着联系过您，其实没有' },
  'say-reason-gone': { icon: 'history', title: '挂账的原因没有了', hint: '请上一级让支部接着办' },
  unmerge: { icon: 'git-merge', title: '不是同一件事', hint: '拆开，单独办' },
  reopen: { icon: 'undo-2', title: '又坏了', hint: '退回重新办' },
  appeal: { icon: 'scale', title: '不同意，申诉', hint: '由上一级来看' },
  'appeal-look': { icon: 'scale', title: '对现场核实申诉', hint: '上级看过说解决了，您不同意' },
  'appeal-struck': { icon: 'scale', title: '对撤销评价申诉', hint: '上级撤了您的评价，您不同意' },
}

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
  const isOffered = (action: OtherAction): boolean =>
    report.actions.includes(action) &&
    !shown.includes(action) &&
    (action !== 'urge' || report.part !== null) &&
    (action !== 'take-up' || report.view !== 'staff')
  const offered = (Object.keys(rows) as OtherAction[]).filter(isOffered)
  if (offered.length === 0) return null
  const press = (action: OtherAction): void => {
    if (action === 'urge') onUrge()
    // Where they live is chosen there.
    else if (action === 'take-up') openPage('report', { categoryId: report.categoryId })
    else onStep(action)
  }
  return (
    <Card title="您还可以">
      {offered.map((action) => (
        <View key={action} data-test={`step-${action}`}>
          <ListRow {...rows[action]} onPress={() => press(action)} />
        </View>
      ))}
    </Card>
  )
}
