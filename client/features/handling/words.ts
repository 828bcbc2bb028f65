import type { CallOf } from '../../../cloudfunctions/contexts/report/rules/call-of'
import { isConfidential } from '../../../cloudfunctions/contexts/report/rules/confidential'
import type { RequestKind } from '../../../cloudfunctions/contexts/report/rules/request'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { chinaDateText, startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import { draftName } from '../../services/draft-slot'
import { thawLabel } from '../../words/request'
import { memberName } from '../../words/roles'
import { type StaffAction, type StepWords, staffSteps } from '../../words/staff-steps'
import { channelWords, choicesOf } from '../../words/work'

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

/** What a step asks of somebody else in place of doing it: always, or where the rules do not leave it to whoever takes it. */
const asking: Partial<
  Readonly<Record<StaffAction, { readonly kind: RequestKind; readonly isAlways: boolean }>>
> = {
  decline: { kind: 'decline', isAlways: true },
  suspend: { kind: 'suspend', isAlways: true },
  extend: { kind: 'extend', isAlways: true },
  'ask-look': { kind: 'look', isAlways: true },
  'appeal-red-face': { kind: 'appeal-red-face', isAlways: true },
  return: { kind: 'pass-on', isAlways: false },
  transfer: { kind: 'pass-on', isAlways: false },
  'take-over': { kind: 'pass-on', isAlways: false },
  reclassify: { kind: 'reclassify', isAlways: false },
  relocate: { kind: 'relocate', isAlways: false },
  merge: { kind: 'merge', isAlways: false },
}

/** What is said after a step, by the matter as it is then: what was only asked for is not done. */
export const doneText = (
  action: StaffAction,
  label: string,
  after: Pick<Matter, 'requests'> | undefined,
): string => {
  const asked = asking[action]
  if (!asked) return `${label}：好了`
  const waiting = after?.requests.find(({ kind }) => kind === asked.kind)
  if (waiting?.isForReporterAlone) return '已经问上报人了'
  if (waiting || asked.isAlways) return '已报上级，等答复'
  // How it stands could not be read: the page asks for it and says so.
  return after ? `${label}：好了` : '已提交'
}

/**
 * What a step is about, where the next one of its kind is another: what was written of one claim, hand-over, request or
 * time on the list is not sent for the next.
 */
const subjects: Partial<Readonly<Record<StaffAction, (matter: Matter) => number | undefined>>> = {
  check: ({ fixClaim }) => fixClaim?.at,
  rework: ({ fixClaim }) => fixClaim?.at,
  recall: ({ handler }) => handler?.at,
  'send-back': ({ handler }) => handler?.at,
  'claim-fixed': ({ handler }) => handler?.at,
  resolve: ({ resolution }) => resolution?.at,
  look: ({ requests }) => requests.find(({ kind }) => kind === 'look')?.no,
  resume: ({ suspension }) => suspension?.untilAt,
  'appeal-red-face': ({ redFace }) => redFace?.no,
  'lay-evidence': ({ redFace }) => redFace?.no,
}

/** The name of the draft of a step on a matter as it stands. */
export const actDraftName = (action: StaffAction, matter: Matter): string =>
  draftName('act', matter.id, action, subjects[action]?.(matter))

/** How a contact may be recorded: as a call only after the number was looked at through the product (C1). */
export const channelChoices = ({ isPhoneRevealed = false }: Pick<Matter, 'isPhoneRevealed'>) =>
  choicesOf(channelWords).filter(({ value }) => value !== 'phone' || isPhoneRevealed)

const callWords = { channel: channelWords.phone.label, contact: staffSteps.contact } as const

/** How a call is recorded once it has been made: by the buttons that are there. */
export const afterCall = {
  /** On the form itself. */
  onForm: `打完电话，请选“${callWords.channel}”，再点“${callWords.contact.send}”。`,
  onPage: ({ actions }: Pick<Matter, 'actions'>): string =>
    `打完电话，${actions.includes('contact') ? '请' : '受理以后再'}点“${callWords.contact.label}”记一笔。`,
} as const

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
