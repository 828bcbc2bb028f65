import type { CallOf } from '../../../cloudfunctions/contexts/report/rules/call-of'
import { isConfidential } from '../../../cloudfunctions/contexts/report/rules/confidential'
import type { ReportStatus } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { chinaDateText, startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import { thawLabel } from '../../words/request'
import { memberName } from '../../words/roles'
import { type StaffAction, type StepWords, staffSteps } from '../../words/staff-steps'

export type Matter = OutputOf<'report.get'>
export type Targets = OutputOf<'unit.targets'>

/** The command behind a thing staff can do; residents' own steps have their place on the resident's page. */
export type CommandOf<A extends StaffAction> = CallOf<A>

/** Handing on what somebody works on takes it from them, and says so; a complaint is not told to whom it is about (H4). */
export const wordsOf = (action: StaffAction, matter: Pick<Matter, 'handler' | 'categoryId'>): StepWords => {
  const { handler } = matter
  if (action === 'dispatch' && handler)
    return {
      ...staffSteps.dispatch,
      label: '换人处置',
      hint: `现在由${handler.member ? memberName(handler.member) : handler.name}处置，换了就不归那边了。`,
    }
  if (action === 'route' && isConfidential(matter))
    return {
      ...staffSteps.route,
      label: '指定由谁办',
      hint: '由被反映单位的上一级来办。指定后马上通知办的单位和居民，被反映的单位看不到。',
    }
  return staffSteps[action]
}

/** What may wait for somebody's word first does not claim to be done: the page says how it stands. */
export const doneText = (action: StaffAction, label: string, status: ReportStatus): string => {
  if (action === 'reclassify' || action === 'relocate') return '已提交'
  if (action === 'merge' && status !== 'merged') return '已经问上报人了'
  return `${label}：好了`
}

export const isStaffAction = (action: string): action is StaffAction => Object.hasOwn(staffSteps, action)

/** What comes first at each point; the rest waits under 更多操作. */
const firstChoices: readonly StaffAction[] = [
  'accept',
  'look',
  'rule-on',
  'route',
  'check',
  'claim-fixed',
  'contact',
  'dispatch',
  'resolve',
  'resume',
  'take-over',
  'progress',
]

/** The allowed actions of a staff member: the one to offer first, and the others. */
export const chooseActions = (
  matter: Matter,
): { readonly first: StaffAction | undefined; readonly others: readonly StaffAction[] } => {
  const allowed = matter.actions.filter(isStaffAction)
  const isDone: Partial<Record<StaffAction, boolean>> = {
    contact: matter.contactedAt !== null,
    // Somebody has it in hand: who takes it from them means to.
    dispatch: matter.handler !== null,
  }
  const isPlanNext = matter.runningDueKind === 'plan' && allowed.includes('lay-plan')
  const first = isPlanNext
    ? 'lay-plan'
    : firstChoices.find((action) => allowed.includes(action) && !isDone[action])
  const order = Object.keys(staffSteps)
  return {
    first,
    others: allowed.filter((action) => action !== first).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
  }
}

/** Does the work for the unit that answers for it. */
export const isHandlerElsewhere = ({ handler, branch, actions }: Matter): boolean =>
  handler !== null && handler.id !== branch.id && actions.includes('send-back')

/** The requests this reader may rule on; a look is not ruled on, it is made. */
export const rulableRequests = ({ requests }: Matter): Matter['requests'] =>
  requests.filter(({ mayRule, kind }) => mayRule && kind !== 'look')

/** What the work waits for: something of any kind, or the thaw. */
export type WaitsFor = 'ordinary' | 'thaw'

interface WaitChoice {
  readonly value: WaitsFor
  readonly label: string
  readonly hint: string
}

/** The waits that could be granted now, with what each means (L5). */
export const waitChoices = ({ suspendable }: Pick<Matter, 'suspendable'>): readonly WaitChoice[] => {
  if (!suspendable) return []
  const { ordinaryDays, putOffUntilOn } = suspendable
  const choices: WaitChoice[] = []
  if (ordinaryDays > 0)
    choices.push({ value: 'ordinary', label: '别的原因', hint: `上一级批，最长${ordinaryDays}天` })
  if (putOffUntilOn !== null) {
    const lastDay = chinaDateText(startOfChinaDate(putOffUntilOn))
    const hint = `旗县批，最晚到${lastDay}，不占挂账的天数`
    choices.push({ value: 'thaw', label: thawLabel, hint })
  }
  return choices
}
