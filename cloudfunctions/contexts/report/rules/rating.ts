import type { UnitRef } from '../../organisation/rules/unit'

export const solvedAnswers = ['yes', 'partly', 'no'] as const
/** 解决了, 部分解决, 没解决. */
export type SolvedAnswer = (typeof solvedAnswers)[number]
export const satisfactionAnswers = ['satisfied', 'basically-satisfied', 'dissatisfied'] as const
/** 满意, 基本满意, 不满意. */
export type SatisfactionAnswer = (typeof satisfactionAnswers)[number]

export const solvedLabels: Readonly<Record<SolvedAnswer, string>> = {
  yes: '解决了',
  partly: '部分解决',
  no: '没解决',
}

export const satisfactionLabels: Readonly<Record<SatisfactionAnswer, string>> = {
  satisfied: '满意',
  'basically-satisfied': '基本满意',
  dissatisfied: '不满意',
}

/** What the resident says of one resolution: 联系了吗, 解决了吗, 满意吗. */
export interface Verdict {
  readonly contacted: boolean
  readonly solved: SolvedAnswer
  readonly satisfaction: SatisfactionAnswer
  readonly remark: string
}

/** Is it a no in any part? Of our own people only these count, whole, as anybody's (H3). */
export const saysNo = ({ solved, satisfaction }: Pick<Verdict, 'solved' | 'satisfaction'>): boolean =>
  solved === 'no' || satisfaction === 'dissatisfied'

/** A resident's verdict on one resolution, with the unit that it is counted for (评价). */
export interface Rating extends Verdict {
  readonly at: number
  /** The resident's key within the report; null once the identity is erased. */
  readonly key: string
  readonly resolutionNo: number
  /** The unit that resolved: the verdict is its for good (A3). */
  readonly unit: UnitRef
  /** Said by somebody who belongs to a unit concerned: a yes of theirs counts nowhere (H3). */
  readonly isOwn: boolean
}

/** A no that somebody has said to the evidence on the list. */
export interface SaidNo {
  readonly key: string
  readonly at: number
  /**
   * The number of the resolution, or of the one that the evidence was laid towards; less than nothing where that was found
   * not to hold before it came to one.
   */
  readonly fixNo: number
  /** Whose fix it was. */
  readonly unit: UnitRef
}
