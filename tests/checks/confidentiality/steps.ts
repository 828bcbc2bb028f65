import { satisfactionAnswers, solvedAnswers } from '../../../cloudfunctions/contexts/report/rules/rating'
import {
  declineReasons,
  lookFindings,
  returnReasons,
} from '../../../cloudfunctions/contexts/report/rules/reasons'
import { requestKinds } from '../../../cloudfunctions/contexts/report/rules/request'
import { contract } from '../../../cloudfunctions/contract/contract'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, otherBranch, township } from '../../support/builders'
import type { Chance } from './chance'
import { photoOf, spots } from './people'

/** The calls that take a step on a report seen at a revision. */
export const steppingActions: readonly string[] = Object.entries(contract)
  .filter(([action, { kind }]) => kind === 'command' && /^(report|redFace)\./.test(action))
  .map(([action]) => action)
  .filter(
    (action) => !['report.submit', 'report.support', 'report.takeUp', 'redFace.declareNew'].includes(action),
  )

export interface StepContext {
  readonly chance: Chance
  readonly person: string
  readonly now: number
  readonly reportIds: readonly string[]
  /** Kinds of the requests that wait. */
  readonly requests: readonly string[]
  /** A complaint may have to be named. */
  readonly isComplaint?: boolean
}

const words = [
  '看过了',
  '联系过，约了下午',
  '砂石已拉来',
  '还有积水',
  '情况属实',
  '等两天',
  '已经垫平',
] as const

/** What a reporter may be asked to agree to. */
const isAgreedTo = (kind: string): boolean => ['reclassify', 'relocate', 'extend', 'merge'].includes(kind)

/** What a step says besides the report, the revision and the command’s id: sensible mostly, now and then not. */
export const someStep = (
  action: string,
  { chance, person, now, reportIds, requests, isComplaint = false }: StepContext,
): object => {
  const say = () => chance.of(words)
  const photos = () => (chance.inHundred(50) ? [photoOf(person, chance.below(8))] : [])
  const unit = () => chance.of([branch, branch, otherBranch, township, banner]).id
  switch (action) {
    case 'report.withdraw':
    case 'report.recall':
    case 'report.check':
    case 'report.resume':
    case 'report.askLook':
      return action === 'report.withdraw' ? { reason: say() } : { note: chance.inHundred(50) ? say() : '' }
    case 'report.rate':
      return {
        contacted: chance.inHundred(60),
        solved: chance.of(solvedAnswers),
        satisfaction: chance.of(satisfactionAnswers),
        remark: chance.inHundred(50) ? say() : '',
      }
    case 'report.reopen':
      return { reason: say(), photos: photos() }
    case 'report.appeal':
    case 'report.appealLook':
    case 'report.appealStruck':
    case 'report.sayReasonGone':
      return { reason: say() }
    case 'report.add':
    case 'report.answer':
    case 'report.sayToAppeal':
      return { words: say(), photos: photos() }
    case 'report.agree':
      return {
        request: chance.of(
          requests.some(isAgreedTo) ? requests.filter(isAgreedTo) : ['reclassify', 'extend'],
        ),
      }
    case 'redFace.answer':
      return {
        isGone: chance.inHundred(55),
        note: chance.inHundred(50) ? say() : '',
        ...(chance.inHundred(30) ? { photo: photoOf(person, chance.below(8)) } : {}),
      }
    case 'report.accept':
      return chance.inHundred(30) ? { publicSummary: '后炭市社区 · 巷子积水' } : {}
    case 'report.contact':
      return { channel: chance.of(['phone', 'message', 'visit']), note: chance.inHundred(80) ? say() : '' }
    case 'report.ask':
      return { words: say() }
    case 'report.note':
    case 'report.sendBack':
    case 'report.rework':
    case 'report.supervise':
    case 'redFace.declare':
      return { note: say() }
    case 'report.layPlan':
      return { text: say(), doneBy: now + 30 * dayMs, budget: '旗里十万元' }
    case 'report.reclassify':
      return {
        categoryId: chance.of(['lane-repair', 'lane-hardening', 'street-lamp', 'ordinary']),
        note: say(),
      }
    case 'report.relocate':
      return { place: { point: chance.of(Object.values(spots)), words: '' }, note: '' }
    case 'report.correctSummary':
      return { publicSummary: chance.of(['后炭市社区 · 路灯不亮', '后炭市社区 · 路面坑洼']) }
    case 'report.layEvidence':
      return { note: say(), photos: photos() }
    case 'report.reassign':
    case 'report.transfer':
      return { toUnitId: unit(), note: say() }
    case 'report.route':
      return isComplaint && chance.inHundred(60)
        ? { accusedUnitId: branch.id, note: say() }
        : { toUnitId: unit(), note: say() }
    case 'report.dispatch':
      return { toUnitId: housingBureau.id, note: say() }
    case 'report.look':
      return { finding: chance.of(lookFindings), note: say(), photos: photos() }
    case 'report.return':
      return { reason: chance.of(returnReasons), note: chance.inHundred(50) ? say() : '' }
    case 'report.progress':
      return { note: say(), photos: photos(), isPublic: chance.inHundred(50) }
    case 'report.claimFixed':
    case 'report.resolve':
      return { note: say(), before: photos(), after: photos(), remedy: chance.of(['temporary', 'lasting']) }
    case 'report.merge':
      return { parentReportId: chance.of(reportIds) }
    case 'report.decline':
      return { reason: chance.of(declineReasons), note: say() }
    case 'report.suspend':
      return {
        reason: say(),
        plan: say(),
        untilAt: now + (1 + chance.below(60)) * dayMs,
        ...(chance.inHundred(30) ? { isSeasonal: true } : {}),
      }
    case 'report.extend':
      return { reason: say(), resolveDueAt: now + (3 + chance.below(20)) * dayMs }
    case 'report.ruleOn':
      return {
        request: chance.of(requests.length > 0 ? requests : requestKinds),
        isGranted: chance.inHundred(65),
        note: chance.inHundred(50) ? say() : '',
      }
    case 'redFace.appeal':
      return { reason: say() }
    default:
      return {}
  }
}
