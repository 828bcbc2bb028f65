import { chinaDateOn, startOfChinaDate } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import type { Report } from '../rules/report'
import {
  accept,
  ask,
  check,
  contact,
  correctSummary,
  layEvidence,
  layPlan,
  note,
  progress,
  reclassify,
  relocate,
  resolve,
  revealPhone,
  rework,
} from './answering'
import { claimFixed, sendBack } from './handling'
import { merge, unmerge } from './merging'
import { dispatch, reassign, recall, returnStep, route, takeOver, transfer } from './passing'
import { appealRedFace, askLook, declareRedFace, decline, extend, resume, suspend } from './requesting'
import {
  addTo,
  agree,
  answer,
  answerRedFace,
  appeal,
  appealLook,
  appealStruck,
  denyContactStep,
  openMessage,
  rate,
  reopen,
  sayReasonGone,
  sayToAppeal,
  support,
  takeUp,
  urge,
  withdraw,
} from './resident'
import { look, ruleOn, supervise } from './ruling'
import type { ReportAction, Scene, StepOf } from './step'

export type { Grant, ReportAction, Scene } from './step'

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
