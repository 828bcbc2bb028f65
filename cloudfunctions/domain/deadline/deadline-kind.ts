/** What can fall due, in the order in which it must come. */
export const deadlineKinds = ['accept', 'contact', 'plan', 'resolve'] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

/** What a deadline is called wherever one is named: 受理已超期, 联系还剩3小时. */
export const deadlineLabels: Readonly<Record<DeadlineKind, string>> = {
  accept: '受理',
  contact: '联系',
  plan: '计划',
  resolve: '办结',
}
