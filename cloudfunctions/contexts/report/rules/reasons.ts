/** The words everybody reads of a matter are one line. */
export const longestSummary = 60

export const lookFindings = ['solved', 'unsolved', 'another-matter'] as const
/** What the level above found on the spot; `another-matter`: this is solved, and what was objected to is something else. */
export type LookFinding = (typeof lookFindings)[number]
export const lookFindingLabels: Readonly<Record<LookFinding, string>> = {
  solved: '已解决',
  unsolved: '没有解决',
  'another-matter': '已解决，没修好的是另一件事',
}

export const returnReasons = ['not-our-place', 'not-our-duty', 'needs-upper-level'] as const
/** Why a unit sends a report back as not its own (退回). */
export type ReturnReason = (typeof returnReasons)[number]
export const returnReasonLabels: Readonly<Record<ReturnReason, string>> = {
  'not-our-place': '地点不在本支部网格',
  'not-our-duty': '不属于本支部职责',
  'needs-upper-level': '需要上级统筹',
}

export const declineReasons = [
  'in-court',
  'already-decided',
  'private-dispute',
  'not-real',
  'not-here',
  'insult',
] as const
/** Why a matter cannot be handled (不予受理). */
export type DeclineReason = (typeof declineReasons)[number]
export const declineReasonLabels: Readonly<Record<DeclineReason, string>> = {
  'in-court': '已进入诉讼、仲裁程序',
  'already-decided': '已有信访终结结论',
  'private-dispute': '个人之间的纠纷，可找人民调解',
  'not-real': '经核实情况不存在',
  'not-here': '地点不在本区',
  insult: '没有具体事项，只有辱骂',
}
