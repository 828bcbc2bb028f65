import { accountContract } from '../contexts/account/contract'
import { categoryContract } from '../contexts/category/contract'
import { figuresContract } from '../contexts/figures/contract'
import { gridContract } from '../contexts/grid/contract'
import { noticeContract } from '../contexts/notice/contract'
import { organisationContract } from '../contexts/organisation/contract'
import { photoContract } from '../contexts/photo/contract'
import { redFaceContract } from '../contexts/red-face/contract'
import { reportContract, targetsContract } from '../contexts/report/contract'
import { routingContract } from '../contexts/routing/contract'
import { ruleBookContract } from '../contexts/rule-book/contract'
import type { Refusal } from '../ground/result'
import type { Answered, CommandOf, Parsed, Sent } from '../terms/action'

/**
 * Every client call, as the rooms agreed to it: action → input and output. The function `api` serves them all, except
 * `photo.admit`, which the function `photos` serves (its own memory, time and native library).
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
  ...figuresContract,
  ...targetsContract,
  ...noticeContract,
  ...photoContract,
} as const

export type Action = keyof typeof contract
type Whole = typeof contract
/** What a caller may send; defaults are optional. */
export type InputOf<A extends Action> = Sent<Whole, A>
/** What arrives after validation. */
export type ParsedInputOf<A extends Action> = Parsed<Whole, A>
export type OutputOf<A extends Action> = Answered<Whole, A>
export type CommandAction = CommandOf<Whole>

/** Every answer says the server's time: the client's clock may be wrong by a year. */
export type Answer<A extends Action = Action> =
  | { readonly ok: true; readonly value: OutputOf<A>; readonly now: number }
  | { readonly ok: false; readonly error: Refusal; readonly now: number; readonly requestId: string }
