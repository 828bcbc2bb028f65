import { View } from '@tarojs/components'
import { useState } from 'react'
import type { SatisfactionAnswer, SolvedAnswer } from '../../../cloudfunctions/domain/rating/rating'
import { countText } from '../../../cloudfunctions/domain/text/typed-text'
import { BigButton } from '../../components/big-button'
import { type Choice, ChoiceChips } from '../../components/choice-chips'
import { FormRow, TextBox } from '../../components/form-row'
import { Notice } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { useDraft } from '../../services/drafts'
import { useStep } from './use-step'
import { type ReportDetail, satisfactionLabels, solvedLabels } from './words'
import './step-sheet.css'

interface RateSheetProps {
  readonly report: ReportDetail
  readonly reload: () => Promise<void>
  readonly onRated: (solved: SolvedAnswer, satisfaction: SatisfactionAnswer) => void
  readonly onClose: () => void
}

type ContactedAnswer = 'yes' | 'no'

const contactedChoices: readonly Choice<ContactedAnswer>[] = [
  { value: 'yes', label: '联系过', icon: 'phone' },
  { value: 'no', label: '没联系', icon: 'x' },
]
const solvedChoices: readonly Choice<SolvedAnswer>[] = [
  { value: 'yes', label: solvedLabels.yes, icon: 'smile' },
  { value: 'partly', label: solvedLabels.partly, icon: 'meh' },
  { value: 'no', label: solvedLabels.no, icon: 'frown' },
]
const satisfactionChoices: readonly Choice<SatisfactionAnswer>[] = [
  { value: 'satisfied', label: satisfactionLabels.satisfied, icon: 'smile' },
  { value: 'basically-satisfied', label: satisfactionLabels['basically-satisfied'], icon: 'meh' },
  { value: 'dissatisfied', label: satisfactionLabels.dissatisfied, icon: 'frown' },
]

const maxRemark = 300

interface RatingDraft {
  readonly contacted?: ContactedAnswer
  readonly solved?: SolvedAnswer
  readonly satisfaction?: SatisfactionAnswer
  readonly remark: string
}

/** Three plain questions; the resident's verdict decides. */
export function RateSheet({ report, reload, onRated, onClose }: RateSheetProps) {
  const { draft, change, drop } = useDraft<RatingDraft>(`rating:${report.id}`, { remark: '' })
  const { step, isBusy, message } = useStep('report.rate', report, reload)
  const [wasTried, setTried] = useState(false)
  const { contacted, solved, satisfaction, remark } = draft
  const missing = (answer: string | undefined) => (wasTried && !answer ? '请点一个' : undefined)

  const send = async () => {
    setTried(true)
    if (!contacted || !solved || !satisfaction || countText(remark) > maxRemark) return
    const outcome = await step({
      contacted: contacted === 'yes',
      solved,
      satisfaction,
      remark: remark.trim(),
    })
    if (!outcome.ok) return
    drop()
    onRated(solved, satisfaction)
  }

  return (
    <Sheet
      isOpen
      title="请您评价"
      onClose={onClose}
      action={
        <View data-test="send-rating">
          {message && (
            <View className="step-sheet__message" role="alert">
              {message}
            </View>
          )}
          <BigButton label="提交评价" isBusy={isBusy} onPress={send} />
        </View>
      }
    >
      <View className="step-sheet">
        <FormRow label="支部联系过您吗？" error={missing(contacted)}>
          <ChoiceChips
            name="rate-contacted"
            layout="columns"
            choices={contactedChoices}
            value={contacted}
            onChange={(value) => change({ contacted: value })}
          />
        </FormRow>
        <FormRow label="解决了吗？" error={missing(solved)}>
          <ChoiceChips
            name="rate-solved"
            layout="columns"
            choices={solvedChoices}
            value={solved}
            onChange={(value) => change({ solved: value })}
          />
        </FormRow>
        {solved === 'no' && (
          <Notice tone="alert" icon="undo-2">
            这件事会退回支部重新办，二十四小时后登上红脸榜；办好了还要您同意才算完。
          </Notice>
        )}
        <FormRow label="对办理满意吗？" error={missing(satisfaction)}>
          <ChoiceChips
            name="rate-satisfaction"
            layout="columns"
            choices={satisfactionChoices}
            value={satisfaction}
            onChange={(value) => change({ satisfaction: value })}
          />
        </FormRow>
        {solved !== 'no' && satisfaction === 'dissatisfied' && (
          <Notice tone="alert" icon="clipboard-list">
            评价“不满意”，这件事二十四小时后登上红脸榜。
          </Notice>
        )}
        <View data-test="rate-remark">
          <FormRow
            label="还想说什么"
            isOptional
            error={countText(remark) > maxRemark ? `最多写${maxRemark}个字` : undefined}
          >
            <TextBox
              value={remark}
              onChange={(value) => change({ remark: value })}
              max={maxRemark}
              placeholder="只有办理的人看得到"
            />
          </FormRow>
        </View>
      </View>
    </Sheet>
  )
}
