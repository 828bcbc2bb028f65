import { type ContactChannel, contactChannelLabels } from '../../cloudfunctions/contexts/report/rules/contact'
import {
  type DeclineReason,
  declineReasonLabels,
  type LookFinding,
  lookFindingLabels,
  type ReturnReason,
  returnReasonLabels,
} from '../../cloudfunctions/contexts/report/rules/reasons'
import { type Remedy, remedyLabels } from '../../cloudfunctions/contexts/report/rules/report'

/** One answer of a staff form, with what it means where that is not plain. */
interface AnswerWords {
  readonly label: string
  readonly hint?: string
}

type Answers<V extends string> = Readonly<Record<V, AnswerWords>>

export const channelWords: Answers<ContactChannel> = {
  phone: { label: contactChannelLabels.phone, hint: '打通以后再记' },
  message: { label: contactChannelLabels.message, hint: '居民看到了才算' },
  visit: { label: contactChannelLabels.visit, hint: '到家里或现场见过' },
}

export const remedyWords: Answers<Remedy> = {
  lasting: { label: remedyLabels.lasting, hint: '一次办到位' },
  temporary: { label: remedyLabels.temporary, hint: '先管一阵子' },
}

export const findingWords: Answers<LookFinding> = {
  solved: { label: lookFindingLabels.solved, hint: '销号，说没修好的也一并记下' },
  unsolved: { label: lookFindingLabels.unsolved, hint: '退回重新办，原因马上公开' },
  'another-matter': {
    label: lookFindingLabels['another-matter'],
    hint: '销号；说没修好的那一件单独立案，时限照原来的算',
  },
}

const labelsOnly = <V extends string>(labels: Readonly<Record<V, string>>): Answers<V> =>
  Object.fromEntries(Object.entries<string>(labels).map(([value, label]) => [value, { label }])) as Answers<V>

export const returnWords: Answers<ReturnReason> = labelsOnly(returnReasonLabels)
export const declineWords: Answers<DeclineReason> = labelsOnly(declineReasonLabels)

/** The answers of such a list as the choices of a form, in the order of the list. */
export const choicesOf = <V extends string>(
  answers: Answers<V>,
): readonly (AnswerWords & { readonly value: V })[] =>
  (Object.entries(answers) as [V, AnswerWords][]).map(([value, words]) => ({ value, ...words }))
