import { accountContract } from '../contexts/account/contract'
import { categoryContract } from '../contexts/category/contract'
import { coBuildingContract } from '../contexts/co-building/contract'
import { figuresContract } from '../contexts/figures/contract'
import { gridContract } from '../contexts/grid/contract'
import { jobContract, workContract } from '../contexts/job/contract'
import { noticeContract } from '../contexts/notice/contract'
import { organisationContract } from '../contexts/organisation/contract'
import { pageContract } from '../contexts/page/contract'
import { peopleContract } from '../contexts/people/contract'
import { admissionContract, ticketContract } from '../contexts/photo/contract'
import { redFaceContract } from '../contexts/red-face/contract'
import { reportContract, targetsContract } from '../contexts/report/contract'
import { routingContract } from '../contexts/routing/contract'
import { ruleBookContract } from '../contexts/rule-book/contract'
import { signInContract } from '../contexts/sign-in/contract'
import { unitListContract } from '../contexts/unit-list/contract'
import type { Answered, CommandOf, Envelope, Sent } from '../terms/action'

/**
 * Every client call, as the rooms agreed to it: action → input and output. The function `api` serves them all, except
 * `photo.admit`, which the function `photos` serves (its own memory, time and native library), and `job.nudge`, which
 * `papers` serves: it works on what is asked for.
 */
export const contract = {
  ...accountContract,
  ...reportContract,
  ...redFaceContract,
  ...categoryContract,
  ...ruleBookContract,
  ...routingContract,
  ...gridContract,
  ...organisationContract,
  ...coBuildingContract,
  ...figuresContract,
  ...targetsContract,
  ...noticeContract,
  ...peopleContract,
  ...pageContract,
  ...ticketContract,
  ...admissionContract,
  ...jobContract,
  ...workContract,
  ...unitListContract,
  ...signInContract,
} as const

export type Action = keyof typeof contract
type Whole = typeof contract
/** What a caller may send; defaults are optional. */
export type InputOf<A extends Action> = Sent<Whole, A>
export type OutputOf<A extends Action> = Answered<Whole, A>
/** What is carried out once however often its `commandId` arrives. */
export type CommandAction = {
  [A in CommandOf<Whole>]: 'commandId' extends keyof InputOf<A> ? A : never
}[CommandOf<Whole>]

export type Answer<A extends Action = Action> = Envelope<OutputOf<A>>
