/** Steps whose calls were named before they were: clients of today send them so. */
const named = {
  'add-to': 'report.add',
  'answer-red-face': 'redFace.answer',
  'declare-red-face': 'redFace.declare',
  'appeal-red-face': 'redFace.appeal',
} as const

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S

/** The call of the contract by which a step is taken: `report.layPlan` for `lay-plan`. */
export type CallOf<A extends string> = A extends keyof typeof named ? (typeof named)[A] : `report.${Camel<A>}`

const isNamed = (action: string): action is keyof typeof named => Object.hasOwn(named, action)

/** The call of the contract by which this step is taken. */
export const callOf = <A extends string>(action: A): CallOf<A> =>
  (isNamed(action)
    ? named[action]
    : `report.${action.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase())}`) as CallOf<A>
