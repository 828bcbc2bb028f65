import { View } from '@tarojs/components'
import {
  type SatisfactionAnswer,
  type SolvedAnswer,
  satisfactionAnswers,
  solvedAnswers,
} from '../../../cloudfunctions/contexts/report/rules/rating'
import { countText } from '../../../cloudfunctions/ground/text/typed-text'
import { type Choice, ChoiceChips } from '../../components/choice-chips'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { InDraftSlot } from '../../components/in-draft-slot'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { type DraftSlot, draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { goneQuestion } from '../../words/households'
import { mistakesText } from '../../words/mistakes'
import { onReport, useStep } from '../../words/use-step'
import {
  contactedQuestion,
  contactedWords,
  satisfactionsOffered,
  satisfactionWords,
  solvedWords,
} from '../../words/verdict'
import { afterRating, oursNotice } from './step-forms'
import type { ReportDetail } from './words'
import './rate-sheet.css'

interface RateSheetProps {
  readonly report: ReportDetail
  readonly reload: () => Promise<void>
  readonly onRated: (solved: SolvedAnswer, satisfaction: SatisfactionAnswer) => void
  readonly onClose: () => void
}

type ContactedAnswer = 'yes' | 'no'

const solvedChoices = solvedAnswers.map((value) => ({
  value,
  label: solvedWords[value].asked,
  icon: solvedWords[value].icon,
}))
const satisfactionChoices = satisfactionAnswers.map((value) => ({
  value,
  label: satisfactionWords[value].text,
  icon: satisfactionWords[value].icon,
}))
const contactedChoices = (['yes', 'no'] as const).map((value) => ({
  value,
  label: contactedWords[value].text,
  icon: contactedWords[value].icon,
}))

const maxRemark = 300
const remarkLabel = '还想说什么'

interface RatingDraft {
  readonly solved?: SolvedAnswer
  readonly satisfaction?: SatisfactionAnswer
  readonly contacted?: ContactedAnswer
  readonly remark: string
}

const labelOf = <V extends string>(choices: readonly Choice<V>[], value: V | undefined): string | undefined =>
  choices.find((choice) => choice.value === value)?.label

/**
 * One thing at a time (L6): 修好了吗, 满意吗, 联系过吗; the resident's verdict decides. What was chosen is about one result:
 * the next one is judged anew.
 */
export function RateSheet(props: RateSheetProps) {
  const { id, resolution } = props.report
  return (
    <InDraftSlot name={draftName('rating', id, resolution?.at)}>
      {(slot) => <RatingDraftSheet {...props} slot={slot} />}
    </InDraftSlot>
  )
}

function RatingDraftSheet(props: RateSheetProps & { readonly slot: DraftSlot }) {
  const { report, slot, reload, onRated, onClose } = props
  const { draft, change, drop, intentions } = useDraft<RatingDraft>(slot.name, { remark: '' })
  const { step, isBusy, clash, message, problems } = useStep(
    'report.rate',
    report.timeline,
    reload,
    intentions,
  )
  const { contacted, solved, remark } = draft
  const isPraiseBarred = report.barredAnswers?.praise !== undefined
  const satisfactions = solved === undefined ? [] : satisfactionsOffered(solved, isPraiseBarred)
  // Another first answer may have closed what was said beside it.
  const satisfaction = satisfactions.find((answer) => answer === draft.satisfaction)
  const remarkProblem = countText(remark) > maxRemark ? `最多写${maxRemark}个字` : problems.remark
  const mistakes = mistakesText(remarkProblem ? [{ label: remarkLabel, why: remarkProblem }] : [])
  const isAnswered = solved !== undefined && satisfaction !== undefined && contacted !== undefined

  const send = async () => {
    if (!isAnswered || countText(remark) > maxRemark) return
    const outcome = await step({
      ...onReport(report),
      contacted: contacted === 'yes',
      solved,
      satisfaction,
      remark: remark.trim(),
    })
    if (!outcome.ok) return
    drop()
    onRated(solved, satisfaction)
  }

  const ours = oursNotice(report)
  return (
    <FormSheet
      title="请您评价"
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={mistakes ?? message}
      send={
        isAnswered
          ? { name: 'send-rating', label: '提交评价', isBusy, onPress: () => void send() }
          : undefined
      }
    >
      {ours && (
        <Notice tone="waiting" icon="info">
          {ours}
        </Notice>
      )}
      <Answered
        question={goneQuestion}
        answer={labelOf(solvedChoices, solved)}
        onChange={() => change({ solved: undefined })}
      />
      {solved === undefined && (
        <FormRow label={goneQuestion}>
          <ChoiceChips
            name="rate-solved"
            layout="columns"
            stepAside
            choices={solvedChoices}
            value={solved}
            onChange={(value) => change({ solved: value })}
          />
        </FormRow>
      )}
      <Answered
        question="对办理满意吗？"
        answer={labelOf(satisfactionChoices, satisfaction)}
        onChange={() => change({ satisfaction: undefined })}
      />
      {solved !== undefined && satisfaction === undefined && (
        <FormRow label="对办理满意吗？">
          <ChoiceChips
            name="rate-satisfaction"
            layout="columns"
            stepAside
            choices={satisfactionChoices.filter(({ value }) => satisfactions.includes(value))}
            value={satisfaction}
            onChange={(value) => change({ satisfaction: value })}
          />
        </FormRow>
      )}
      <Answered
        question={contactedQuestion}
        answer={labelOf(contactedChoices, contacted)}
        onChange={() => change({ contacted: undefined })}
      />
      {solved !== undefined && satisfaction !== undefined && contacted === undefined && (
        <FormRow label={contactedQuestion}>
          <ChoiceChips
            name="rate-contacted"
            layout="columns"
            stepAside
            choices={contactedChoices}
            value={contacted}
            onChange={(value) => change({ contacted: value })}
          />
        </FormRow>
      )}
      {isAnswered && (
        <>
          {solved === 'no' && (
            <Notice tone="alert" icon="undo-2">
              {afterRating(report, 'unsolved')}
            </Notice>
          )}
          {solved !== 'no' && satisfaction === 'dissatisfied' && (
            <Notice tone="alert" icon="clipboard-list">
              {afterRating(report, 'dissatisfied')}
            </Notice>
          )}
          <View data-test="rate-remark">
            <FormRow label={remarkLabel} isOptional error={remarkProblem}>
              <TextBox
                value={remark}
                onChange={(value) => change({ remark: value })}
                max={maxRemark}
                placeholder="只有办理的人看得到"
              />
            </FormRow>
          </View>
        </>
      )}
    </FormSheet>
  )
}

interface AnsweredProps {
  readonly question: string
  readonly answer: string | undefined
  readonly onChange: () => void
}

/** What was answered steps aside and can be taken back. */
function Answered({ question, answer, onChange }: AnsweredProps) {
  if (answer === undefined) return null
  return (
    <Pressable className="rate-sheet__answered" onPress={onChange}>
      <View className="rate-sheet__question">{question}</View>
      <View className="rate-sheet__answer">{answer}</View>
      <View className="rate-sheet__change">改</View>
    </Pressable>
  )
}
