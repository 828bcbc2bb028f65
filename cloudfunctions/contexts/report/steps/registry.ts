import { byName } from '../../../ground/by-name'
import { accept } from './accept'
import { addTo } from './add-to'
import { agree } from './agree'
import { answer } from './answer'
import { answerRedFace } from './answer-red-face'
import { appeal } from './appeal'
import { appealLook } from './appeal-look'
import { appealRedFace } from './appeal-red-face'
import { appealStruck } from './appeal-struck'
import { ask } from './ask'
import { askLook } from './ask-look'
import { check } from './check'
import { claimFixed } from './claim-fixed'
import { contact } from './contact'
import { correctSummary } from './correct-summary'
import { declareRedFace } from './declare-red-face'
import { decline } from './decline'
import { denyContactStep } from './deny-contact'
import { dispatch } from './dispatch'
import { extend } from './extend'
import { layEvidence } from './lay-evidence'
import { layPlan } from './lay-plan'
import { look } from './look'
import { merge } from './merge'
import { note } from './note'
import { openMessage } from './open-message'
import { progress } from './progress'
import { rate } from './rate'
import { reassign } from './reassign'
import { recall } from './recall'
import { reclassify } from './reclassify'
import { relocate } from './relocate'
import { reopen } from './reopen'
import { reprint } from './reprint'
import { resolve } from './resolve'
import { resume } from './resume'
import { returnStep } from './return'
import { revealPhone } from './reveal-phone'
import { rework } from './rework'
import { routeByHand } from './route'
import { ruleOn } from './rule-on'
import { sayReasonGone } from './say-reason-gone'
import { sayToAppeal } from './say-to-appeal'
import { sendBack } from './send-back'
import type { Step } from './step'
import { supervise } from './supervise'
import { support } from './support'
import { suspend } from './suspend'
import { takeOver } from './take-over'
import { takeUp } from './take-up'
import { transfer } from './transfer'
import { unmerge } from './unmerge'
import { urge } from './urge'
import { withdraw } from './withdraw'

/** Steps on a report as their reader saw it. */
export const seenSteps = [
  addTo,
  urge,
  answer,
  openMessage,
  denyContactStep,
  rate,
  reopen,
  appeal,
  appealLook,
  sayToAppeal,
  appealStruck,
  answerRedFace,
  agree,
  sayReasonGone,
  unmerge,
  withdraw,
  accept,
  revealPhone,
  contact,
  ask,
  returnStep,
  transfer,
  takeOver,
  dispatch,
  recall,
  progress,
  note,
  layPlan,
  reclassify,
  relocate,
  correctSummary,
  check,
  rework,
  resolve,
  layEvidence,
  merge,
  decline,
  suspend,
  extend,
  resume,
  askLook,
  appealRedFace,
  declareRedFace,
  sendBack,
  claimFixed,
  routeByHand,
  reassign,
  supervise,
  ruleOn,
  look,
] as const

/** Every step a person can take, in the order in which a screen offers them. */
export const everyStep = [support, takeUp, reprint, ...seenSteps] as const

/** What a person does to a report. */
export type ReportAction = (typeof everyStep)[number]['action']
export const reportActions: readonly ReportAction[] = everyStep.map(({ action }) => action)

/** Every step by its name, whatever its facts. */
export const steps: Readonly<Record<ReportAction, Step>> = byName(
  everyStep.map((step): readonly [ReportAction, Step] => [step.action, step]),
)
