import { isConfidential } from '../../cloudfunctions/contexts/report/rules/confidential'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'

interface ToldMatter extends Pick<Report, 'categoryId' | 'publicSummary'> {
  /** Null to whoever may not read the reporter’s own words. */
  readonly text: string | null
}

/** How a matter is called on its own page. */
export const matterText = ({ text, publicSummary }: ToldMatter): string => text ?? publicSummary

/** What lists for everybody call it instead: whoever came from there finds it again. */
export const publicSummaryText = (matter: ToldMatter): string | null =>
  isConfidential(matter) || matterText(matter).trim() === matter.publicSummary
    ? null
    : `公开摘要：${matter.publicSummary}`
