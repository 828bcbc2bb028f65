import type { ReportChange } from './change'
import { firstWord } from './contact'

/** The first word that counts, derived anew from all there were and from who is in it (C1, H3). */
export const recountContact = ({ report }: ReportChange): void => {
  const at = firstWord(report)?.at
  if (at === undefined) delete report.contactedAt
  else report.contactedAt = at
}
