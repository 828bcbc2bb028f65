import * as z from 'zod/mini'
import { type Answered, type Parsed, query, type Sent } from '../../terms/action'
import { neededWideReading, wideReading } from '../../terms/limits'
import { id } from '../../terms/primitives'
import { accountContract } from '../account/contract'
import { categoryContract } from '../category/contract'
import { figuresContract } from '../figures/contract'
import { gridContract } from '../grid/contract'
import { organisationContract } from '../organisation/contract'
import { peopleContract } from '../people/contract'
import { redFaceContract } from '../red-face/contract'
import { reportContract } from '../report/contract'
import { ruleBookContract } from '../rule-book/contract'
import { type OpenedPage, pageQuestions, pagesNeededToAct } from './rules/page-questions'

/** What pages ask, as the rooms have agreed to it. */
export const questions = {
  'me.get': accountContract['me.get'],
  'unit.get': figuresContract['unit.get'],
  'unit.children': organisationContract['unit.children'],
  'category.list': categoryContract['category.list'],
  'people.mine': peopleContract['people.mine'],
  'rules.get': ruleBookContract['rules.get'],
  'grid.cells': gridContract['grid.cells'],
  'redFace.list': redFaceContract['redFace.list'],
  'redFace.get': redFaceContract['redFace.get'],
  'report.get': reportContract['report.get'],
  'report.mine': reportContract['report.mine'],
  'report.recent': reportContract['report.recent'],
  'queue.list': reportContract['queue.list'],
  'queue.counts': reportContract['queue.counts'],
} as const

type Questions = typeof questions
export type Question = keyof Questions
export type SentTo<Q extends Question> = Sent<Questions, Q>
export type AnsweredTo<Q extends Question> = Answered<Questions, Q>

const openedPages = Object.keys(pageQuestions) as [OpenedPage, ...OpenedPage[]]

export const pageContract = {
  /**
   * All that a page asks first, in one call: every question as the page would send it, with what it would be answered.
   * What is not among the answers the page asks itself.
   */
  'page.open': query(
    z.strictObject({
      page: z.enum(openedPages),
      /** As the address names them, and what this device has chosen. */
      unitId: z.optional(id),
      reportId: z.optional(id),
      entryId: z.optional(id),
      tab: z.optional(id),
    }),
    z.object({
      answers: z.array(
        z.object({
          action: z.string(),
          input: z.unknown(),
          /** Each as its own action agreed to it, a value or a refusal. */
          answer: z.unknown(),
        }),
      ),
    }),
    ({ page }) => (pagesNeededToAct.includes(page) ? neededWideReading : wideReading),
  ),
} as const

type Own = typeof pageContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
