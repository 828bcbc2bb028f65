import { chinaDateOn, startOfChinaDate } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import type { Report } from '../rules/report'
import type { Scene } from '../rules/scene'
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
import { resolve } from './resolve'
import { resume } from './resume'
import { returnStep } from './return'
import { revealPhone } from './reveal-phone'
import { rework } from './rework'
import { route } from './route'
import { ruleOn } from './rule-on'
import { sayReasonGone } from './say-reason-gone'
import { sayToAppeal } from './say-to-appeal'
import { sendBack } from './send-back'
import type { ReportAction, StepOf } from './step'
import { supervise } from './supervise'
import { support } from './support'
import { suspend } from './suspend'
import { takeOver } from './take-over'
import { takeUp } from './take-up'
import { transfer } from './transfer'
import { unmerge } from './unmerge'
import { urge } from './urge'
import { withdraw } from './withdraw'

export type { Scene } from '../rules/scene'
export type { Grant, ReportAction } from './step'

/** Every step a person can take, in the order in which a screen offers them. */
export const steps: { readonly [K in ReportAction]: StepOf<K> } = {
  support,
  'take-up': takeUp,
  'add-to': addTo,
  urge,
  answer,
  'open-message': openMessage,
  'deny-contact': denyContactStep,
  rate,
  reopen,
  appeal,
  'appeal-look': appealLook,
  'say-to-appeal': sayToAppeal,
  'appeal-struck': appealStruck,
  'answer-red-face': answerRedFace,
  agree,
  'say-reason-gone': sayReasonGone,
  unmerge,
  withdraw,
  accept,
  'reveal-phone': revealPhone,
  contact,
  ask,
  return: returnStep,
  transfer,
  'take-over': takeOver,
  dispatch,
  recall,
  progress,
  note,
  'lay-plan': layPlan,
  reclassify,
  relocate,
  'correct-summary': correctSummary,
  check,
  rework,
  resolve,
  'lay-evidence': layEvidence,
  merge,
  decline,
  suspend,
  extend,
  resume,
  'ask-look': askLook,
  'appeal-red-face': appealRedFace,
  'declare-red-face': declareRedFace,
  'send-back': sendBack,
  'claim-fixed': claimFixed,
  route,
  reassign,
  supervise,
  'rule-on': ruleOn,
  look,
}

/** So many lines of one report a day are of one unit, or of one resident: no honest day has as many. */
const mostLinesADay = 60

/** Who writes a record full takes it from everybody else: nobody could read it any more, nor the clock go on with it. */
const hasWrittenEnough = ({ timeline }: Report, { now, unitName, person }: Scene): boolean => {
  const todayAt = startOfChinaDate(chinaDateOn(now))
  const isTheirs = ({ at, side, ...by }: Report['timeline'][number]): boolean =>
    at >= todayAt &&
    (unitName === undefined
      ? side === 'resident' && by.personKey !== undefined && by.personKey === person?.key
      : by.unitName === unitName)
  return timeline.filter(isTheirs).length >= mostLinesADay
}

/** Why the step would be refused before anything is typed; undefined when it may be offered (L5). */
export const barTo = (action: ReportAction, report: Report, scene: Scene): Refusal | undefined =>
  hasWrittenEnough(report, scene)
    ? refuse('too-many-today', undefined, '今天在这件事上记得太多了，请明天再来').error
    : steps[action].bars?.(report, scene)
