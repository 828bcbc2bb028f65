export const solvedAnswers = ['yes', 'partly', 'no'] as const
export type SolvedAnswer = (typeof solvedAnswers)[number]
export const satisfactionAnswers = ['satisfied', 'basically-satisfied', 'dissatisfied'] as const
export type SatisfactionAnswer = (typeof satisfactionAnswers)[number]

/** The resident's verdict on one resolution: 联系了吗, 解决了吗, 满意吗. */
export interface Rating {
  readonly contacted: boolean
  readonly solved: SolvedAnswer
  readonly satisfaction: SatisfactionAnswer
  readonly remark: string
  readonly at: number
}
