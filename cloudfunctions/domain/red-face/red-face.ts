export const redFaceCauses = [
  'accept-overdue',
  'resolve-overdue',
  'rated-unsolved',
  'rated-dissatisfied',
  'reopened-twice',
  'recurring',
  'declared',
  'supervised',
] as const
export type RedFaceCause = (typeof redFaceCauses)[number]

export const redFaceCauseLabels: Readonly<Record<RedFaceCause, string>> = {
  'accept-overdue': '超时未受理',
  'resolve-overdue': '超期未办结',
  'rated-unsolved': '群众评价“没解决”',
  'rated-dissatisfied': '群众评价“不满意”',
  'reopened-twice': '两次返工重办',
  recurring: '同一处反复发生',
  declared: '支部自己列出',
  supervised: '月调度点名督办',
}

/** `noticed` the branch has been told, not public yet; `frozen` an appeal runs one level up. */
export type RedFaceState = 'noticed' | 'public' | 'frozen' | 'cleared'

export type RedFaceConsent = 'reporter' | 'supporters' | 'one-level-up' | 'appeal-upheld'

export interface SupporterAnswer {
  readonly key: string
  readonly isGone: boolean
  readonly photo?: string
  readonly at: number
}

/** One stay of a report on the red-face list, from notice to clearing (上榜 → 销号). */
export interface RedFaceEpisode {
  /** 1, 2, 3 … within the report. */
  readonly no: number
  readonly state: RedFaceState
  readonly causes: readonly { readonly cause: RedFaceCause; readonly at: number }[]
  readonly noticedAt: number
  /** When it becomes (or became) public: 24 hours after the notice. */
  readonly publicAt: number
  readonly frozenAt?: number
  readonly clearedAt?: number
  readonly consent?: RedFaceConsent
  /** Since when evidence of a fix lies before the residents; starts the seven days for their answers. */
  readonly evidenceAt?: number
  readonly answers: readonly SupporterAnswer[]
}
