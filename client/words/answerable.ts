import { isConfidential } from '../../cloudfunctions/contexts/report/rules/confidential'
import type { OutputOf } from '../../cloudfunctions/contract/contract'

type Matter = OutputOf<'report.get'>

/**
 * Who has a matter now, by its own name: most often a branch, but what nobody could place and every complaint lie with a
 * level above the branches. While it is sorted, whoever sorts it.
 */
export const holderOf = ({ branch }: Pick<Matter, 'branch'>): string => branch.name

/** What it is called where no view has its name yet, or where it may be several. */
export const answerableText = '责任单位'

/** While nobody answers for it: who says who will. */
export const sortedByText = (sorterName: string): string => `由${sorterName}指定${answerableText}`

/** H4: what whoever complains about a unit is told wherever they write. */
export const hiddenFromAccused = '被反映的单位看不到'

/** Who reads what a resident writes here. */
export const whoReadsText = (matter: Pick<Matter, 'categoryId'>): string =>
  isConfidential(matter) ? `只有办理的人看得到，${hiddenFromAccused}。` : '只有办理的人看得到。'

/** What a resident ticks to be rung for one matter. */
export const callMeText = '让办理的人打电话给我'
