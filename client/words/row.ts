import { type ReportStatus, statusLabel } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import { matterFacts, type NamedMatter } from '../../cloudfunctions/contexts/report/rules/matter-name'
import { dateText, instantText } from '../components/time-text'

/** What stands under a row's title so that it can be told from every other row. */
export const rowFacts = (matter: NamedMatter, now: number): readonly string[] =>
  matterFacts(matter, instantText(matter.submittedAt, now))

interface Standing {
  readonly status: ReportStatus
  readonly suspendedUntilAt: number | null
}

/** A status as a row says it; of what is put off also until when. */
export const standingText = ({ status, suspendedUntilAt }: Standing, now: number): string =>
  status === 'suspended' && suspendedUntilAt !== null
    ? `${statusLabel(status)}到${dateText(suspendedUntilAt, now)}`
    : statusLabel(status)
